// A size or a count that stands in an earlier field, not directly before what it measures.
//
// The measuring field is read on decode and computed on encode, whatever its member holds then.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include "segue/message/field.hpp"
#include "segue/message/members.hpp"
#include "segue/message/repeat.hpp"
#include "segue/wire/codec.hpp"
#include "segue/wire/whole.hpp"

namespace segue {

template <fixed_string Target, class Prefix, bool Items>
struct measure_t {
    static constexpr auto measures = Target;
    static constexpr bool counts_items = Items;
    static constexpr bool exact_size = segue::exact_size<Prefix>;
    using number = number_of<Prefix>;
    using state = state_of<Prefix>;
    [[no_unique_address]] Prefix prefix;

    template <class In, class V>
        requires codec_for<Prefix, V>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        return prefix.decode(in, s, v);
    }
    template <class V>
        requires std::unsigned_integral<V>
    constexpr step encode(V const& measured, output& out) const {
        if (measured > std::numeric_limits<number>::max())
            return out.fail_limit(Items ? errc::too_many : errc::too_long, std::numeric_limits<number>::max(), measured);
        return prefix.encode(static_cast<number>(measured), out);
    }
    constexpr size_bound bounds(limits l = {}) const { return prefix.bounds(l); }
    constexpr void describe(description& d) const {
        d.add({.what = Items ? shape::count_of : shape::length_of, .size = bounds(d.limits()), .name = Target.view()}, prefix);
    }
    constexpr byte_set first() const { return first_of(prefix); }
};

// The number of bytes of a later field, which is `sized_by` this one.
//   field<"length">(length_of<"payload">(u24_be))
template <fixed_string Target, codec Prefix>
constexpr measure_t<Target, Prefix, false> length_of(Prefix prefix) {
    if constexpr (!number_codec<Prefix>) (void)sizeof(refused::a_length_or_count_must_be_an_unsigned_number<Prefix>);
    return {prefix};
}

// The number of items of a later field, which is `counted_by` this one.
//   field<"count">(count_of<"points">(u8))
template <fixed_string Target, codec Prefix>
constexpr measure_t<Target, Prefix, true> count_of(Prefix prefix) {
    if constexpr (!number_codec<Prefix>) (void)sizeof(refused::a_length_or_count_must_be_an_unsigned_number<Prefix>);
    return {prefix};
}

// A segment whose size came from the wire.
template <class C, std::size_t Max, fixed_string Name>
struct sized_t {
    std::uint64_t size = 0;
    [[no_unique_address]] C content;
    using state = stateless;

    template <class In, class V>
        requires codec_for<C, V>
    SEGUE_INLINE step decode(In& in, state&, V& v) const {
        std::size_t const most = in.template most<Max, &limits::element>(Name.view());
        if (size > most) [[unlikely]] return in.fail_limit(errc::too_long, in.at, most, size);
        if (in.left() < size) [[unlikely]] return in.want_whole(static_cast<std::size_t>(size) - in.left());
        return decode_whole(content, in, static_cast<std::size_t>(size), v);
    }
    template <class V>
        requires codec_for<C, V>
    constexpr step encode(V const& v, output& out) const {
        return content.encode(v, out);
    }
    constexpr size_bound bounds(limits l = {}) const { return content.bounds(l).at_most(Max == inherited ? l.element : Max); }
    constexpr void describe(description& d) const { content.describe(d); }
};

template <fixed_string By, class C, std::size_t Max = inherited, fixed_string Name = "element">
struct sized_by_t {
    static constexpr auto depends_on = By;
    static constexpr bool counts_items = false;
    [[no_unique_address]] C content;

    // The limit of the content, in bytes.
    template <std::size_t N, fixed_string LimitName = "element">
    constexpr sized_by_t<By, C, N, LimitName> max() const {
        return {content};
    }
    template <class T>
    constexpr sized_t<C, Max, Name> of(T const& record) const {
        return {static_cast<std::uint64_t>(member_named<By>(record)), content};
    }
    template <class T, class V>
    constexpr step encode_in(T const&, V const& v, output& out) const {
        std::uint64_t const before = out.written();
        if (step const r = content.encode(v, out); r != step::done) return r;
        if (Max != inherited && out.written() - before > Max) return out.fail_limit(errc::too_long, Max, out.written() - before);
        return step::done;
    }
    template <class T>
    constexpr size_bound bounds_in(limits l) const {
        return sized_t<C, Max, Name>{0, content}.bounds(l);
    }
    template <class T>
    constexpr void describe_in(description& d, size_bound size) const {
        d.add({.what = shape::sized_by, .size = size, .name = By.view(), .most = Max == inherited ? d.limits().element : Max, .limit = Name.view()}, content);
    }
};

// As many bytes as the field says, which is `length_of` this one.
//   field<"payload">(sized_by<"length">(bytes))
// `.max<N>()` in bytes. Fails with too_long, segment_too_short, trailing_bytes.
template <fixed_string By, codec C>
constexpr sized_by_t<By, C> sized_by(C content) {
    if constexpr (streams<C>) (void)sizeof(refused::a_streamed_element_cannot_stand_inside_a_segment<C>);
    return {content};
}

template <fixed_string By, class C, std::size_t Max = inherited, fixed_string Name = "items">
struct counted_by_t {
    static constexpr auto depends_on = By;
    static constexpr bool counts_items = true;
    [[no_unique_address]] C item;

    // The limit, in items.
    template <std::size_t N, fixed_string LimitName = "items">
    constexpr counted_by_t<By, C, N, LimitName> max() const {
        return {item};
    }
    template <class T>
    constexpr repeat_t<C, true, Max, Name> of(T const& record) const {
        return {static_cast<std::size_t>(member_named<By>(record)), item};
    }
    template <class T, items V>
    constexpr step encode_in(T const&, V const& v, output& out) const {
        if (Max != inherited && v.size() > Max) return out.fail_limit(errc::too_many, Max, v.size());
        return encode_items(item, v, out);
    }
    template <class T>
    constexpr size_bound bounds_in(limits l) const {
        return repeat_t<C, true, Max, Name>{0, item}.bounds(l);
    }
    template <class T>
    constexpr void describe_in(description& d, size_bound size) const {
        d.add({.what = shape::counted_by, .size = size, .name = By.view(), .most = Max == inherited ? d.limits().items : Max, .limit = Name.view()}, item);
    }
};

// As many items as the field says, which is `count_of` this one.
//   field<"points">(counted_by<"count">(point))
// `.max<N>()` in items. Fails with too_many.
template <fixed_string By, codec C>
constexpr counted_by_t<By, C> counted_by(C item) {
    check_item(item);
    return {item};
}

}  // namespace segue
