// What a driver learns from a grammar's description at compile time: the byte sets that share a class bitmap, whether its
// messages have an end, and whether broken ones can be passed over.
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "segue/wire/codec.hpp"

namespace segue {

// The grammar can be asked at compile time: one with an X3 rule of char_("...") cannot.
template <auto const& Grammar>
inline constexpr bool is_constant = requires { typename std::bool_constant<(Grammar.bounds(), true)>; };

template <auto const& Grammar>
consteval bool consumes() {
    if constexpr (is_constant<Grammar>) return Grammar.bounds().fewest != 0;
    else return true;
}
template <auto const& Grammar>
consteval bool is_bounded(limits l) {
    if constexpr (is_constant<Grammar>) return Grammar.bounds(l).most != unbounded;
    else return true;
}

// What is passed over is a whole message.
template <auto const& Grammar>
consteval bool recovers_around_the_whole() {
    if constexpr (is_constant<Grammar>) {
        description d;
        Grammar.describe(d);
        for (std::size_t i = 1; i < d.nodes().size(); ++i)
            if (d.nodes()[i].what == shape::recover) return false;
    }
    return true;
}
// Something in it tells, whatever it holds, where a message ends.
template <auto const& Grammar>
consteval bool has_framing() {
    if constexpr (is_constant<Grammar>) {
        description d;
        Grammar.describe(d);
        for (node const& n : d.nodes()) switch (n.what) {
                case shape::integer:
                case shape::floating:
                case shape::bits:
                case shape::fixed:
                case shape::padded:
                case shape::length_prefixed:
                case shape::delimited:
                case shape::sized_by:
                case shape::checksummed:
                case shape::mapped:
                case shape::verified: return true;
                default: break;
            }
        return false;
    }
    return true;
}

namespace detail {

template <class C>
constexpr std::size_t nodes_made() {
    description d;
    C{}.describe(d);
    return d.nodes().size();
}

}  // namespace detail

// A codec whose values are not known is asked as one made of nothing, where the compiler can make and describe it: g++ 12
// cannot do so with every record.
template <class C>
concept constant_made = requires { C{}; } && requires { typename std::integral_constant<std::size_t, detail::nodes_made<C>()>; };

namespace detail {

template <constant_made C>
inline constexpr C made{};

}  // namespace detail

template <codec C>
consteval bool recovers_around_the_whole() {
    if constexpr (constant_made<C>) return recovers_around_the_whole<detail::made<C>>();
    else return true;
}
template <codec C>
consteval bool has_framing() {
    if constexpr (constant_made<C>) return has_framing<detail::made<C>>();
    else return true;
}

namespace detail {

struct found_sets {
    static constexpr std::size_t capacity = 4;  // each is classified for each block, wanted or not
    std::array<byte_set, capacity> set{};
    std::size_t size = 0;

    constexpr void note(byte_set const& s) {
        if (s == byte_set{} || s == byte_set::all()) return;
        for (std::size_t i = 0; i < size; ++i)
            if (set[i] == s) return;
        if (size < capacity) set[size++] = s;
    }
};

// Only what is read outside closed segments has a use for a bitmap over the stream.
constexpr void find_sets(description const& d, std::size_t at, found_sets& found) {
    node const& n = d.nodes()[at];
    switch (n.what) {
        case shape::run: found.note(n.set); return;
        case shape::delimited:
            if (!n.suspends_within) {
                found.note(n.set);
                return;
            }
            break;
        case shape::trimmed:
            if (!n.suspends_within) return;
            break;
        case shape::length_prefixed: find_sets(d, d.child(at, 0), found); return;
        case shape::fixed:
        case shape::padded:
        case shape::rest:
        case shape::all_but:
        case shape::sized_by:
        case shape::recursive: return;  // out of line it has none
        default: break;
    }
    d.children(at, [&](std::size_t child) { find_sets(d, child, found); });
}

template <auto const& Grammar>
inline constexpr found_sets found_in = [] {
    found_sets found;
    description d;
    Grammar.describe(d);
    find_sets(d, 0, found);
    return found;
}();

template <auto const& Grammar>
consteval auto choose_sets() {
#if defined(__SSE2__)
    if constexpr (is_constant<Grammar>)
        return []<std::size_t... I>(std::index_sequence<I...>) {
            return sets<found_in<Grammar>.set[I]...>{};
        }(std::make_index_sequence<found_in<Grammar>.size>{});
    else
#endif
        return sets<>{};
}

}  // namespace detail

template <auto const& Grammar>
using hot_sets = decltype(detail::choose_sets<Grammar>());

}  // namespace segue
