// For each of several sets a bit for each byte of one block that is not in the set: where its runs stop.
//
// With AVX-512 VBMI one look-up of 256 entries gives for each byte a bit for each set, whatever the sets are; with less,
// each set is classified for itself. Compiled for a processor without SSSE3, it asks the one it runs on for either.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "segue/wire/classifier.hpp"

namespace segue {

#if defined(__SSE2__)
template <byte_set... S>
struct block_classes {
    static constexpr std::size_t size = 64;
    static_assert(sizeof...(S) <= 8);

#if defined(__AVX512BW__)
    // Fewer bytes than a block make one as well: behind them every run stops.
    static constexpr bool partial = true;
#else
    static constexpr bool partial = false;
#endif
    // One set that a few comparisons tell is faster without the table.
#if defined(__AVX512VBMI__)
    static constexpr bool by_look_up = sizeof...(S) != 1 || !(classifier<S>::by_range && ...);
#else
    static constexpr bool by_look_up = false;
#endif
    // What is behind the end is loaded as zeros.
    static constexpr bool zero_stops_all = (!S.has(static_cast<unsigned char>(0)) && ...);
    // Whether X is classified.
    template <byte_set X>
    static constexpr bool knows = by_look_up || classifier<X>::by_range || classifier<X>::ascii;

    // Classifies the n bytes at p, of which there are 64 unless a block can be partial; false where the processor cannot.
#if defined(__AVX512BW__)
    [[gnu::always_inline]] static inline bool classify(char const* p, std::size_t n, std::uint64_t* stops) {
        std::uint64_t const here = n < size ? ~(~std::uint64_t{0} << n) : ~std::uint64_t{0};
        __m512i const bytes = _mm512_maskz_loadu_epi8(here, p);
#if defined(__AVX512VBMI__)
        if constexpr (by_look_up) {
            unsigned char const* const quarters = unhoisted(table.data());
            __m512i const of_low = _mm512_permutex2var_epi8(_mm512_load_si512(quarters), bytes, _mm512_load_si512(quarters + 64));
            __m512i const of_high = _mm512_permutex2var_epi8(_mm512_load_si512(quarters + 128), bytes, _mm512_load_si512(quarters + 192));
            __m512i const of_any = _mm512_mask_blend_epi8(_mm512_movepi8_mask(bytes), of_low, of_high);
            __m512i bits = zero_stops_all ? of_any : _mm512_mask_mov_epi8(_mm512_set1_epi8(-1), here, of_any);
            ((*stops++ = stop_bits<S>(bits)), ...);
            return true;
        }
#endif
        ((*stops++ = classifier<S>::stops64(bytes) | ~here), ...);
        return true;
    }
#elif defined(__SSSE3__)
    [[gnu::always_inline]] static inline bool classify(char const* p, std::size_t, std::uint64_t* stops) {
        ((*stops++ = classifier<S>::stops_in_64(p)), ...);
        return true;
    }
#else
    static bool classify(char const* p, std::size_t, std::uint64_t* stops) {
        if (__builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512bw")) classify_by_avx512(p, stops);
        else if (__builtin_cpu_supports("avx2")) classify_by_avx2(p, stops);
        else return false;
        return true;
    }

    using bytes64 [[gnu::vector_size(64)]] = unsigned char;  // <immintrin.h> would cost every file that needs none of it
    using chars64 [[gnu::vector_size(64)]] = char;
    using bytes32 [[gnu::vector_size(32)]] = unsigned char;
    using chars32 [[gnu::vector_size(32)]] = char;

    [[gnu::target("avx512vbmi,avx512bw"), gnu::noinline]] static void classify_by_avx512(char const* p, std::uint64_t* stops) {
        chars64 v, quarters[4];
        std::memcpy(&v, p, sizeof v);
        std::memcpy(quarters, table.data(), sizeof quarters);
        chars64 const of_low = look_up(quarters[0], quarters[1], v);
        chars64 const of_high = look_up(quarters[2], quarters[3], v);
        auto bits = reinterpret_cast<bytes64>(v < 0 ? of_high : of_low);
        ((*stops++ = next_stop_bits<S>(bits)), ...);
    }
    [[gnu::target("avx2"), gnu::noinline]] static void classify_by_avx2(char const* p, std::uint64_t* stops) {
        ((*stops++ = stops32<S>(p) | std::uint64_t{stops32<S>(p + 32)} << 32), ...);
    }

private:
    // of 128 entries the one that each byte's lower seven bits say
    [[gnu::target("avx512vbmi,avx512bw"), gnu::always_inline]] static inline chars64 look_up(chars64 first, chars64 second, chars64 which) {
#if defined(__clang__)
        return __builtin_ia32_vpermi2varqi512(first, which, second);
#else
        return __builtin_ia32_vpermt2varqi512_mask(which, first, second, ~std::uint64_t{0});
#endif
    }
    template <byte_set>
    [[gnu::target("avx512vbmi,avx512bw"), gnu::always_inline]] static inline std::uint64_t next_stop_bits(bytes64& bits) {
        std::uint64_t const stops = __builtin_ia32_cvtb2mask512(reinterpret_cast<chars64>(bits));
        bits += bits;
        return stops;
    }
    template <byte_set X>
    [[gnu::target("avx2"), gnu::always_inline]] static inline std::uint32_t stops32(char const* p) {
        using set = classifier<X>;
        bytes32 v;
        std::memcpy(&v, p, sizeof v);
        if constexpr (set::by_range) {
            bytes32 outside = v ^ v;
            for (std::size_t i = 0; i < set::stops.count; ++i) {
                auto const [first, last] = set::stops.at[i];
                outside |= reinterpret_cast<bytes32>((v - first) <= static_cast<unsigned char>(last - first));
            }
            return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256(reinterpret_cast<chars32>(outside)));
        } else if constexpr (set::ascii) {
            bytes32 low, high;
            std::memcpy(&low, set::low.data(), sizeof low);
            std::memcpy(&high, set::high.data(), sizeof high);
            auto const row = __builtin_ia32_pshufb256(reinterpret_cast<chars32>(low), reinterpret_cast<chars32>(v));
            auto const column = __builtin_ia32_pshufb256(reinterpret_cast<chars32>(high), reinterpret_cast<chars32>(v >> 4));
            return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256(reinterpret_cast<chars32>((row & column) == 0)));
        } else {
            return 0;
        }
    }
#endif

private:
#if defined(__AVX512VBMI__) || !defined(__SSSE3__)
    // for each byte value one bit for each set that it is not in, the first set's uppermost
    alignas(64) static constexpr std::array<unsigned char, 256> table = [] {
        std::array<unsigned char, 256> stops{};
        for (unsigned byte = 0; byte < 256; ++byte) {
            unsigned bit = 0x80;
            ((S.has(static_cast<unsigned char>(byte)) ? 0u : stops[byte] = static_cast<unsigned char>(stops[byte] | bit), bit >>= 1), ...);
        }
        return stops;
    }();
#endif
#if defined(__AVX512VBMI__)
    // The compiler must not load the table in front of each search, which seldom begins a block.
    [[gnu::always_inline]] static inline unsigned char const* unhoisted(unsigned char const* p) {
        asm("" : "+r"(p));
        return p;
    }
    // ... taken from there, and the next set's moved up
    template <byte_set>
    [[gnu::always_inline]] static inline std::uint64_t stop_bits(__m512i& bits) {
        std::uint64_t const stops = _mm512_movepi8_mask(bits);
        bits = _mm512_add_epi8(bits, bits);
        return stops;
    }
#endif
};
#endif

}  // namespace segue
