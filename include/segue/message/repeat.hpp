// Items one after the other: a known number of them, or a number that stands before them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <type_traits>
#include <utility>

#include "segue/core/refused.hpp"
#include "segue/message/items.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

// Counted is true where the count comes from the wire and a limit must hold.
template <class C, bool Counted = false, std::size_t Max = inherited, fixed_string Name = "items">
struct repeat_t {
    std::size_t count = 0;  // 0 in a grammar: known only when the record has been read so far
    [[no_unique_address]] C item;

    static constexpr byte_set continuation = continuation_of<C>;
    static constexpr bool exact_size = !Counted && segue::exact_size<C>;
    static constexpr bool streaming = streams<C>;
    using state = item_state<C>;

    template <class In, items V>
        requires codec_for<C, item_of<V>>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        if (s.index == 0) {
            if constexpr (Counted)
                if (step const r = check_items<In, Max, Name>(in, in.at, count); r != step::done) return r;
            if constexpr (growing<V>) begin_items<C>(count, v);
            else if (count != std::tuple_size_v<V>) [[unlikely]] return in.fail_limit(errc::wrong_size, in.at, std::tuple_size_v<V>, count);
        }
        while (s.index < count || s.within) {
            step const r = decode_item(item, in, s, v);
            if (r != step::done) [[unlikely]] {
                if (r == step::need_more)
                    in.then(saturating_multiply(item.bounds(In::defaults).fewest, count - s.index));
                return r;
            }
        }
        return step::done;
    }
    template <items V>
        requires codec_for<C, item_of<V>>
    constexpr step encode(V const& v, output& out) const {
        if (v.size() != count) return out.fail(errc::wrong_size);
        return encode_items(item, v, out);
    }
    constexpr size_bound bounds(limits l = {}) const {
        if (count != 0) return item.bounds(l).times(count, count);
        if constexpr (!Counted) return {};
        else return item.bounds(l).times(0, Max == inherited ? l.items : Max);
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
    check_item(item);
    if (std::is_constant_evaluated() && n == 0) refused::a_size_of_zero();
    return {n, item};
}

template <class Prefix, class C, std::size_t Max = inherited, fixed_string Name = "items">
struct repeat_counted_t {
    [[no_unique_address]] Prefix prefix;
    [[no_unique_address]] C item;

    static constexpr bool streaming = streams<C>;
    using number = number_of<Prefix>;
    struct state {
        number count{};
        enum : std::uint8_t { nothing_begun, in_prefix, in_items } phase = nothing_begun;
        one_of<state_of<Prefix>, item_state<C>> suspended;
    };

    // The limit, in items.
    template <std::size_t N, fixed_string LimitName = "items">
    constexpr repeat_counted_t<Prefix, C, N, LimitName> max() const {
        return {prefix, item};
    }

    template <class In, growing V>
        requires codec_for<C, item_of<V>>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        item_state<C> items{};
        if (s.phase == state::in_items) [[unlikely]] {
            items = get_state<1>(s.suspended);
        } else {
            char const* const start = in.at;
            state_of<Prefix> fresh{};
            if (s.phase == state::in_prefix) [[unlikely]] fresh = get_state<0>(s.suspended);
            if (step const r = prefix.decode(strict(in), fresh, s.count); r != step::done) [[unlikely]] {
                put_state<0>(s.suspended, fresh);
                s.phase = state::in_prefix;
                return r;
            }
            if (step const r = check_items<In, Max, Name>(in, start, s.count); r != step::done) [[unlikely]] return r;
            begin_items<C>(s.count, v);
            make_room(in, s.count, v);
        }
        while (items.index < s.count || items.within) {
            if (step const r = decode_item(item, in, items, v); r != step::done) [[unlikely]] {
                put_state<1>(s.suspended, items);
                s.phase = state::in_items;
                if (r == step::need_more)
                    in.then(saturating_multiply(item.bounds(In::defaults).fewest, s.count - items.index));
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
        return encode_items(item, v, out);
    }
    constexpr size_bound bounds(limits l = {}) const { return prefix.bounds(l) + item.bounds(l).times(0, most(l)); }
    constexpr void describe(description& d) const {
        d.add({.what = shape::repeat_counted, .size = bounds(d.limits()), .most = most(d.limits()), .limit = Name.view()}, prefix, item);
    }
    constexpr byte_set first() const { return first_of(prefix); }

private:
    // For a few items, and no more than the bytes here can hold: the count is only what the peer says.
    template <class In, class V>
    SEGUE_INLINE void make_room(In const& in, number count, V& v) const {
        if constexpr (requires { v.reserve(std::size_t{}); }) {
            std::size_t const here = in.left() / item.bounds(In::defaults).fewest;
            std::size_t const few = here < 16 ? here : 16;
            v.reserve(count < few ? static_cast<std::size_t>(count) : few);
        }
    }
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
    check_item(item);
    return {prefix, item};
}

}  // namespace segue
