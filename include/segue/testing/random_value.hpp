// Random values of a message type: a walk over its members. Specialise `sample` for a type with rules of its own.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string_view>
#include <type_traits>
#include <variant>

#include "segue/message/follow.hpp"

namespace segue::testing {

using random_source = std::mt19937;

// For a type of your own:
//   template <> struct segue::testing::sample<mine> { static mine make(random_source&); };
template <class T>
struct sample;

namespace detail {

inline constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";

template <class T>
void randomise(T& v, random_source& random);

template <class... A, std::size_t... I>
void randomise_variant(std::variant<A...>& v, random_source& random, std::index_sequence<I...>) {
    std::size_t const chosen = random() % sizeof...(A);
    ((chosen == I ? (v.template emplace<I>(), randomise(std::get<I>(v), random)) : void()), ...);
}

template <class T>
void randomise(T& v, random_source& random) {
    if constexpr (requires { sample<T>::make(random); }) {
        v = sample<T>::make(random);
    } else if constexpr (std::integral<T>) {
        // small ones and the ends more often than chance has them
        std::uint64_t const any = std::uint64_t{random()} << 32 | random();
        switch (random() % 4) {
            case 0: v = static_cast<T>(any % 3); break;
            case 1: v = any % 2 == 0 ? std::numeric_limits<T>::max() : std::numeric_limits<T>::min(); break;
            default: v = static_cast<T>(any); break;
        }
    } else if constexpr (std::floating_point<T>) {
        // any bits, a NaN's as well; else a small number
        using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
        std::uint64_t const any = std::uint64_t{random()} << 32 | random();
        v = random() % 2 == 0 ? static_cast<T>(any % 1000) / 8 : std::bit_cast<T>(static_cast<bits>(any));
    } else if constexpr (byte_array<T>) {
        for (auto& byte : v) byte = static_cast<std::remove_cvref_t<decltype(byte)>>(letters[random() % letters.size()]);
    } else if constexpr (byte_value<T>) {
        std::size_t const size = random() % 9;
        assign_bytes(v, letters.data() + random() % (letters.size() - size), size);
    } else if constexpr (members<T>) {
        for_each_member(v, [&](std::string_view, auto& member) { randomise(member, random); });
    } else if constexpr (is_variant<T>) {
        randomise_variant(v, random, std::make_index_sequence<std::variant_size_v<T>>{});
    } else if constexpr (optional_like<T>) {
        v.reset();
        if (random() % 2 == 0) randomise(v.emplace(), random);
    } else if constexpr (iterable<T>) {
        v.clear();
        for (std::size_t left = random() % 4; left != 0; --left) randomise(v.emplace_back(), random);
    } else {
        static_assert(std::is_empty_v<T>, "segue: specialise segue::testing::sample for this type");
    }
}

}  // namespace detail

template <class T>
T random_value(random_source& random) {
    T v{};
    detail::randomise(v, random);
    return v;
}

}  // namespace segue::testing
