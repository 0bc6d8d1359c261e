// Integers of a fixed number of bytes.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

#include "segue/wire/codec.hpp"

namespace segue {

// A member that can hold every value of T.
template <class V, class T>
concept holds_number = std::integral<V> && !std::same_as<V, bool> &&
                       std::in_range<V>(std::numeric_limits<T>::max()) && std::in_range<V>(std::numeric_limits<T>::min());

template <class T, std::size_t Width, std::endian Order, fixed_string Name>
struct integer_t {
    static constexpr bool exact_size = true;
    static constexpr std::size_t width = Width;
    static constexpr bool reversed = Order != std::endian::native;  // the bytes lie in memory the other way round
    using state = stateless;
    using value_type = T;
    using number = T;
    using wire = std::make_unsigned_t<T>;

    static constexpr unsigned unused = 8 * (sizeof(T) - Width);
    static constexpr T largest = static_cast<T>(std::numeric_limits<T>::max() >> unused);
    static constexpr T smallest = static_cast<T>(std::numeric_limits<T>::min() >> unused);

    template <class In, class V>
        requires holds_number<V, T>
    SEGUE_INLINE step decode(In& in, state&, V& v) const {
        if (in.left() < Width) [[unlikely]] return in.want(Width - in.left());
        load(in.at, v);
        in.at += Width;
        return step::done;
    }
    template <class V>
        requires holds_number<V, T>
    SEGUE_INLINE static void load(char const* p, V& v) {
        v = static_cast<V>(number_at(p));
    }
    template <class V>
        requires holds_number<V, T>
    constexpr step encode(V const& v, output& out) const {
        if (std::cmp_less(v, smallest) || std::cmp_greater(v, largest)) return out.fail(errc::out_of_range, Name.view());
        auto const bits = static_cast<std::uint64_t>(v);
        char raw[Width]{};
        for (std::size_t i = 0; i < Width; ++i) raw[i] = static_cast<char>(bits >> shift(i));
        return out.put({raw, Width});
    }
    constexpr size_bound bounds(limits = {}) const { return size_bound::exactly(Width); }
    constexpr void describe(description& d) const {
        d.add({.what = shape::integer, .size = bounds(), .name = Name.view(),
               .least = static_cast<std::uint64_t>(smallest), .most = static_cast<std::uint64_t>(largest),
               .is_signed = std::signed_integral<T>});
    }

private:
    static constexpr std::size_t shift(std::size_t i) { return 8 * (Order == std::endian::big ? Width - 1 - i : i); }

    SEGUE_INLINE static T number_at(char const* p) {
        if constexpr (Width == sizeof(T)) {
            if (!std::is_constant_evaluated()) {
                wire bits;
                std::memcpy(&bits, p, Width);
                if constexpr (reversed) bits = swapped(bits);
                return static_cast<T>(bits);
            }
        }
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < Width; ++i)
            bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(p[i])) << shift(i);
        if constexpr (std::signed_integral<T> && unused != 0)  // carries the sign up
            return static_cast<T>(static_cast<T>(static_cast<wire>(bits << unused)) >> unused);
        return static_cast<T>(bits);
    }
    SEGUE_INLINE static wire swapped(wire bits) {
        if constexpr (Width == 1) return bits;
        else if constexpr (Width == 2) return __builtin_bswap16(bits);
        else if constexpr (Width == 4) return __builtin_bswap32(bits);
        else return __builtin_bswap64(bits);
    }
};

// One integer of that many bits, in that order of bytes.
//   u16_be   01 02 <-> 258      u16_le   01 02 <-> 513      i8   ff <-> -1
// Decoding cannot fail; encoding fails with out_of_range where the member is wider than the field.
inline constexpr integer_t<std::uint8_t, 1, std::endian::big, "u8"> u8{};
inline constexpr integer_t<std::int8_t, 1, std::endian::big, "i8"> i8{};
inline constexpr integer_t<std::uint16_t, 2, std::endian::big, "u16_be"> u16_be{};
inline constexpr integer_t<std::uint16_t, 2, std::endian::little, "u16_le"> u16_le{};
inline constexpr integer_t<std::int16_t, 2, std::endian::big, "i16_be"> i16_be{};
inline constexpr integer_t<std::int16_t, 2, std::endian::little, "i16_le"> i16_le{};
inline constexpr integer_t<std::uint32_t, 3, std::endian::big, "u24_be"> u24_be{};
inline constexpr integer_t<std::uint32_t, 3, std::endian::little, "u24_le"> u24_le{};
inline constexpr integer_t<std::int32_t, 3, std::endian::big, "i24_be"> i24_be{};
inline constexpr integer_t<std::int32_t, 3, std::endian::little, "i24_le"> i24_le{};
inline constexpr integer_t<std::uint32_t, 4, std::endian::big, "u32_be"> u32_be{};
inline constexpr integer_t<std::uint32_t, 4, std::endian::little, "u32_le"> u32_le{};
inline constexpr integer_t<std::int32_t, 4, std::endian::big, "i32_be"> i32_be{};
inline constexpr integer_t<std::int32_t, 4, std::endian::little, "i32_le"> i32_le{};
inline constexpr integer_t<std::uint64_t, 8, std::endian::big, "u64_be"> u64_be{};
inline constexpr integer_t<std::uint64_t, 8, std::endian::little, "u64_le"> u64_le{};
inline constexpr integer_t<std::int64_t, 8, std::endian::big, "i64_be"> i64_be{};
inline constexpr integer_t<std::int64_t, 8, std::endian::little, "i64_le"> i64_le{};

}  // namespace segue
