// Integers of seven bits a byte, least significant first, the high bit saying that more follow (LEB128; Protocol
// Buffers' base 128 varints), and zigzag over them for signed ones.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "segue/content/integer.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

template <class T, fixed_string Name>
struct varint_t {
    using state = stateless;
    using value_type = T;
    using number = T;
    using wire = std::make_unsigned_t<T>;

    static constexpr std::size_t digits = std::numeric_limits<wire>::digits;
    static constexpr std::size_t longest = (digits + 6) / 7;

    template <class In, class V>
        requires holds_number<V, T>
    SEGUE_INLINE step decode(In& in, state&, V& v) const {
        wire value = 0;
        for (std::size_t i = 0; i < longest; ++i) {
            if (i == in.left()) [[unlikely]] return in.want(1);
            auto const byte = static_cast<unsigned char>(in.at[i]);
            auto const low = static_cast<wire>(byte & 0x7f);
            if (i == longest - 1 && (byte >> (digits - 7 * i)) != 0) [[unlikely]]
                return in.fail(errc::out_of_range, in.at + i, Name.view());
            value = static_cast<wire>(value | static_cast<wire>(low << (7 * i)));
            if (byte < 0x80) {
                if (byte == 0 && i != 0) [[unlikely]]
                    return in.fail(errc::not_canonical, in.at + i, "the shortest form of the number");
                v = static_cast<V>(unfold(value));
                in.at += i + 1;
                return step::done;
            }
        }
        return in.fail(errc::out_of_range, in.at + longest - 1, Name.view());
    }
    template <class V>
        requires holds_number<V, T>
    constexpr step encode(V const& v, output& out) const {
        if (!std::in_range<T>(v)) return out.fail(errc::out_of_range, Name.view());
        wire value = fold(static_cast<T>(v));
        char raw[longest]{};
        std::size_t n = 0;
        for (; value >= 0x80; value = static_cast<wire>(value >> 7)) raw[n++] = static_cast<char>((value & 0x7f) | 0x80);
        raw[n++] = static_cast<char>(value);
        return out.put({raw, n});
    }
    constexpr size_bound bounds(limits = {}) const { return {1, longest}; }
    constexpr void describe(description& d) const {
        d.add({.what = shape::varint, .size = bounds(), .name = Name.view(),
               .least = static_cast<std::uint64_t>(std::numeric_limits<T>::min()),
               .most = static_cast<std::uint64_t>(std::numeric_limits<T>::max()), .is_signed = std::signed_integral<T>});
    }

private:
    static constexpr T unfold(wire w) {
        if constexpr (std::unsigned_integral<T>) return w;
        else return static_cast<T>((w >> 1) ^ static_cast<wire>(0 - (w & 1)));
    }
    static constexpr wire fold(T v) {
        if constexpr (std::unsigned_integral<T>) return v;
        else return static_cast<wire>((static_cast<wire>(v) << 1) ^ static_cast<wire>(v >> (std::numeric_limits<wire>::digits - 1)));
    }
};

// A number in as few bytes as it needs.
//   varint   ac 02 <-> 300      zigzag   03 <-> -2
// One to ten bytes (five for 32 bits). Fails with out_of_range, not_canonical for a longer form than needed.
inline constexpr varint_t<std::uint64_t, "varint"> varint{};
inline constexpr varint_t<std::uint32_t, "varint32"> varint32{};
inline constexpr varint_t<std::int64_t, "zigzag"> zigzag{};
inline constexpr varint_t<std::int32_t, "zigzag32"> zigzag32{};

}  // namespace segue
