// Fields within whole bytes, to a struct of unsigned numbers, enumerations and bools.
//
// All bytes are one number, of which the fields take their bits in order. A bit that is always the same is looked at as
// soon as its byte is there.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <type_traits>
#include <utility>

#include "segue/core/refused.hpp"
#include "segue/message/members.hpp"
#include "segue/message/record_check.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

template <fixed_string Name, unsigned Width>
struct bit_field_t {
    static constexpr auto name = Name;
    static constexpr unsigned width = Width;
};

// N bits of the member of that name: a bool for one bit, an unsigned number or an enumeration that has room for all of them.
//   bit_field<"version", 4>
template <fixed_string Name, unsigned N>
    requires(N != 0 && N <= 64)
inline constexpr bit_field_t<Name, N> bit_field{};

template <unsigned Width, std::uint64_t Value, bool AnyValue = false>
struct constant_bits_t {
    static constexpr unsigned width = Width;
    static constexpr std::uint64_t value = Value;
    static constexpr bool any_value_passes = AnyValue;

    // Whatever the bits are, they are passed over; these are written.
    constexpr constant_bits_t<Width, Value, true> any_value() const { return {}; }
};

// N bits that are always this number.
//   constant_bits<4, 2>
template <unsigned N, std::uint64_t Value>
    requires(N != 0 && N <= 64 && (N == 64 || Value >> N % 64 == 0))
inline constexpr constant_bits_t<N, Value> constant_bits{};

// N bits of zero; `.any_value()` accepts others.
//   reserved_bits<3>
template <unsigned N>
    requires(N != 0 && N <= 64)
inline constexpr constant_bits_t<N, 0> reserved_bits{};

namespace detail {

// A member that holds every pattern of so many bits. {0} makes an enumeration only where its underlying type is fixed,
// and only such a one has a value for each pattern.
template <class V, unsigned Width>
inline constexpr bool holds_bits = [] {
    if constexpr (std::same_as<V, bool>) return Width == 1;
    else if constexpr (std::unsigned_integral<V>) return Width <= std::numeric_limits<V>::digits;
    else if constexpr (std::is_enum_v<V> && requires { V{0}; }) return Width <= std::numeric_limits<std::underlying_type_t<V>>::digits;
    else return false;
}();

template <class V>
constexpr std::uint64_t bits_of(V v) {
    return static_cast<std::uint64_t>(v);  // of an enumeration perhaps a negative one: larger than any that fits
}

}  // namespace detail

template <std::endian Order, class T, class... F>
struct bits_t {
    static constexpr unsigned width = (F::width + ... + 0U);
    static constexpr std::size_t size = width / 8;
    static constexpr bool exact_size = true;
    using value_type = T;
    using state = stateless;

    template <class In>
    SEGUE_INLINE step decode(In& in, state&, T& v) const {
        std::size_t const here = in.left() < size ? in.left() : size;
        for (std::size_t i = 0; i < here; ++i)
            if (((static_cast<unsigned char>(in.at[i]) ^ constant[i]) & checked[i]) != 0) [[unlikely]]
                return in.fail(errc::mismatch, in.at + i, "bits that are always the same");
        if (here < size) [[unlikely]] return in.want(size - here);
        std::uint64_t all = 0;
        for (std::size_t i = 0; i < size; ++i) all |= std::uint64_t{static_cast<unsigned char>(in.at[i])} << shift(i);
        each([&]<class One, unsigned At>() {
            if constexpr (named_bits<One>) {
                auto& member = member_named<One::name>(v);
                member = static_cast<std::remove_reference_t<decltype(member)>>(all >> At & mask(One::width));
            }
        });
        in.at += size;
        return step::done;
    }
    constexpr step encode(T const& v, output& out) const {
        std::uint64_t all = 0;
        bool fit = true;
        each([&]<class One, unsigned At>() {
            std::uint64_t value = 0;
            if constexpr (named_bits<One>) value = detail::bits_of(member_named<One::name>(v));
            else value = One::value;
            if (fit && (value & ~mask(One::width)) != 0) {
                fit = false;
                out.fail(errc::out_of_range, "a number that its bits hold");
                if constexpr (named_bits<One>) out.inside({One::name.chars, 0});
            }
            all |= value << At;
        });
        if (!fit) return step::failed;
        char raw[size]{};
        for (std::size_t i = 0; i < size; ++i) raw[i] = static_cast<char>(all >> shift(i));
        return out.put({raw, size});
    }
    constexpr size_bound bounds(limits = {}) const { return size_bound::exactly(size); }
    constexpr void describe(description& d) const {
        std::size_t const here = d.nodes().size();
        d.add({.what = shape::bits, .size = bounds(), .name = Order == std::endian::big ? "bits_be" : "bits_le"});
        each([&]<class One, unsigned At>() {
            if constexpr (named_bits<One>) {
                d.add({.what = shape::bit_field, .size = size_bound::exactly(0), .name = One::name.view(), .most = mask(One::width), .width = static_cast<std::uint8_t>(One::width)});
            } else {
                std::uint64_t const least = One::any_value_passes ? 0 : One::value;
                d.add({.what = shape::bit_field, .size = size_bound::exactly(0), .least = least, .most = One::any_value_passes ? mask(One::width) : One::value,
                       .width = static_cast<std::uint8_t>(One::width)});
            }
        });
        d.close(here);
    }
    constexpr byte_set first() const {
        byte_set result;
        for (unsigned byte = 0; byte < 256; ++byte)
            if (((byte ^ constant[0]) & checked[0]) == 0) result = result.with(static_cast<unsigned char>(byte), static_cast<unsigned char>(byte));
        return result;
    }

    static consteval void check() {
        [[maybe_unused]] constexpr bool whole = width % 8 == 0 && width <= 64 && width != 0;
        if constexpr (!whole) (void)sizeof(refused::the_bits_must_fill_one_to_eight_whole_bytes<T, width>);
        else
            [&]<std::size_t... I>(std::index_sequence<I...>) {
                (check_field<I>(), ...);
            }(std::make_index_sequence<sizeof...(F)>{});
        [&]<std::size_t... M>(std::index_sequence<M...>) { (check_member<M>(), ...); }(std::make_index_sequence<member_count<T>>{});
    }

private:
    template <class One>
    static constexpr bool named_bits = requires { One::name; };
    static constexpr std::uint64_t mask(unsigned n) { return n == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1; }
    static constexpr unsigned shift(std::size_t i) {
        return static_cast<unsigned>(8 * (Order == std::endian::big ? size - 1 - i : i));
    }
    // calls visit<field, the place of its lowest bit in the number>() for each
    template <class Visit>
    static constexpr void each(Visit visit) {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (visit.template operator()<std::tuple_element_t<I, std::tuple<F...>>, place(I)>(), ...);
        }(std::make_index_sequence<sizeof...(F)>{});
    }
    static constexpr unsigned place(std::size_t which) {
        constexpr unsigned widths[]{F::width...};
        unsigned behind = 0, before = 0;
        for (std::size_t i = 0; i < which; ++i) before += widths[i];
        for (std::size_t i = which + 1; i < sizeof...(F); ++i) behind += widths[i];
        return Order == std::endian::big ? behind : before;
    }
    // The bits of each byte that must be as they are in `constant`.
    template <bool Values>
    static constexpr auto constants() {
        std::uint64_t all = 0;
        each([&]<class One, unsigned At>() {
            if constexpr (!named_bits<One>) {
                if (!One::any_value_passes) all |= (Values ? One::value : mask(One::width)) << At;
            }
        });
        std::array<unsigned char, size> result{};
        for (std::size_t i = 0; i < size; ++i) result[i] = static_cast<unsigned char>(all >> shift(i));
        return result;
    }
    static constexpr std::array<unsigned char, size> constant = constants<true>();
    static constexpr std::array<unsigned char, size> checked = constants<false>();

    template <std::size_t I>
    static consteval void check_field() {
        using one = std::tuple_element_t<I, std::tuple<F...>>;
        if constexpr (named_bits<one>) {
            if constexpr (!has_member<T, one::name>) {
                (void)sizeof(refused::the_struct_has_no_member_of_this_name<one::name, T>);
            } else {
                using member_t = member_type<member_index<T, one::name>, T>;
                if constexpr (detail::index_of_field<one::name, F...> != I) (void)sizeof(refused::this_field_is_given_twice<one::name, T>);
                if constexpr (!detail::holds_bits<member_t, one::width>)
                    (void)sizeof(refused::the_codec_does_not_fit_the_type_of_this_member<one::name, one, member_t>);
            }
        }
    }
    template <std::size_t M>
    static consteval void check_member() {
        constexpr bool found = ([] {
            if constexpr (named_bits<F>) return F::name.view() == member_name<M, T>();
            else return false;
        }() || ...);
        if constexpr (!found) (void)sizeof(refused::this_member_has_no_field<T, member_key<M, T>>);
    }
};

// The members of T within one to eight whole bytes: the first field takes the highest bits of the first byte, as RFCs draw it.
//   bits_be<head>(bit_field<"version", 4>, bit_field<"flags", 3>, reserved_bits<1>)   26 <-> {2, 3}
// Fails with mismatch at the first byte with a wrong constant bit; encoding with out_of_range.
template <members T, class... F>
constexpr bits_t<std::endian::big, T, F...> bits_be(F...) {
    bits_t<std::endian::big, T, F...>::check();
    return {};
}

// The same from the other end: the first field takes the lowest bits of the first byte.
//   bits_le<head>(bit_field<"version", 4>, bit_field<"flags", 3>, reserved_bits<1>)   32 <-> {2, 3}
template <members T, class... F>
constexpr bits_t<std::endian::little, T, F...> bits_le(F...) {
    bits_t<std::endian::little, T, F...>::check();
    return {};
}

}  // namespace segue
