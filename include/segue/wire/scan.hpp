// The first byte that is not in a set, found 64, 32 or 16 bytes at a time; a scalar twin for constant evaluation.
//
// A set whose complement is at most three ranges of byte values is tested by comparisons, any other set of ASCII
// characters by two nibble look-up tables (pshufb): table `low` has, for each low nibble, one bit for each high nibble
// that makes a member. Nothing here reads outside [p, end).
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

#include "segue/core/byte_set.hpp"
#include "segue/core/inlining.hpp"

// <immintrin.h> alone costs most of a second: the narrow headers, here and nowhere else.
#if defined(__AVX2__)
#include <immintrin.h>
#elif defined(__SSSE3__)
#include <tmmintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace segue {

template <byte_set S>
struct classifier {
    struct range {
        unsigned char first = 0, last = 0;
    };
    struct ranges {
        std::size_t count = 0;
        range at[5]{};
    };

    static constexpr ranges stops = [] {
        ranges found;
        for (unsigned byte = 0; byte < 256 && found.count < 5;) {
            if (S.has(static_cast<unsigned char>(byte))) {
                ++byte;
                continue;
            }
            unsigned last = byte;
            while (last < 255 && !S.has(static_cast<unsigned char>(last + 1))) ++last;
            found.at[found.count++] = {static_cast<unsigned char>(byte), static_cast<unsigned char>(last)};
            byte = last + 1;
        }
        return found;
    }();
    static constexpr bool by_range = stops.count <= 3;
    static constexpr bool one_stop = stops.count == 1 && stops.at[0].first == stops.at[0].last;
    static constexpr bool ascii = !S.meets(byte_set{}.with(128, 255));

    static constexpr std::array<bool, 256> members = [] {
        std::array<bool, 256> table{};
        for (unsigned byte = 0; byte < 256; ++byte) table[byte] = S.has(static_cast<unsigned char>(byte));
        return table;
    }();
    static constexpr bool has(char c) { return members[static_cast<unsigned char>(c)]; }

    alignas(64) static constexpr std::array<unsigned char, 64> low = [] {
        std::array<unsigned char, 64> table{};
        for (unsigned byte = 0; byte < 128; ++byte)
            for (unsigned lane = 0; lane < 64; lane += 16)
                if (S.has(static_cast<unsigned char>(byte)))
                    table[lane + (byte & 15)] = static_cast<unsigned char>(table[lane + (byte & 15)] | 1u << (byte >> 4));
        return table;
    }();
    alignas(64) static constexpr std::array<unsigned char, 64> high = [] {
        std::array<unsigned char, 64> table{};
        for (unsigned i = 0; i < 64; ++i) table[i] = static_cast<unsigned char>((i & 15) < 8 ? 1u << (i & 15) : 0u);
        return table;
    }();

    // classified by vectors; other sets are searched byte by byte
#if defined(__SSSE3__)
    static constexpr bool by_vector = by_range || ascii;
#elif defined(__SSE2__)
    static constexpr bool by_vector = by_range;
#else
    static constexpr bool by_vector = false;
#endif

#if defined(__SSE2__)
    template <range R>
    [[gnu::always_inline]] static inline __m128i in_range(__m128i v) {
        if constexpr (R.first == R.last) return _mm_cmpeq_epi8(v, _mm_set1_epi8(static_cast<char>(R.first)));
        __m128i const from_zero = _mm_sub_epi8(v, _mm_set1_epi8(static_cast<char>(R.first)));
        return _mm_cmpeq_epi8(_mm_min_epu8(from_zero, _mm_set1_epi8(static_cast<char>(R.last - R.first))), from_zero);
    }
    // a bit for each of 16 bytes that is not in S
    [[gnu::always_inline]] static inline std::uint32_t stops16(char const* p) {
        __m128i const v = _mm_loadu_si128(reinterpret_cast<__m128i const*>(p));
        if constexpr (by_range) {
            __m128i found = _mm_setzero_si128();
            [&]<std::size_t... I>(std::index_sequence<I...>) {
                ((found = _mm_or_si128(found, in_range<stops.at[I]>(v))), ...);
            }(std::make_index_sequence<stops.count>{});
            return static_cast<std::uint32_t>(_mm_movemask_epi8(found));
        } else {
#if defined(__SSSE3__)
            __m128i const row = _mm_shuffle_epi8(_mm_load_si128(reinterpret_cast<__m128i const*>(low.data())), v);
            __m128i const column = _mm_shuffle_epi8(_mm_load_si128(reinterpret_cast<__m128i const*>(high.data())),
                                                    _mm_and_si128(_mm_srli_epi16(v, 4), _mm_set1_epi8(15)));
            __m128i const outside = _mm_cmpeq_epi8(_mm_and_si128(row, column), _mm_setzero_si128());
            return static_cast<std::uint32_t>(_mm_movemask_epi8(outside));
#else
            return 0;
#endif
        }
    }
#endif
#if defined(__AVX2__)
    template <range R>
    [[gnu::always_inline]] static inline __m256i in_range(__m256i v) {
        if constexpr (R.first == R.last) return _mm256_cmpeq_epi8(v, _mm256_set1_epi8(static_cast<char>(R.first)));
        __m256i const from_zero = _mm256_sub_epi8(v, _mm256_set1_epi8(static_cast<char>(R.first)));
        __m256i const width = _mm256_set1_epi8(static_cast<char>(R.last - R.first));
        return _mm256_cmpeq_epi8(_mm256_min_epu8(from_zero, width), from_zero);
    }
    [[gnu::always_inline]] static inline std::uint32_t stops32(__m256i v) {
        if constexpr (by_range) {
            __m256i found = _mm256_setzero_si256();
            [&]<std::size_t... I>(std::index_sequence<I...>) {
                ((found = _mm256_or_si256(found, in_range<stops.at[I]>(v))), ...);
            }(std::make_index_sequence<stops.count>{});
            return static_cast<std::uint32_t>(_mm256_movemask_epi8(found));
        } else {
            __m256i const row = _mm256_shuffle_epi8(_mm256_load_si256(reinterpret_cast<__m256i const*>(low.data())), v);
            __m256i const column = _mm256_shuffle_epi8(_mm256_load_si256(reinterpret_cast<__m256i const*>(high.data())),
                                                       _mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(15)));
            __m256i const outside = _mm256_cmpeq_epi8(_mm256_and_si256(row, column), _mm256_setzero_si256());
            return static_cast<std::uint32_t>(_mm256_movemask_epi8(outside));
        }
    }
    [[gnu::always_inline]] static inline std::uint32_t stops32(char const* p) {
        return stops32(_mm256_loadu_si256(reinterpret_cast<__m256i const*>(p)));
    }
#endif
#if defined(__AVX512BW__)
    template <range R>
    [[gnu::always_inline]] static inline std::uint64_t in_range(__m512i v) {
        if constexpr (R.first == R.last)
            return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(static_cast<char>(R.first)));
        else
            return _mm512_cmple_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8(static_cast<char>(R.first))),
                                          _mm512_set1_epi8(static_cast<char>(R.last - R.first)));
    }
    [[gnu::always_inline]] static inline std::uint64_t stops64(__m512i v) {
        if constexpr (by_range) {
            std::uint64_t found = 0;
            [&]<std::size_t... I>(std::index_sequence<I...>) {
                ((found |= in_range<stops.at[I]>(v)), ...);
            }(std::make_index_sequence<stops.count>{});
            return found;
        } else {
            __m512i const row = _mm512_shuffle_epi8(_mm512_load_si512(low.data()), v);
            __m512i const column = _mm512_shuffle_epi8(
                _mm512_load_si512(high.data()), _mm512_and_si512(_mm512_srli_epi16(v, 4), _mm512_set1_epi8(15)));
            return _mm512_testn_epi8_mask(row, column);
        }
    }
#endif
};

template <byte_set S>
constexpr char const* skip_scalar(char const* p, char const* end) {
    while (p != end && classifier<S>::has(*p)) ++p;
    return p;
}

// The first byte in [p, end) that is not in S, or end.
template <byte_set S>
SEGUE_INLINE char const* skip(char const* p, char const* end) {
    using set = classifier<S>;
    if (!std::is_constant_evaluated()) {
        if constexpr (set::one_stop) {  // the C library's loop is the faster one for long runs
            if (end - p > 256) {
                void const* found = std::memchr(p, set::stops.at[0].first, static_cast<std::size_t>(end - p));
                return found ? static_cast<char const*>(found) : end;
            }
        }
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

// The sets of a grammar that share one class bitmap.
template <byte_set... S>
struct sets {
    static constexpr std::size_t size = sizeof...(S);

    template <byte_set X>
    static constexpr std::size_t index_of() {
        std::size_t i = 0, found = size;
        ((X == S ? (found = i, ++i) : ++i), ...);
        return found;
    }
};

// One bitmap for each set over the 64 bytes at `base`: classified once, then each run is a shift and a count of zeros.
template <class Sets>
class class_bitmap {
public:
    template <byte_set X>
    SEGUE_INLINE char const* skip(char const* p, char const* end) {
        return segue::skip<X>(p, end);
    }
};

#if defined(__AVX2__)
template <byte_set S0, byte_set... S>
class class_bitmap<sets<S0, S...>> {
public:
    template <byte_set X>
    SEGUE_INLINE char const* skip(char const* p, char const* end) {
        constexpr std::size_t which = sets<S0, S...>::template index_of<X>();
        if constexpr (which == sets<S0, S...>::size || !classifier<X>::by_vector) {
            return segue::skip<X>(p, end);
        } else {
            if (std::is_constant_evaluated()) return segue::skip<X>(p, end);
            for (int blocks = 0;; ++blocks) {
                std::size_t const at = reinterpret_cast<std::uintptr_t>(p) - base_;
                if (at < 64) {
                    if (std::uint64_t const stop = stops_[which] >> at) return p + std::countr_zero(stop);
                    p += 64 - at;
                }
                if (end - p < 64) [[unlikely]] return segue::skip<X>(p, end);
                if constexpr (classifier<X>::one_stop)
                    if (blocks == 8) [[unlikely]] return segue::skip<X>(p, end);
                classify(p);
            }
        }
    }

private:
    [[gnu::always_inline]] inline void classify(char const* p) {
        base_ = reinterpret_cast<std::uintptr_t>(p);
#if defined(__AVX512BW__)
        __m512i const v = _mm512_loadu_si512(p);
        std::size_t i = 0;
        stops_[i++] = classifier<S0>::stops64(v);
        ((stops_[i++] = classifier<S>::stops64(v)), ...);
#else
        __m256i const first = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(p));
        __m256i const second = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(p + 32));
        std::size_t i = 0;
        stops_[i++] = both<S0>(first, second);
        ((stops_[i++] = both<S>(first, second)), ...);
#endif
    }
    template <byte_set X>
    [[gnu::always_inline]] static inline std::uint64_t both(__m256i first, __m256i second) {
        return classifier<X>::stops32(first) | std::uint64_t{classifier<X>::stops32(second)} << 32;
    }

    std::uintptr_t base_ = 0;
    std::uint64_t stops_[1 + sizeof...(S)]{};
};
#endif

}  // namespace segue
