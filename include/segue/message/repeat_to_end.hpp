// Items to the end of the segment, or of the input.
#pragma once

#include <cstddef>

#include "segue/core/refused.hpp"
#include "segue/message/items.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

template <class C, std::size_t Max = inherited, fixed_string Name = "items">
struct repeat_to_end_t {
    [[no_unique_address]] C item;

    static constexpr bool takes_rest = true;
    static constexpr bool streaming = streams<C>;
    using state = item_state<C>;

    // The limit, in items.
    template <std::size_t N, fixed_string LimitName = "items">
    constexpr repeat_to_end_t<C, N, LimitName> max() const {
        return {item};
    }

    template <class In, growing V>
        requires codec_for<C, item_of<V>>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        std::size_t const most = in.template most<Max, &limits::items>(Name.view());
        if (s.index == 0) v.clear();
        for (;;) {
            if (!s.within) [[likely]] {
                if (in.at == in.end) {
                    if (in.closed) return step::done;
                    return in.want(item.bounds(In::defaults).fewest);
                }
                if (s.index == most) [[unlikely]] return in.fail_limit(errc::too_many, in.at, most);
            }
            if (step const r = decode_item(item, in, s, v); r != step::done) [[unlikely]] return r;
        }
    }
    template <growing V>
        requires codec_for<C, item_of<V>>
    constexpr step encode(V const& v, output& out) const {
        if (Max != inherited && v.size() > Max) return out.fail_limit(errc::too_many, Max, v.size());
        return encode_items(item, v, out);
    }
    constexpr size_bound bounds(limits l = {}) const { return item.bounds(l).times(0, Max == inherited ? l.items : Max); }
    constexpr void describe(description& d) const {
        d.add({.what = shape::repeat_to_end, .size = bounds(d.limits()), .most = Max == inherited ? d.limits().items : Max, .limit = Name.view()}, item);
    }
    constexpr byte_set first() const { return first_of(item); }
};

// Items as long as there are bytes; each must say where it ends.
//   length_prefixed(u8, repeat_to_end(u16_be))   04 00 01 00 02 <-> {1, 2}
// `.max<N>()` in items. Fails with too_many.
template <codec C>
constexpr repeat_to_end_t<C> repeat_to_end(C item) {
    if constexpr (takes_the_rest<C>) (void)sizeof(refused::nothing_may_follow_what_takes_the_rest_of_the_input<C>);
    check_item(item);
    return {item};
}

}  // namespace segue
