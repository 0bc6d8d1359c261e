// One bitmap for each hot set of a grammar over a block of 64 bytes: classified once, then each run of characters is a
// shift and a count of zeros.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "segue/wire/block_classes.hpp"
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
    SEGUE_INLINE void foresee(char const*, std::size_t, char const*) {}

    template <byte_set X>
    SEGUE_INLINE char const* skip(char const* p, char const* end) {
        return segue::skip<X>(p, end);
    }
    template <byte_set X>
    SEGUE_INLINE std::size_t near(char const*) const {
        return 64;
    }
};

#if defined(__SSE2__)
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
    // What is read at `to` was just copied from there: classified at its first place, because a load of the second would
    // wait for stores that are narrower than it.
    SEGUE_INLINE void foresee(char const* from, std::size_t n, char const* to) {
        if (std::is_constant_evaluated() || n < (classes::partial ? worth_a_block : classes::size)) return;
        if (fill(from, n < classes::size ? n : classes::size)) base_ = reinterpret_cast<std::uintptr_t>(to);
    }

    template <byte_set X>
    SEGUE_INLINE char const* skip(char const* p, char const* end) {
        constexpr std::size_t which = sets<S0, S...>::template index_of<X>();
        if constexpr (which == sets<S0, S...>::size || !block_classes<S0, S...>::template knows<X>) {
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
                if (!classify_whole(p)) [[unlikely]] return segue::skip<X>(p, end);
                if (std::uint64_t const stop = stops_[which]) return p + std::countr_zero(stop);
            }
            // for long runs the C library's loop is the faster one; a few bytes make no block
            if (near != end || !classify(p, end)) [[unlikely]] return segue::skip<X>(p, end);
            std::uint64_t const stop = stops_[which] >> (reinterpret_cast<std::uintptr_t>(p) - base_);
            return stop != 0 ? p + std::countr_zero(stop) : end;
        }
    }

    // The size of the run that begins with p, if its stop is in the block at hand; else 64.
    template <byte_set X>
    SEGUE_INLINE std::size_t near(char const* p) const {
        constexpr std::size_t which = sets<S0, S...>::template index_of<X>();
        if constexpr (which == sets<S0, S...>::size || !classes::template knows<X>) {
            return 64;
        } else {
            if (std::is_constant_evaluated()) return 64;
            std::size_t const at = reinterpret_cast<std::uintptr_t>(p) - base_;
            return at < 64 ? static_cast<std::size_t>(std::countr_zero(stops_[which] >> at)) : 64;
        }
    }

private:
    using classes = block_classes<S0, S...>;

    // A block that begins with p or has it in it, or false: then the bytes at hand make none.
    [[gnu::always_inline]] inline bool classify(char const* p, char const* end) {
        auto const left = static_cast<std::size_t>(end - p);
        size_ = 64;
        if (left < 64) [[unlikely]] {
            if (left == 0 || (base_ == 0 && (!classes::partial || left < worth_a_block))) return false;
            if constexpr (classes::partial) size_ = ends_with_window;
            else p = end - 64;  // where there was a block, the last 64 bytes are there to be one
        }
        return fill(p, left);
    }
    [[gnu::always_inline]] inline bool classify_whole(char const* p) {
        size_ = classes::size;
        return fill(p, classes::size);
    }
    [[gnu::always_inline]] inline bool fill(char const* p, std::size_t n) {
        std::uint64_t found[size];  // its own place, so that the bitmap has no address
        if (!classes::classify(p, n, found)) [[unlikely]] return false;
        for (std::size_t i = 0; i < size; ++i) stops_[i] = found[i];
        base_ = reinterpret_cast<std::uintptr_t>(p);
        return true;
    }

    static constexpr std::size_t size = 1 + sizeof...(S);
    static constexpr std::size_t worth_a_block = 16;
    // larger than any distance: such a block is true for no other window
    static constexpr std::uintptr_t ends_with_window = ~std::uintptr_t{0};

    std::uintptr_t base_ = 0;
    std::uintptr_t size_ = 0;
    std::uint64_t stops_[size]{};
};
#endif

}  // namespace segue
