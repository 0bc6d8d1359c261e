// The grammars that the command speaks. A new one is a file in grammars/ and a line in registry.cpp.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grammar.hpp"

namespace segue::command {

// Both directions of a connection, decoded together.
struct conversation {
    // What one direction came to.
    struct failure {
        segue::error why{};
        bool of_client = false;
        explicit operator bool() const { return static_cast<bool>(why); }
    };
    std::string name;
    // Appends a line of JSON for each exchange.
    failure (*decode)(std::string_view client, std::string_view server, std::string& lines);
};

// What a peer of a protocol goes through.
struct protocol {
    std::string name, summary;
    description (*describe)();
};

class registry {
public:
    registry();  // with all grammars

    void add_conversation(conversation c) { conversations_.push_back(std::move(c)); }
    conversation const* find_conversation(std::string_view name) const {
        for (conversation const& c : conversations_)
            if (c.name == name) return &c;
        return nullptr;
    }

    // A decoder of the named grammar that lets more in.
    struct lenient_decoder {
        std::string grammar, leniency;
        std::unique_ptr<stream> (*open)();
    };
    void add_lenient(lenient_decoder d) { lenient_.push_back(std::move(d)); }
    lenient_decoder const* find_lenient(std::string_view name, std::string_view leniency) const {
        for (auto const& d : lenient_)
            if (d.grammar == name && d.leniency == leniency) return &d;
        return nullptr;
    }
    std::string leniencies_of(std::string_view name) const {
        std::string all;
        for (auto const& d : lenient_)
            if (d.grammar == name) all += (all.empty() ? "" : ", ") + d.leniency;
        return all;
    }

    template <auto const&... Tables>
    void add_protocol(std::string name, std::string summary) {
        protocols_.push_back({std::move(name), std::move(summary), [] {
                                  description d;
                                  (Tables.describe(d), ...);
                                  return d;
                              }});
    }
    protocol const* find_protocol(std::string_view name) const {
        for (protocol const& p : protocols_)
            if (p.name == name) return &p;
        return nullptr;
    }
    std::vector<protocol> const& protocols() const { return protocols_; }

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
    std::vector<lenient_decoder> lenient_;
    std::vector<conversation> conversations_;
    std::vector<protocol> protocols_;
};

}  // namespace segue::command
