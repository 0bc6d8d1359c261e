// For each of several sets a bit for each byte of one block that is not in the set: where its runs stop.
//
// With AVX-512 VBMI one look-up of 256 entries gives for each byte a bit for each set, whatever the sets are; with less,
// each set is classified for itself.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "segue/wire/classifier.hpp"

namespace segue {

#if defined(__AVX2__)
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
    // Whether X is classified.
    template <byte_set X>
#if defined(__AVX512VBMI__)
    static constexpr bool knows = true;
#else
    static constexpr bool knows = classifier<X>::by_range || classifier<X>::ascii;
#endif

    // Classifies the n bytes at p, of which there are 64 unless a block can be partial.
#if defined(__AVX512BW__)
    [[gnu::always_inline]] static inline void classify(char const* p, std::size_t n, std::uint64_t* stops) {
        std::uint64_t const here = n < size ? ~(~std::uint64_t{0} << n) : ~std::uint64_t{0};
        __m512i const bytes = _mm512_maskz_loadu_epi8(here, p);
#if defined(__AVX512VBMI__)
        unsigned char const* const quarters = unhoisted(table.data());
        __m512i const of_low = _mm512_permutex2var_epi8(_mm512_load_si512(quarters), bytes, _mm512_load_si512(quarters + 64));
        __m512i const of_high = _mm512_permutex2var_epi8(_mm512_load_si512(quarters + 128), bytes, _mm512_load_si512(quarters + 192));
        __m512i const of_any = _mm512_mask_blend_epi8(_mm512_movepi8_mask(bytes), of_low, of_high);
        __m512i bits = _mm512_mask_mov_epi8(_mm512_set1_epi8(-1), here, of_any);
        ((*stops++ = stop_bits<S>(bits)), ...);
#else
        ((*stops++ = classifier<S>::stops64(bytes) | ~here), ...);
#endif
    }
#else
    [[gnu::always_inline]] static inline void classify(char const* p, std::size_t, std::uint64_t* stops) {
        ((*stops++ = classifier<S>::stops_in_64(p)), ...);
    }
#endif

#if defined(__AVX512VBMI__)
private:
    // for each byte value one bit for each set that it is not in, the first set's uppermost
    alignas(64) static constexpr std::array<unsigned char, 256> table = [] {
        std::array<unsigned char, 256> stops{};
        for (unsigned byte = 0; byte < 256; ++byte) {
            unsigned bit = 0x80;
            ((S.has(static_cast<unsigned char>(byte)) ? 0u : stops[byte] = static_cast<unsigned char>(stops[byte] | bit), bit >>= 1), ...);
        }
        return stops;
    }();
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
