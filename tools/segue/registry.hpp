// The grammars that the command speaks. A new one is a file in grammars/ and a line in registry.cpp.
#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "grammar.hpp"

namespace segue::command {

class registry {
public:
    registry();  // with all grammars

    template <class G>
    void add(std::string_view name, std::string_view summary) {
        grammars_.push_back(std::make_unique<G>(std::string(name), std::string(summary)));
    }
    grammar const* find(std::string_view name) const {
        for (auto const& g : grammars_)
            if (g->name() == name) return g.get();
        return nullptr;
    }
    std::vector<std::unique_ptr<grammar>> const& all() const { return grammars_; }

private:
    std::vector<std::unique_ptr<grammar>> grammars_;
};

}  // namespace segue::command
