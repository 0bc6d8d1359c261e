// Numbers written as digits: decimal and hexadecimal. The plain form has no sign and no leading zeros.
//
// A number is refused at the digit that makes it impossible, whether or not its end has arrived.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>

#include "segue/content/integer.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

inline constexpr byte_set decimal_digits = byte_set{}.with('0', '9');
inline constexpr byte_set hexadecimal_digits = decimal_digits.with('a', 'f').with('A', 'F');

// Fewest, Most: digits, where leading zeros are allowed; Most == 0: they are not. Least: 1 where there is no zero.
template <class T, unsigned Base, bool Signed = false, std::size_t Fewest = 1, std::size_t Most = 0, unsigned Least = 0>
struct number_t {
    using state = stateless;
    using value_type = T;
    using number = T;
    using wide = std::make_unsigned_t<T>;

    static constexpr byte_set digits = Base == 10 ? decimal_digits : hexadecimal_digits;
    static constexpr byte_set characters = Signed ? digits.with("-") : digits;
    static constexpr byte_set continuation = digits;
    static constexpr std::size_t longest = unbounded;  // the range of T is the limit
    static constexpr fixed_string limit_name = "";
    static constexpr std::string_view expected = Base == 10 ? "a decimal number" : "a hexadecimal number";
    static constexpr T largest = std::numeric_limits<T>::max();

    // Negative numbers are written with a minus sign.
    constexpr number_t<T, Base, true, Fewest, Most> with_sign() const
        requires std::signed_integral<T>
    {
        return {};
    }
    // Leading zeros are accepted, up to N digits in all; none are written.
    template <std::size_t N>
    constexpr number_t<T, Base, Signed, 1, N> leading_zeros() const {
        return {};
    }
    // There is no zero: no number begins with one.
    constexpr number_t<T, Base, false, 1, 0, 1> positive() const
        requires(!Signed && Fewest == 1 && Most == 0)
    {
        return {};
    }
    // Always N digits, filled up with leading zeros.
    template <std::size_t N>
    constexpr number_t<T, Base, Signed, N, N> width() const {
        return {};
    }

    template <class In>
    SEGUE_INLINE char const* scan(In& in, char const* p) const {
        while (p != in.end && classifier<characters>::has(*p)) ++p;
        return p;
    }
    template <class In, class V>
        requires holds_number<V, T>
    SEGUE_INLINE step take(In& in, char const* first, char const* stop, V& v) const {
        T value{};
        if (step const r = read(in, first, stop, value); r != step::done) [[unlikely]] return r;
        bool const negative = Signed && first != stop && *first == '-';
        if (static_cast<std::size_t>(stop - first) < Fewest + (negative ? 1 : 0)) [[unlikely]]
            return in.fail(errc::mismatch, stop, expected);
        if constexpr (Signed && Most != 0)
            if (negative && value == 0) [[unlikely]] return in.fail(errc::not_canonical, first, "zero without a sign");
        v = static_cast<V>(value);
        return step::done;
    }
    // The usual one, in one pass: digits that cannot be too many, and something behind them. nullptr: `scan` and `take` say what it is.
    template <class V>
        requires((Most == 0 || (Fewest == 1 && !Signed)) && holds_number<V, T>)
    SEGUE_INLINE char const* take_usual(char const* end, char const* p, V& v) const {
        bool const negative = Signed && p != end && *p == '-';
        p += negative;
        char const* const first = p;
        wide n = 0;
        for (; p != end; ++p) {
            unsigned const digit = quick_digit(*p);
            if (digit >= Base) break;
            n = static_cast<wide>(n * Base + digit);
        }
        auto const size = static_cast<std::size_t>(p - first);
        if (p == end || size == 0 || size > fitting) [[unlikely]] return nullptr;
        if (Most == 0 && *first == '0' && (size != 1 || negative || Least != 0)) [[unlikely]] return nullptr;
        v = static_cast<V>(static_cast<T>(negative ? wide{0} - n : n));
        return p;
    }
    // a beginning that no further digit can make right
    template <class In>
    SEGUE_INLINE step settle(In& in, char const* first, char const* stop) const {
        T value{};
        return read(in, first, stop, value);
    }

    template <class In, class V>
        requires holds_number<V, T>
    SEGUE_INLINE step decode(In& in, state&, V& v) const {
        char const* const stop = scan(in, in.at);
        if (stop == in.end && !in.closed) [[unlikely]] {
            if (settle(in, in.at, stop) != step::done) return step::failed;
            return in.want(stop == in.at ? 1 : 0);
        }
        if (stop == in.at && in.left() == 0) [[unlikely]] return in.want(1);
        if (take(in, in.at, stop, v) != step::done) [[unlikely]] return step::failed;
        in.at = stop;
        return step::done;
    }
    template <class V>
        requires holds_number<V, T>
    constexpr step encode(V const& v, output& out) const {
        if (!std::in_range<T>(v) || (!Signed && std::cmp_less(v, Least))) return out.fail(errc::out_of_range, expected);
        bool const negative = std::cmp_less(v, 0);
        auto left = negative ? static_cast<wide>(wide{0} - static_cast<wide>(v)) : static_cast<wide>(v);
        char raw[room]{};
        std::size_t at = room;
        do {
            raw[--at] = "0123456789abcdef"[left % Base];
            left = static_cast<wide>(left / Base);
        } while (left != 0);
        if (Most != 0 && room - at > Most) return out.fail(errc::out_of_range, expected);
        while (room - at < Fewest) raw[--at] = '0';
        if (negative) raw[--at] = '-';
        return out.put({raw + at, room - at});
    }
    constexpr size_bound bounds(limits = {}) const {
        return {Fewest, (Most != 0 ? Most : widest) + (Signed ? 1 : 0)};
    }
    constexpr void describe(description& d) const {
        d.add({.what = shape::number, .size = bounds(d.limits()), .set = characters,
               .least = Signed ? static_cast<std::uint64_t>(std::numeric_limits<T>::min()) : Least,
               .most = most_in_digits, .base = static_cast<std::uint8_t>(Base), .is_signed = Signed, .leading_zeros = Most != 0});
    }
    constexpr byte_set first() const { return Least == 0 ? characters : characters & ~byte_set::of("0"); }

private:
    static constexpr std::size_t widest = [] {
        std::size_t n = 1;
        for (auto left = static_cast<std::uint64_t>(std::numeric_limits<T>::max()); left >= Base; left /= Base) ++n;
        return n;
    }();
    // the largest number that the field has digits for
    static constexpr std::uint64_t most_in_digits = [] {
        auto const all = static_cast<std::uint64_t>(largest);
        std::uint64_t n = 0;
        for (std::size_t i = 0; i < Most; ++i) {
            if (n > (all - (Base - 1)) / Base) return all;
            n = n * Base + (Base - 1);
        }
        return Most == 0 ? all : n;
    }();
    static constexpr std::size_t room = (Most > 24 ? Most : 24) + 1;

    // so many digits are never too many
    static constexpr std::size_t fitting = [] {
        std::size_t const fit = Base == 10 ? std::numeric_limits<T>::digits10 : std::numeric_limits<T>::digits / 4;
        return Most != 0 && Most < fit ? Most : fit;
    }();

    static constexpr unsigned no_digit = 99;
    static constexpr unsigned value_of_digit(char c) {
        if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
        if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
        if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
        return no_digit;
    }
    SEGUE_INLINE static unsigned quick_digit(char c) {
        if constexpr (Base == 10) return static_cast<unsigned>(static_cast<unsigned char>(c)) - '0';
        else return values_of_digits[static_cast<unsigned char>(c)];
    }
    static constexpr std::array<std::uint8_t, 256> values_of_digits = [] {
        std::array<std::uint8_t, 256> all{};
        for (std::size_t c = 0; c < 256; ++c) all[c] = static_cast<std::uint8_t>(value_of_digit(static_cast<char>(c)));
        return all;
    }();

    template <class In>
    SEGUE_INLINE static step read(In& in, char const* first, char const* stop, T& value) {
        char const* p = first;
        bool const negative = Signed && p != stop && *p == '-';
        p += negative;
        // the magnitude of the most negative value is one more than that of the largest
        auto const most = static_cast<wide>(static_cast<wide>(std::numeric_limits<T>::max()) + (negative ? 1u : 0u));
        char const* const digits_begin = p;
        wide n = 0;
        for (; p != stop; ++p) {
            unsigned const digit = value_of_digit(*p);
            if (digit >= Base) [[unlikely]] return in.fail(errc::mismatch, p, expected);
            if constexpr (Most != 0) {
                if (p - digits_begin == static_cast<std::ptrdiff_t>(Most)) [[unlikely]]
                    return in.fail_limit(errc::too_long, p, Most);
            } else if (Least != 0 && n == 0 && digit == 0) [[unlikely]] {
                return in.fail(errc::out_of_range, p, "a number above zero");
            } else if (negative && p == digits_begin && digit == 0) [[unlikely]] {
                return in.fail(errc::not_canonical, p, "zero without a sign");
            } else if (n == 0 && p != digits_begin) [[unlikely]] {
                return in.fail(errc::not_canonical, p, "a number without leading zeros");
            }
            if (n > most / Base || (n == most / Base && digit > most % Base)) [[unlikely]]
                return in.fail(errc::out_of_range, p, expected);
            n = static_cast<wide>(n * Base + digit);
        }
        value = static_cast<T>(negative ? wide{0} - n : n);
        return step::done;
    }
};

// A decimal number, range-checked by the type; `.with_sign()`, `.leading_zeros<N>()`, `.width<N>()`, `.positive()`.
//   delimited<":">(number<std::uint16_t>)   "300:" <-> 300
// Fails with mismatch, out_of_range, not_canonical (a leading zero).
template <std::integral T>
inline constexpr number_t<T, 10> number{};

// A hexadecimal number in either case; written in lower case.
//   delimited<"\r\n">(hexadecimal<std::uint32_t>)   "1f\r\n" <-> 31
template <std::integral T>
inline constexpr number_t<T, 16> hexadecimal{};

}  // namespace segue
