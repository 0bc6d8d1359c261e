// A string that can be a template argument: names of fields, delimiters, literals.
#pragma once

#include <cstddef>
#include <string_view>

namespace segue {

template <std::size_t N>
struct fixed_string {
    char chars[N]{};

    consteval fixed_string(char const (&characters)[N]) {
        for (std::size_t i = 0; i < N; ++i) chars[i] = characters[i];
    }

    static constexpr std::size_t size = N - 1;
    constexpr std::string_view view() const { return {chars, N - 1}; }
    constexpr char operator[](std::size_t i) const { return chars[i]; }
};

}  // namespace segue
