// Items up to an end mark.
#pragma once

#include <cstddef>

#include "segue/core/refused.hpp"
#include "segue/message/items.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

template <fixed_string End, class C, std::size_t Max = inherited, fixed_string Name = "items">
struct repeat_until_t {
    [[no_unique_address]] C item;

    static constexpr bool streaming = streams<C>;
    using state = item_state<C>;

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
                if (in.at == in.end) [[unlikely]] return in.want(End.size);
                if (*in.at == End[0]) {
                    std::size_t const same = common_prefix<End>(in.at, in.end);
                    if (same == End.size) {
                        in.at += End.size;
                        return step::done;
                    }
                    if (same == in.left()) [[unlikely]] return in.want(End.size - same);
                }
                if (s.index == most) [[unlikely]] return in.fail_limit(errc::too_many, in.at, most);
            }
            if (step const r = decode_item(item, in, s, v); r != step::done) [[unlikely]] {
                if (r == step::need_more) in.then(End.size);
                return r;
            }
        }
    }
    template <growing V>
        requires codec_for<C, item_of<V>>
    constexpr step encode(V const& v, output& out) const {
        if (Max != inherited && v.size() > Max) return out.fail_limit(errc::too_many, Max, v.size());
        if (step const r = encode_items(item, v, out); r != step::done) return r;
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
};

// Items up to an end mark, with which no item can begin.
//   repeat_until<".">(fixed(2, text))   "abcd." <-> {"ab", "cd"}
// `.max<N>()` in items. Fails with too_many.
template <fixed_string End, codec C>
constexpr repeat_until_t<End, C> repeat_until(C item) {
    if constexpr (End.size == 0) (void)sizeof(refused::a_delimiter_must_not_be_empty<End>);
    else if constexpr (first_of(C{}).has(End[0])) (void)sizeof(refused::an_item_could_begin_with_the_end_mark<End, C>);
    if constexpr (End.size != 0)
        if constexpr (continuation_of<C>.has(End[0])) (void)sizeof(refused::what_follows_could_continue_this_element<C, repeat_until_t<End, C>>);
    check_item(item);
    return {item};
}

}  // namespace segue
