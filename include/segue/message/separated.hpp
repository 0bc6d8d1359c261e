// Items with a separator between them, as far as there are separators.
#pragma once

#include <cstddef>
#include <cstdint>

#include "segue/message/items.hpp"

namespace segue {

template <fixed_string Separator, class C, std::size_t Min = 1, std::size_t Max = inherited, fixed_string Name = "items">
struct separated_t {
    [[no_unique_address]] C item;

    static constexpr bool takes_rest = Min == 0;
    static constexpr byte_set continuation = byte_set::of(Separator.view().substr(0, 1)) | continuation_of<C>;
    static constexpr bool streaming = streams<C>;
    struct state {
        item_state<C> items{};
        bool behind_item = false;
    };

    // The limit, in items.
    template <std::size_t N, fixed_string LimitName = "items">
    constexpr separated_t<Separator, C, Min, N, LimitName> max() const {
        return {item};
    }
    // There may be none, where the segment or the input ends at once.
    constexpr separated_t<Separator, C, 0, Max, Name> or_none() const { return {item}; }

    template <class In, growing V>
        requires codec_for<C, item_of<V>>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        std::size_t const most = in.template most<Max, &limits::items>(Name.view());
        if (s.items.index == 0) {
            v.clear();
            if constexpr (Min == 0)
                if (in.left() == 0) {
                    if (in.closed) return step::done;
                    return in.want(1);
                }
        }
        for (;;) {
            if (s.behind_item) {
                std::size_t const same = common_prefix<Separator>(in.at, in.end);
                if (same < Separator.size) {
                    if (same < in.left() || in.closed) return step::done;
                    return in.want_to_know();
                }
                if (s.items.index == most) [[unlikely]] return in.fail_limit(errc::too_many, in.at, most);
                in.at += Separator.size;
                s.behind_item = false;
            }
            if (step const r = decode_item(item, in, s.items, v); r != step::done) [[unlikely]] return r;
            s.behind_item = true;
        }
    }
    template <growing V>
        requires codec_for<C, item_of<V>>
    constexpr step encode(V const& v, output& out) const {
        if (v.size() < Min) return out.fail(errc::wrong_size, "at least one item");
        if (Max != inherited && v.size() > Max) return out.fail_limit(errc::too_many, Max, v.size());
        std::uint64_t const before = out.written();
        std::uint32_t index = 0;
        for (auto const& one : v) {
            if (index != 0)
                if (step const r = out.put(Separator.view()); r != step::done) return r;
            if (step const r = item.encode(one, out); r != step::done) {
                out.inside({nullptr, index});
                return r;
            }
            ++index;
        }
        if (Min == 0 && index != 0 && out.written() == before) return out.fail(errc::contradiction, "no item, or one that is not empty");
        return step::done;
    }
    constexpr size_bound bounds(limits l = {}) const {
        size_bound const one = item.bounds(l);
        std::size_t const most = Max == inherited ? l.items : Max;
        size_bound const rest = (one + size_bound::exactly(Separator.size)).times(0, most - 1);
        return {Min == 0 ? 0 : one.fewest, (one + rest).most};
    }
    constexpr void describe(description& d) const {
        d.add({.what = shape::separated, .size = bounds(d.limits()), .bytes = Separator.view(), .least = Min,
               .most = Max == inherited ? d.limits().items : Max, .limit = Name.view()}, item);
    }
    constexpr byte_set first() const { return first_of(item); }
};

// One or more items with a separator between them.
//   separated<",">(number<std::uint8_t>)   "1,2,3" <-> {1, 2, 3}
// `.max<N>()` in items, `.or_none()`. Fails with too_many.
template <fixed_string Separator, codec C>
constexpr separated_t<Separator, C> separated(C item) {
    if constexpr (Separator.size == 0) (void)sizeof(refused::a_delimiter_must_not_be_empty<Separator>);
    else if constexpr (takes_the_rest<C> || continuation_of<C>.has(Separator[0]))
        (void)sizeof(refused::an_item_could_hold_the_separator<Separator, C>);
    return {item};
}

}  // namespace segue
