// One bitmap for each hot set of a grammar over a block of 64 bytes: classified once, then each run of characters is a
// shift and a count of zeros.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "segue/wire/classifier.hpp"
#include "segue/wire/scan.hpp"

namespace segue {

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
    SEGUE_INLINE void begin(char const*) {}
    SEGUE_INLINE void forget() {}

    template <byte_set X>
    SEGUE_INLINE char const* skip(char const* p, char const* end) {
        return segue::skip<X>(p, end);
    }
};

#if defined(__AVX2__)
template <byte_set S0, byte_set... S>
class class_bitmap<sets<S0, S...>> {
public:
    // Messages that lie in one block share it: what was classified stays true while the window has all of the block.
    SEGUE_INLINE void begin(char const* end) {
        if (std::is_constant_evaluated()) return;
        if (reinterpret_cast<std::uintptr_t>(end) - base_ < size_) [[unlikely]] {
            asm("");  // a branch, not a conditional move: the next block need not wait for where this window ends
            forget();
        }
    }
    // The bytes may have changed.
    SEGUE_INLINE void forget() { base_ = size_ = 0; }

    template <byte_set X>
    SEGUE_INLINE char const* skip(char const* p, char const* end) {
        constexpr std::size_t which = sets<S0, S...>::template index_of<X>();
        if constexpr (which == sets<S0, S...>::size || !classifier<X>::by_vector) {
            return segue::skip<X>(p, end);
        } else {
            if (std::is_constant_evaluated()) return segue::skip<X>(p, end);
            std::size_t const at = reinterpret_cast<std::uintptr_t>(p) - base_;
            if (at < 64) {
                if (std::uint64_t const stop = stops_[which] >> at) return p + std::countr_zero(stop);
                p += 64 - at;
            }
            char const* const near = classifier<X>::one_stop && end - p > 1024 ? p + 1024 : end;
            for (; near - p >= 64; p += 64) {
                classify(p);
                if (std::uint64_t const stop = stops_[which]) return p + std::countr_zero(stop);
            }
            if (near != end) [[unlikely]] return segue::skip<X>(p, end);  // for long runs the C library's loop is the faster one
#if defined(__AVX512BW__)
            classify_last(p, end);
            return p + std::countr_zero(stops_[which]);
#else
            // once there was a block, the last 64 bytes are there to be one
            if (base_ == 0 || p == end) return segue::skip<X>(p, end);
            classify(end - 64);
            std::uint64_t const stop = stops_[which] >> (64 - (end - p));
            return stop != 0 ? p + std::countr_zero(stop) : end;
#endif
        }
    }

private:
    [[gnu::always_inline]] inline void classify(char const* p) {
        base_ = reinterpret_cast<std::uintptr_t>(p);
        size_ = 64;
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
#if defined(__AVX512BW__)
    // fewer than 64 bytes: the end stops every run
    [[gnu::always_inline]] inline void classify_last(char const* p, char const* end) {
        base_ = reinterpret_cast<std::uintptr_t>(p);
        size_ = ends_with_window;
        std::uint64_t const beyond = ~std::uint64_t{0} << (end - p);
        __m512i const v = _mm512_maskz_loadu_epi8(~beyond, p);
        std::size_t i = 0;
        stops_[i++] = classifier<S0>::stops64(v) | beyond;
        ((stops_[i++] = classifier<S>::stops64(v) | beyond), ...);
    }
#endif
    template <byte_set X>
    [[gnu::always_inline]] static inline std::uint64_t both(__m256i first, __m256i second) {
        return classifier<X>::stops32(first) | std::uint64_t{classifier<X>::stops32(second)} << 32;
    }

    // larger than any distance: such a block is true for no other window
    static constexpr std::uintptr_t ends_with_window = ~std::uintptr_t{0};

    std::uintptr_t base_ = 0;
    std::uintptr_t size_ = 0;
    std::uint64_t stops_[1 + sizeof...(S)]{};
};
#endif

}  // namespace segue
