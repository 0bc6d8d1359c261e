// Items one after the other: a known number of them, a number that stands before them, or up to an end mark.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <type_traits>
#include <utility>

#include "segue/core/refused.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

// What repetitions decode into: a container that grows at its end, or an array.
template <class V>
concept growing = requires(V& v) {
    v.clear();
    v.emplace_back();
    v.back();
    v.size();
};
template <class V>
concept item_array = !growing<V> && requires(V& v) {
    std::tuple_size<V>::value;
    v[0];
};
template <class V>
concept items = growing<V> || item_array<V>;

template <class V>
using item_of = std::remove_cvref_t<decltype(*std::declval<V&>().begin())>;

namespace detail {

// The part that all repetitions share: one item, decoded in place, suspended and resumed.
template <class C>
struct item_state {
    std::uint32_t index = 0;   // items begun
    bool within = false;       // suspended inside the last of them
    [[no_unique_address]] state_of<C> item{};
};

template <class C, class In, items V>
SEGUE_INLINE step decode_item(C const& item, In& in, item_state<C>& s, V& v) {
    state_of<C> fresh{};
    if (s.within) [[unlikely]] {
        fresh = s.item;
    } else {
        if constexpr (growing<V>) v.emplace_back();
        ++s.index;
    }
    step r;
    if constexpr (growing<V>) r = item.decode(in, fresh, v.back());
    else r = item.decode(in, fresh, v[s.index - 1]);
    s.within = false;
    if (r != step::done) [[unlikely]] {
        if (r == step::failed) {
            in.inside({nullptr, s.index - 1});
        } else {
            s.within = true;
            s.item = fresh;
        }
    }
    return r;
}

template <class C, items V>
constexpr step encode_items(C const& item, V const& v, output& out) {
    std::uint32_t index = 0;
    for (auto const& one : v) {
        if (item.encode(one, out) != step::done) {
            out.inside({nullptr, index});
            return step::failed;
        }
        ++index;
    }
    return step::done;
}

template <class In, std::size_t Max, fixed_string Name>
SEGUE_INLINE step check_items(In& in, char const* where, std::uint64_t count) {
    std::size_t const most = in.template most<Max, &limits::items>(Name.view());
    if (count > most) [[unlikely]] return in.fail_limit(errc::too_many, where, most, count);
    return step::done;
}

template <class C>
constexpr void check_item(C const& item) {
    if (item.bounds().fewest == 0) refused::a_repetition_that_consumes_nothing();
}

}  // namespace detail

// Counted is true where the count comes from the wire and a limit must hold.
template <class C, bool Counted = false, std::size_t Max = inherited, fixed_string Name = "items">
struct repeat_t {
    std::size_t count = 0;  // 0 in a grammar: known only when the record has been read so far
    [[no_unique_address]] C item{};

    static constexpr bool exact_size = !Counted && segue::exact_size<C>;
    static constexpr bool streaming = streams<C>;
    using state = detail::item_state<C>;

    template <class In, items V>
        requires codec_for<C, item_of<V>>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        if (s.index == 0) {
            if constexpr (Counted)
                if (step const r = detail::check_items<In, Max, Name>(in, in.at, count); r != step::done) return r;
            if constexpr (growing<V>) v.clear();
            else if (count > std::tuple_size_v<V>) [[unlikely]] return in.fail_limit(errc::too_many, in.at, std::tuple_size_v<V>, count);
        }
        while (s.index < count || s.within) {
            step const r = detail::decode_item(item, in, s, v);
            if (r != step::done) [[unlikely]] {
                if (r == step::need_more)
                    in.need = saturating_add(in.need, saturating_multiply(item.bounds(In::defaults).fewest, count - s.index));
                return r;
            }
        }
        return step::done;
    }
    template <items V>
        requires codec_for<C, item_of<V>>
    constexpr step encode(V const& v, output& out) const {
        if (v.size() != count) return out.fail(errc::wrong_size);
        return detail::encode_items(item, v, out);
    }
    constexpr size_bound bounds(limits l = {}) const {
        if (count != 0) return item.bounds(l).times(count, count);
        return item.bounds(l).times(0, Max == inherited ? l.items : Max);
    }
    constexpr void describe(description& d) const {
        d.add({.what = shape::repeat, .size = bounds(d.limits()), .least = count, .most = count, .limit = Name.view()}, item);
    }
    constexpr byte_set first() const { return first_of(item); }
};

// n items.
//   repeat(3, u8)   01 02 03 <-> {1, 2, 3}
// n in items. Encoding fails with wrong_size.
template <codec C>
constexpr repeat_t<C> repeat(std::size_t n, C item) {
    detail::check_item(item);
    if (n == 0) refused::a_size_of_zero();
    return {n, item};
}

template <class Prefix, class C, std::size_t Max = inherited, fixed_string Name = "items">
struct repeat_counted_t {
    [[no_unique_address]] Prefix prefix{};
    [[no_unique_address]] C item{};

    static constexpr bool streaming = streams<C>;
    using number = number_of<Prefix>;
    struct state {
        number count{};
        enum : std::uint8_t { nothing_begun, in_prefix, in_items } phase = nothing_begun;
        one_of<state_of<Prefix>, detail::item_state<C>> suspended;
    };

    // The limit, in items.
    template <std::size_t N, fixed_string LimitName = "items">
    constexpr repeat_counted_t<Prefix, C, N, LimitName> max() const {
        return {prefix, item};
    }

    template <class In, growing V>
        requires codec_for<C, item_of<V>>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        detail::item_state<C> items{};
        if (s.phase == state::in_items) [[unlikely]] {
            items = get_state<1>(s.suspended);
        } else {
            char const* const start = in.at;
            state_of<Prefix> fresh{};
            if (s.phase == state::in_prefix) [[unlikely]] fresh = get_state<0>(s.suspended);
            if (step const r = prefix.decode(in, fresh, s.count); r != step::done) [[unlikely]] {
                put_state<0>(s.suspended, fresh);
                s.phase = state::in_prefix;
                return r;
            }
            if (step const r = detail::check_items<In, Max, Name>(in, start, s.count); r != step::done) [[unlikely]] return r;
            v.clear();
        }
        while (items.index < s.count || items.within) {
            if (step const r = detail::decode_item(item, in, items, v); r != step::done) [[unlikely]] {
                put_state<1>(s.suspended, items);
                s.phase = state::in_items;
                if (r == step::need_more)
                    in.need = saturating_add(in.need, saturating_multiply(item.bounds(In::defaults).fewest, s.count - items.index));
                return r;
            }
        }
        return step::done;
    }
    template <growing V>
        requires codec_for<C, item_of<V>>
    constexpr step encode(V const& v, output& out) const {
        if (Max != inherited && v.size() > Max) return out.fail_limit(errc::too_many, Max, v.size());
        if (v.size() > std::numeric_limits<number>::max())
            return out.fail_limit(errc::too_many, std::numeric_limits<number>::max(), v.size());
        if (step const r = prefix.encode(static_cast<number>(v.size()), out); r != step::done) return r;
        return detail::encode_items(item, v, out);
    }
    constexpr size_bound bounds(limits l = {}) const { return prefix.bounds(l) + item.bounds(l).times(0, most(l)); }
    constexpr void describe(description& d) const {
        d.add({.what = shape::repeat_counted, .size = bounds(d.limits()), .most = most(d.limits()), .limit = Name.view()}, prefix, item);
    }
    constexpr byte_set first() const { return first_of(prefix); }

private:
    static constexpr std::size_t most(limits l) {
        std::uint64_t said = std::numeric_limits<number>::max();
        std::size_t const limit = Max == inherited ? l.items : Max;
        return said < limit ? static_cast<std::size_t>(said) : limit;
    }
};

// A count, then so many items.
//   repeat_counted(u8, u16_be)   02 00 01 00 02 <-> {1, 2}
// Counts in items; `.max<N>()`. Fails with too_many on the count alone; nothing is reserved on its word.
template <codec Prefix, codec C>
constexpr repeat_counted_t<Prefix, C> repeat_counted(Prefix prefix, C item) {
    if constexpr (!number_codec<Prefix>) (void)sizeof(refused::a_length_or_count_must_be_an_unsigned_number<Prefix>);
    detail::check_item(item);
    return {prefix, item};
}

template <fixed_string End, class C, std::size_t Max = inherited, fixed_string Name = "items">
struct repeat_until_t {
    [[no_unique_address]] C item{};

    static constexpr bool streaming = streams<C>;
    using state = detail::item_state<C>;

    // The limit, in items.
    template <std::size_t N, fixed_string LimitName = "items">
    constexpr repeat_until_t<End, C, N, LimitName> max() const {
        return {item};
    }

    template <class In, growing V>
        requires codec_for<C, item_of<V>>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        std::size_t const most = in.template most<Max, &limits::items>(Name.view());
        if (s.index == 0) v.clear();
        for (;;) {
            if (!s.within) [[likely]] {
                std::size_t const same = matched(in.at, in.end);
                if (same == End.size) {
                    in.at += End.size;
                    return step::done;
                }
                if (same == in.left()) [[unlikely]] return in.want(End.size - same);
                if (s.index == most) [[unlikely]] return in.fail_limit(errc::too_many, in.at, most);
            }
            if (step const r = detail::decode_item(item, in, s, v); r != step::done) [[unlikely]] {
                if (r == step::need_more) in.need = saturating_add(in.need, End.size);
                return r;
            }
        }
    }
    template <growing V>
        requires codec_for<C, item_of<V>>
    constexpr step encode(V const& v, output& out) const {
        if (Max != inherited && v.size() > Max) return out.fail_limit(errc::too_many, Max, v.size());
        if (step const r = detail::encode_items(item, v, out); r != step::done) return r;
        return out.put(End.view());
    }
    constexpr size_bound bounds(limits l = {}) const {
        return item.bounds(l).times(0, Max == inherited ? l.items : Max) + size_bound::exactly(End.size);
    }
    constexpr void describe(description& d) const {
        d.add({.what = shape::repeat_until, .size = bounds(d.limits()), .bytes = End.view(),
               .most = Max == inherited ? d.limits().items : Max, .limit = Name.view()}, item);
    }
    constexpr byte_set first() const { return first_of(item) | byte_set::of(End.view().substr(0, 1)); }

private:
    // how many bytes of the end mark stand at p
    SEGUE_INLINE static std::size_t matched(char const* p, char const* end) {
        std::size_t const left = static_cast<std::size_t>(end - p);
        std::size_t same = 0;
        while (same < End.size && same < left && p[same] == End[same]) ++same;
        return same;
    }
};

// Items up to an end mark, with which no item can begin.
//   repeat_until<".">(fixed(2, text))   "abcd." <-> {"ab", "cd"}
// `.max<N>()` in items. Fails with too_many.
template <fixed_string End, codec C>
constexpr repeat_until_t<End, C> repeat_until(C item) {
    if constexpr (End.size == 0) (void)sizeof(refused::a_delimiter_must_not_be_empty<End>);
    else if constexpr (first_of(C{}).has(End[0])) (void)sizeof(refused::an_item_could_begin_with_the_end_mark<End, C>);
    detail::check_item(item);
    return {item};
}

}  // namespace segue
