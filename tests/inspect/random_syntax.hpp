// Random rules, in the form that their makers give, for what writes, reads and draws them.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "segue/inspect/syntax.hpp"

class random_syntax {
public:
    explicit random_syntax(std::uint32_t seed) : random_(seed) {}

    segue::syntax::expression expression(int depth) {
        using namespace segue::syntax;
        switch (below(depth == 0 ? 4 : 8)) {
            case 0: return text(bytes());
            case 1: return one_of(set());
            case 2: return named("rule-" + std::to_string(below(9)));
            case 3: return prose("some words");
            case 4:
            case 5: return sequence(several(depth));
            case 6: return alternatives(several(depth));
            default: {
                auto const least = below(4);
                return repeated(expression(depth - 1), least, below(3) == 0 ? segue::unbounded : least + below(4));
            }
        }
    }

private:
    std::size_t below(std::size_t n) { return random_() % n; }
    std::vector<segue::syntax::expression> several(int depth) {
        std::vector<segue::syntax::expression> result;
        for (std::size_t n = 1 + below(5); n-- > 0;) result.push_back(expression(depth - 1));
        return result;
    }
    std::string bytes() {
        static constexpr std::string_view some[] = {"\r\n", "a", "HTTP/", " ", "\"", "\xff", "  ", "x\n\ny", ";", "/*<>&"};
        std::string result;
        for (std::size_t n = 1 + below(3); n-- > 0;) result += some[below(std::size(some))];
        return result;
    }
    segue::byte_set set() {
        segue::byte_set result;
        for (std::size_t n = 1 + below(4); n-- > 0;) {
            auto const first = static_cast<unsigned char>(below(256));
            result = result.with(first, static_cast<unsigned char>(first + below(256u - first)));
        }
        if (below(3) == 0) result = result.with('0', '9').with('a', 'z').with('A', 'Z');
        return result;
    }

    std::mt19937 random_;
};
