// Bytes that are always the same, and bytes that mean nothing yet.
#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>
#include <type_traits>

#include "segue/core/refused.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

template <fixed_string B>
struct literal_t {
    static constexpr bool exact_size = true;
    using state = stateless;
    using value_type = nothing;

    template <class In>
    SEGUE_INLINE step decode(In& in, state&, nothing&) const {
        if (in.left() >= B.size) [[likely]] {
            if (equal(in.at)) [[likely]] {
                in.at += B.size;
                return step::done;
            }
        }
        // it fails at the first wrong byte, however many are there
        std::size_t const same = common_prefix<B>(in.at, in.end);
        if (same < in.left()) return in.fail(errc::mismatch, in.at + same, B.view());
        return in.template want_text<B>(same);
    }
    constexpr step encode(nothing const&, output& out) const { return out.put(B.view()); }
    constexpr size_bound bounds(limits = {}) const { return size_bound::exactly(B.size); }
    constexpr void describe(description& d) const { d.add({.what = shape::literal, .size = bounds(), .bytes = B.view()}); }
    constexpr byte_set first() const { return byte_set::of(B.view().substr(0, 1)); }

private:
    SEGUE_INLINE static bool equal(char const* p) {
        if (!std::is_constant_evaluated()) return std::memcmp(p, B.chars, B.size) == 0;
        return std::string_view(p, B.size) == B.view();
    }
};

// Exactly these bytes.
//   literal<"HTTP/1.">   "HTTP/1." <-> nothing
// Fails with mismatch at the first wrong byte.
template <fixed_string B>
    requires(B.size != 0)
inline constexpr literal_t<B> literal{};

struct empty_t {
    static constexpr bool exact_size = true;
    using state = stateless;
    using value_type = nothing;

    template <class In>
    SEGUE_INLINE step decode(In&, state&, nothing&) const {
        return step::done;
    }
    constexpr step encode(nothing const&, output&) const { return step::done; }
    constexpr size_bound bounds(limits = {}) const { return size_bound::exactly(0); }
    constexpr void describe(description& d) const { d.add({.what = shape::literal, .size = bounds()}); }
    constexpr byte_set first() const { return {}; }
};

// No bytes at all: the content of an alternative that is only its tag.
//   alternative<"ping", "PING\r\n">(empty)   "PING\r\n" <-> nothing
inline constexpr empty_t empty{};

template <std::size_t N, bool AnyValue = false>
struct reserved_t {
    static constexpr bool exact_size = true;
    static constexpr char zeros[N]{};
    using state = stateless;
    using value_type = nothing;

    // Whatever the bytes are, they are passed over; zeros are written.
    constexpr reserved_t<N, true> any_value() const { return {}; }

    template <class In>
    SEGUE_INLINE step decode(In& in, state&, nothing&) const {
        std::size_t const here = in.left() < N ? in.left() : N;
        if constexpr (!AnyValue)
            for (std::size_t i = 0; i < here; ++i)
                if (in.at[i] != 0) [[unlikely]] return in.fail(errc::mismatch, in.at + i, "a reserved byte of zero");
        if (here < N) [[unlikely]] return in.want(N - here);
        in.at += N;
        return step::done;
    }
    constexpr step encode(nothing const&, output& out) const { return out.put({zeros, N}); }
    constexpr size_bound bounds(limits = {}) const { return size_bound::exactly(N); }
    constexpr void describe(description& d) const { d.add({.what = shape::literal, .size = bounds(), .bytes = {zeros, N}, .set = AnyValue ? byte_set::all() : byte_set{}}); }
};

// N bytes of zero; `.any_value()` accepts others.
//   reserved<2>   00 00 <-> nothing
// N in bytes. Fails with mismatch.
template <std::size_t N>
    requires(N != 0)
inline constexpr reserved_t<N> reserved{};

}  // namespace segue
