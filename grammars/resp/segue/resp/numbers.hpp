// What may stand where RESP has a number as text.
#pragma once

#include <cstddef>
#include <string_view>

namespace segue::resp {

namespace detail {

// Takes the digits off the front; false where there are none.
constexpr bool take_digits(std::string_view& s) {
    std::size_t n = 0;
    while (n < s.size() && s[n] >= '0' && s[n] <= '9') ++n;
    s.remove_prefix(n);
    return n != 0;
}
constexpr void take_sign(std::string_view& s, std::string_view signs) {
    if (!s.empty() && signs.find(s.front()) != signs.npos) s.remove_prefix(1);
}

}  // namespace detail

// [+-] digits [. digits] [e|E [+-] digits], or inf, -inf, nan; and -nan, which C libraries print.
inline constexpr auto is_real = [](std::string_view s) {
    if (s == "inf" || s == "-inf" || s == "nan" || s == "-nan") return true;
    detail::take_sign(s, "+-");
    if (!detail::take_digits(s)) return false;
    if (s.starts_with('.')) {
        s.remove_prefix(1);
        if (!detail::take_digits(s)) return false;
    }
    if (s.starts_with('e') || s.starts_with('E')) {
        s.remove_prefix(1);
        detail::take_sign(s, "+-");
        if (!detail::take_digits(s)) return false;
    }
    return s.empty();
};

inline constexpr auto is_big_number = [](std::string_view s) {
    detail::take_sign(s, "-");
    return detail::take_digits(s) && s.empty();
};

}  // namespace segue::resp
