// Sixteen bytes in another order, by one shuffle where the processor has it.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <utility>

#include "segue/core/inlining.hpp"

namespace segue {

#if defined(__SSSE3__) || defined(__ARM_NEON)
inline constexpr bool reorders_at_once = true;
#else
inline constexpr bool reorders_at_once = false;
#endif

using bytes16 [[gnu::vector_size(16)]] = char;

// The bytes at p; result[i] is p[From[i]].
template <std::array<unsigned char, 16> From>
[[gnu::always_inline]] inline bytes16 reordered(char const* p) {
    bytes16 v;
    std::memcpy(&v, p, sizeof v);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return __builtin_shufflevector(v, v, From[I]...);
    }(std::make_index_sequence<16>{});
}

}  // namespace segue
