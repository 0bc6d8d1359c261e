// Views follow their bytes: when a driver moves what it holds of a message, the views already taken move with it.
//
// A walk over the members moves each view that lies inside the old bytes, and only those. It exists only for messages
// that contain views. A member of a type that the walk cannot look into is refused, not left dangling: specialise
// `follows` for it.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "segue/message/members.hpp"
#include "segue/wire/byte_value.hpp"

namespace segue {

// Bytes that were at `from` are at `to` now.
struct moved {
    char const* from;
    std::size_t size;
    char const* to;

    // Where the n bytes at p are now: a view that does not lie inside stays.
    constexpr char const* operator()(char const* p, std::size_t n) const {
        if (std::is_constant_evaluated()) {
            for (std::size_t i = 0; i + n <= size; ++i)
                if (p == from + i) return to + i;
            return p;
        }
        asm("");  // one view after the other: they are few and were just written, too late for vectors to load
        std::uintptr_t const distance = reinterpret_cast<std::uintptr_t>(p) - reinterpret_cast<std::uintptr_t>(from);
        return distance <= size && n <= size - distance ? to + distance : p;
    }
};

// For a type of your own:
//   template <> struct segue::follows<mine> { static constexpr bool views = true; static void move(mine&, moved const&); };
template <class T>
struct follows;

template <class T>
concept iterable = requires(T& t) {
    typename T::value_type;
    t.begin();
    t.end();
    t.size();
};
template <class T>
concept optional_like = requires(T& t) {
    typename T::value_type;
    { t.has_value() } -> std::same_as<bool>;
    *t;
};
// A pair, a tuple, what a map holds.
template <class T>
concept tuple_like = !iterable<T> && requires { std::tuple_size<T>::value; };
template <class T>
inline constexpr bool is_variant = false;
template <class... A>
inline constexpr bool is_variant<std::variant<A...>> = true;

template <class T>
constexpr bool has_views();

namespace detail {

template <class T>
struct opaque_member_might_hold_views;

template <class... A>
constexpr bool any_has_views(std::variant<A...> const*) {
    return (segue::has_views<A>() || ...);
}
template <class T, std::size_t... I>
constexpr bool any_element_has_views(std::index_sequence<I...>) {
    return (segue::has_views<std::remove_cv_t<std::tuple_element_t<I, T>>>() || ...);
}
template <class T, std::size_t... I>
constexpr bool any_member_has_views(std::index_sequence<I...>) {
    return (segue::has_views<member_type<I, T>>() || ...);
}

}  // namespace detail

template <class T>
constexpr bool has_views() {
    if constexpr (requires { follows<T>::views; }) return follows<T>::views;
    else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_empty_v<T>) return false;
    else if constexpr (byte_value<T>) return byte_view<T>;
    else if constexpr (members<T>) return detail::any_member_has_views<T>(std::make_index_sequence<member_count<T>>{});
    else if constexpr (is_variant<T>) return detail::any_has_views(static_cast<T const*>(nullptr));
    else if constexpr (optional_like<T>) return has_views<typename T::value_type>();
    else if constexpr (iterable<T>) return has_views<std::remove_cvref_t<typename T::value_type>>();
    else if constexpr (tuple_like<T>) return detail::any_element_has_views<T>(std::make_index_sequence<std::tuple_size_v<T>>{});
    else if constexpr (requires { typename T::holds_no_views; }) return false;
    else return sizeof(detail::opaque_member_might_hold_views<T>) != 0;
}

template <class T>
constexpr void follow(T& v, moved const& m) {
    if constexpr (!has_views<std::remove_const_t<T>>()) {
        (void)v, (void)m;
    } else if constexpr (requires { follows<T>::views; }) {
        follows<T>::move(v, m);
    } else if constexpr (byte_view<T>) {
        std::string_view const held = characters_of(v);
        assign_bytes(v, m(held.data(), held.size()), held.size());
    } else if constexpr (members<T>) {
        for_each_member(v, [&](std::string_view, auto& member) { follow(member, m); });
    } else if constexpr (is_variant<T>) {
        std::visit([&](auto& alternative) { follow(alternative, m); }, v);
    } else if constexpr (optional_like<T>) {
        if (v) follow(*v, m);
    } else if constexpr (tuple_like<T>) {
        std::apply([&](auto&... element) { (follow(element, m), ...); }, v);
    } else {
        for (auto& item : v) follow(item, m);
    }
}

}  // namespace segue
