// Whether a byte is in a set: by a table, and for 16, 32 or 64 bytes at a time by vectors.
//
// A set whose complement is at most three ranges of byte values is tested by comparisons, any other set of ASCII
// characters by two nibble look-up tables (pshufb): table `low` has, for each low nibble, one bit for each high nibble
// that makes a member.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

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
    static constexpr bool ascii = !S.meets(byte_set{}.with(128, 255));
    static constexpr bool by_range = stops.count <= 3;
    static constexpr bool one_stop = stops.count == 1 && stops.at[0].first == stops.at[0].last;

    static constexpr std::array<bool, 256> members = [] {
        std::array<bool, 256> table{};
        for (unsigned byte = 0; byte < 256; ++byte) table[byte] = S.has(static_cast<unsigned char>(byte));
        return table;
    }();
    static constexpr bool few = S.size() <= 2;
    static constexpr unsigned char one = [] { unsigned byte = 0; while (byte < 255 && !S.has(static_cast<unsigned char>(byte))) ++byte; return static_cast<unsigned char>(byte); }();
    static constexpr unsigned char other = [] { unsigned byte = 255; while (byte > 0 && !S.has(static_cast<unsigned char>(byte))) --byte; return static_cast<unsigned char>(byte); }();
    SEGUE_INLINE static bool has(char c) {
        auto const byte = static_cast<unsigned char>(c);
        if constexpr (few && S != byte_set{}) return byte <= other && ((byte == one) | (byte == other));
        else return members[byte];
    }

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
    // any of the ranges from I on; no lambda, which would not be inlined everywhere
    template <std::size_t I>
    [[gnu::always_inline]] static inline __m128i in_ranges(__m128i v) {
        if constexpr (I == stops.count) return _mm_setzero_si128();
        else return _mm_or_si128(in_range<stops.at[I]>(v), in_ranges<I + 1>(v));
    }
    // a bit for each of 16 bytes that is not in S
    [[gnu::always_inline]] static inline std::uint32_t stops16(char const* p) {
        __m128i const v = _mm_loadu_si128(reinterpret_cast<__m128i const*>(p));
        if constexpr (by_range) {
            return static_cast<std::uint32_t>(_mm_movemask_epi8(in_ranges<0>(v)));
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
    template <std::size_t I>
    [[gnu::always_inline]] static inline __m256i in_ranges(__m256i v) {
        if constexpr (I == stops.count) return _mm256_setzero_si256();
        else return _mm256_or_si256(in_range<stops.at[I]>(v), in_ranges<I + 1>(v));
    }
    [[gnu::always_inline]] static inline std::uint32_t stops32(__m256i v) {
        if constexpr (by_range) {
            return static_cast<std::uint32_t>(_mm256_movemask_epi8(in_ranges<0>(v)));
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
    template <std::size_t I>
    [[gnu::always_inline]] static inline std::uint64_t in_ranges(__m512i v) {
        if constexpr (I == stops.count) return 0;
        else return in_range<stops.at[I]>(v) | in_ranges<I + 1>(v);
    }
    [[gnu::always_inline]] static inline std::uint64_t stops64(__m512i v) {
        if constexpr (by_range) {
            return in_ranges<0>(v);
        } else {
            __m512i const row = _mm512_shuffle_epi8(_mm512_load_si512(low.data()), v);
            __m512i const column = _mm512_shuffle_epi8(
                _mm512_load_si512(high.data()), _mm512_and_si512(_mm512_srli_epi16(v, 4), _mm512_set1_epi8(15)));
            return _mm512_testn_epi8_mask(row, column);
        }
    }
#endif
#if defined(__SSE2__)
    // a bit for each of 64 bytes that is not in S, by the widest vectors there are
    [[gnu::always_inline]] static inline std::uint64_t stops_in_64(char const* p) {
#if defined(__AVX512BW__)
        return stops64(_mm512_loadu_si512(p));
#elif defined(__AVX2__)
        return stops32(p) | std::uint64_t{stops32(p + 32)} << 32;
#else
        return stops16(p) | std::uint64_t{stops16(p + 16)} << 16 | std::uint64_t{stops16(p + 32)} << 32 | std::uint64_t{stops16(p + 48)} << 48;
#endif
    }
#endif
};

}  // namespace segue
