// IEEE 754 numbers of 32 and 64 bits, bit by bit.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "segue/content/integer.hpp"

namespace segue {

template <class T, class Bits, fixed_string Name>
struct floating_t {
    static_assert(std::numeric_limits<T>::is_iec559 && sizeof(T) == sizeof(typename Bits::number));
    static constexpr bool exact_size = true;
    static constexpr std::size_t width = sizeof(T);
    static constexpr bool reversed = Bits::reversed;
    using state = stateless;
    using value_type = T;

    // A member of just this type: a conversion would make other bits of a NaN.
    template <class In, std::same_as<T> V>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        typename Bits::number raw{};
        if (step const r = Bits{}.decode(in, s, raw); r != step::done) [[unlikely]] return r;
        v = std::bit_cast<T>(raw);
        return step::done;
    }
    template <std::same_as<T> V>
    SEGUE_INLINE static void load(char const* p, V& v) {
        typename Bits::number raw{};
        Bits::load(p, raw);
        v = std::bit_cast<T>(raw);
    }
    template <std::same_as<T> V>
    constexpr step encode(V const& v, output& out) const {
        return Bits{}.encode(std::bit_cast<typename Bits::number>(v), out);
    }
    constexpr size_bound bounds(limits = {}) const { return size_bound::exactly(sizeof(T)); }
    constexpr void describe(description& d) const { d.add({.what = shape::floating, .size = bounds(), .name = Name.view()}); }
};

// One number of IEEE 754, in that order of bytes; the member is a float or a double.
//   f32_be   3f c0 00 00 <-> 1.5      f64_le   00 00 00 00 00 00 f8 3f <-> 1.5
// Every pattern of bits is a value and is kept: the sign of zero, and what a NaN carries. Nothing fails.
inline constexpr floating_t<float, std::remove_const_t<decltype(u32_be)>, "f32_be"> f32_be{};
inline constexpr floating_t<float, std::remove_const_t<decltype(u32_le)>, "f32_le"> f32_le{};
inline constexpr floating_t<double, std::remove_const_t<decltype(u64_be)>, "f64_be"> f64_be{};
inline constexpr floating_t<double, std::remove_const_t<decltype(u64_le)>, "f64_le"> f64_le{};

}  // namespace segue
