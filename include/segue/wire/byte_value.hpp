// Members that hold bytes: owners take a copy, views point at the wire, arrays take exactly their size.
#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "segue/core/inlining.hpp"

namespace segue {

template <class B>
concept byte_like = std::same_as<B, char> || std::same_as<B, unsigned char> || std::same_as<B, std::byte>;

template <class V>
concept byte_range = requires(V const& v) {
    { v.data() };
    { v.size() } -> std::convertible_to<std::size_t>;
    requires byte_like<std::remove_cvref_t<decltype(*v.data())>>;
};

template <class V>
concept byte_array = byte_range<V> && requires { std::integral_constant<std::size_t, std::tuple_size<V>::value>{}; };

template <class V>
concept byte_owner = byte_range<V> && !byte_array<V> && requires(V& v, char const* p, std::size_t n) {
    v.clear();
    v.resize(n);
};

template <class V>
concept byte_view = byte_range<V> && !byte_array<V> && !byte_owner<V> && std::is_trivially_copyable_v<V> &&
                    std::is_const_v<std::remove_pointer_t<decltype(std::declval<V const&>().data())>>;

// What bytes and text decode into: std::string, std::vector<char>, std::string_view, std::span<char const>, std::array.
template <class V>
concept byte_value = byte_owner<V> || byte_view<V> || byte_array<V>;

// The bytes of a value as characters.
template <byte_value V>
constexpr std::string_view characters_of(V const& v) {
    using byte = std::remove_cvref_t<decltype(*v.data())>;
    if constexpr (std::same_as<byte, char>) return {v.data(), v.size()};
    else return {reinterpret_cast<char const*>(v.data()), v.size()};
}

// false: an array of another size
template <byte_value V>
SEGUE_INLINE bool assign_bytes(V& v, char const* p, std::size_t n) {
    using byte = std::remove_cvref_t<decltype(*v.data())>;
    if constexpr (byte_array<V>) {
        if (n != std::tuple_size_v<V>) return false;
        for (std::size_t i = 0; i < n; ++i) v[i] = static_cast<byte>(p[i]);
    } else if constexpr (byte_owner<V>) {
        if constexpr (std::same_as<byte, std::byte>) {
            v.resize(n);
            for (std::size_t i = 0; i < n; ++i) v[i] = static_cast<std::byte>(p[i]);
        } else {
            v.assign(p, p + n);
        }
    } else if constexpr (std::same_as<byte, char>) {
        v = V(p, n);
    } else {
        v = V(reinterpret_cast<byte const*>(p), n);
    }
    return true;
}

template <byte_owner V>
constexpr void append_bytes(V& v, std::string_view bytes) {
    if constexpr (requires { v.append(bytes.data(), bytes.size()); }) {
        v.append(bytes.data(), bytes.size());
    } else {
        using byte = std::remove_cvref_t<decltype(*v.data())>;
        if (std::is_constant_evaluated()) {  // where clang does not take libstdc++'s resize
            for (char c : bytes) v.push_back(static_cast<byte>(c));
            return;
        }
        std::size_t at = v.size();
        v.resize(at + bytes.size());
        for (char c : bytes) v[at++] = static_cast<byte>(c);
    }
}

}  // namespace segue
