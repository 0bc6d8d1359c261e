// A record with a field that is a checksum of its bytes.
//
// On decode the sum runs along with the record's elements: it survives a suspension as a number, so the record need be no
// segment. On encode the field is written last, when all bytes are there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <tuple>

#include "segue/core/refused.hpp"
#include "segue/message/record.hpp"
#include "segue/wire/checksums.hpp"
#include "segue/wire/codec.hpp"
#include "segue/wire/complete.hpp"

namespace segue {

template <checksum Sum, fixed_string Field, bool AsZero, class T, class... E>
struct checksummed_t {
    using record_type = record_t<T, E...>;
    [[no_unique_address]] record_type content;

    using value_type = T;
    static constexpr std::size_t which = detail::index_of_field<Field, E...>;
    static constexpr bool exact_size = segue::exact_size<record_type>;
    static constexpr bool takes_rest = takes_the_rest<record_type>;
    static constexpr byte_set continuation = continuation_of<record_type>;
    struct state {
        Sum sum{};
        std::uint64_t since = 0;  // bytes from the field's first one on
        state_of<record_type> content{};
    };

    // The field's own bytes count as zeros; without this they are left out.
    constexpr checksummed_t<Sum, Field, true, T, E...> field_as_zero() const { return {content}; }

    template <class In>
    SEGUE_INLINE step decode(In& in, state& s, T& v) const {
        char const* from = in.at;
        if (s.content.at <= which) {
            step const r = content.template decode_range<0, which>(in, s.content, v);
            add(s.sum, from, in.at);
            if (r != step::done) [[unlikely]] return r;
        }
        from = in.at;
        if (s.content.at <= which + 1) {
            step const r = content.template decode_range<which, which + 1>(in, s.content, v);
            s.since += static_cast<std::uint64_t>(in.at - from);
            if (r != step::done) [[unlikely]] return r;
            if constexpr (AsZero) s.sum.add(zeros());
            from = in.at;
        }
        step const r = content.template decode_range<which + 1, sizeof...(E)>(in, s.content, v);
        add(s.sum, from, in.at);
        s.since += static_cast<std::uint64_t>(in.at - from);
        if (r != step::done) [[unlikely]] return r;
        if constexpr (In::only_framing) return step::done;
        if (s.sum.value() != member_named<Field>(v)) [[unlikely]] {
            in.fail_at(errc::wrong_checksum, in.offset(in.at) - s.since, Sum::name);
            in.inside({Field.chars, 0});
            return step::failed;
        }
        return step::done;
    }
    // Whatever the field's member holds, the checksum is written.
    constexpr step encode(T const& v, output& out) const {
        std::uint64_t place = 0;
        return encode_complete(
            out,
            [&](output& to) {
                std::uint64_t const before = to.written();
                if (step const r = content.template encode_range<0, which>(v, to); r != step::done) return r;
                place = to.written() - before;
                if (step const r = to.put(zeros()); r != step::done) return r;
                return content.template encode_range<which + 1, sizeof...(E)>(v, to);
            },
            [&](char* first, char const* last) {
                char* const field = first + place;
                Sum sum{};
                add(sum, first, field);
                if constexpr (AsZero) sum.add(zeros());
                add(sum, field + width, last);
                output to = out.into(field, width);
                return element().encode(static_cast<number_of<field_codec>>(sum.value()), to);
            });
    }
    constexpr size_bound bounds(limits l = {}) const { return content.bounds(l); }
    constexpr void describe(description& d) const {
        d.add({.what = shape::checksummed, .size = bounds(d.limits()), .name = Field.view(), .to = Sum::name, .field_as_zero = AsZero, .suspends_within = true},
              content);
    }
    constexpr byte_set first() const { return first_of(content); }

    static consteval void check() {
        if constexpr (streams<record_type>) (void)sizeof(refused::a_streamed_element_cannot_stand_inside_what_must_be_complete<record_type>);
        if constexpr (which == sizeof...(E)) (void)sizeof(refused::the_struct_has_no_member_of_this_name<Field, T>);
        else if constexpr (!holds_sum<field_codec>()) (void)sizeof(refused::a_checksum_needs_an_unsigned_number_of_fixed_size_that_holds_it<Field, field_codec>);
        (check_element<E>(), ...);
    }

private:
    using field_codec = detail::element<std::tuple_element_t<which == sizeof...(E) ? 0 : which, std::tuple<E...>>>;
    static constexpr std::size_t width = [] {
        if constexpr (codec<field_codec>) return field_codec{}.bounds().fewest != 0 ? field_codec{}.bounds().fewest : 1;
        else return std::size_t{1};
    }();
    static constexpr char nil[width]{};
    static constexpr std::string_view zeros() { return {nil, width}; }
    constexpr auto const& element() const { return std::get<which>(content.elements).element; }

    SEGUE_INLINE static void add(Sum& sum, char const* first, char const* last) {
        sum.add({first, static_cast<std::size_t>(last - first)});
    }
    template <class C>
    static consteval bool holds_sum() {
        if constexpr (!number_codec<C> || !segue::exact_size<C>) return false;
        else if constexpr (requires { C::largest; }) return C::largest >= Sum::most;
        else return std::numeric_limits<number_of<C>>::max() >= Sum::most;
    }
    // What stands on the wire is computed, so nothing can be chosen by the member.
    template <class One>
    static consteval void check_element() {
        if constexpr (dependent<detail::element<One>>)
            if constexpr (detail::element<One>::depends_on.view() == Field.view())
                (void)sizeof(refused::this_field_must_not_depend_on_one_that_is_computed<One::name, Field>);
    }
};

// A record one of whose fields is a checksum of all the other bytes: crc32c and others of wire/crc.hpp, internet_sum and
// others of wire/checksums.hpp.
//   checksummed<xor_of_bytes, "sum">(record<line>(field<"body">(length_prefixed(u8, text)), field<"sum">(u8)))   02 61 62 01
// `.field_as_zero()`. Fails with wrong_checksum at the field when the record is complete; encoding computes the field.
template <checksum Sum, fixed_string Field, class T, class... E>
constexpr checksummed_t<Sum, Field, false, T, E...> checksummed(record_t<T, E...> content) {
    checksummed_t<Sum, Field, false, T, E...>::check();
    return {content};
}

}  // namespace segue
