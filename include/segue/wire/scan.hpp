// The first byte that is not in a set, found 64, 32 or 16 bytes at a time; a scalar twin for constant evaluation.
// Nothing here reads outside [p, end).
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

#include "segue/core/fixed_string.hpp"
#include "segue/wire/classifier.hpp"

namespace segue {

template <byte_set S>
constexpr char const* skip_scalar(char const* p, char const* end) {
    while (p != end && classifier<S>::has(*p)) ++p;
    return p;
}

// How many bytes of B stand at p.
template <fixed_string B>
SEGUE_INLINE std::size_t common_prefix(char const* p, char const* end) {
    auto const left = static_cast<std::size_t>(end - p);
    std::size_t same = 0;
    while (same < B.size && same < left && p[same] == B[same]) ++same;
    return same;
}

// The first byte in [p, end) that is not in S, or end.
template <byte_set S>
SEGUE_INLINE char const* skip(char const* p, char const* end) {
    using set = classifier<S>;
    if (!std::is_constant_evaluated()) {
        if constexpr (set::one_stop) {
            if (end - p > 256) {
#if defined(__SSE2__)
                // What is near is found at once, and always by the same branch; for long runs the C library's loop is
                // the faster one.
                if (std::uint64_t const stop = set::stops_in_64(p)) [[likely]] return p + std::countr_zero(stop);
                p += 64;
#endif
                void const* found = std::memchr(p, set::stops.at[0].first, static_cast<std::size_t>(end - p));
                return found ? static_cast<char const*>(found) : end;
            }
        }
#if defined(__AVX512BW__)
        if constexpr (set::by_vector)
            while (end - p >= 64) {
                if (std::uint64_t const stop = set::stops64(_mm512_loadu_si512(p))) return p + std::countr_zero(stop);
                p += 64;
            }
#endif
#if defined(__AVX2__)
        if constexpr (set::by_vector)
            while (end - p >= 32) {
                if (std::uint32_t const stop = set::stops32(p)) return p + std::countr_zero(stop);
                p += 32;
            }
#endif
#if defined(__SSE2__)
        if constexpr (set::by_vector)
            while (end - p >= 16) {
                if (std::uint32_t const stop = set::stops16(p)) return p + std::countr_zero(stop);
                p += 16;
            }
#endif
    }
    return skip_scalar<S>(p, end);
}

// A set as a value: what is told of a run at run time. A few bytes are looked up, more are searched by vectors.
struct run_set {
    std::array<bool, 256> members;
    char const* (*skip)(char const* p, char const* end);
    std::string_view text{};  // what has to come behind the run: more than one byte
    bool only_text = false;   // ... and there is no run
};
template <byte_set S, fixed_string Text = "">
inline constexpr run_set run_of{classifier<S>::members, [](char const* p, char const* end) { return skip<S>(p, end); }, Text.view()};
template <fixed_string Text>
inline constexpr run_set text_alone{{}, [](char const* p, char const*) { return p; }, Text.view(), true};

}  // namespace segue
