// Items up to an end mark.
#pragma once

#include <cstddef>

#include "segue/core/extremes.hpp"
#include "segue/core/refused.hpp"
#include "segue/message/items.hpp"
#include "segue/wire/codec.hpp"
#include "segue/wire/delimiters.hpp"

namespace segue {

template <class C, std::size_t Max, fixed_string Name, fixed_string... End>
struct repeat_until_t {
    [[no_unique_address]] C item;

    using ends = segue::delimiters<End...>;
    static constexpr bool streaming = streams<C>;
    using state = item_state<C>;

    // The limit, in items.
    template <std::size_t N, fixed_string LimitName = "items">
    constexpr repeat_until_t<C, N, LimitName, End...> max() const {
        return {item};
    }

    template <class In, growing V>
        requires codec_for<C, item_of<V>>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        std::size_t const most = in.template most<Max, &limits::items>(Name.view());
        if (s.index == 0) v.clear();
        for (;;) {
            if (!s.within) [[likely]] {
                if (in.at == in.end) [[unlikely]] return in.want(ends::shortest);
                if ((... || (*in.at == End[0]))) {
                    std::size_t found = 0, missing = unbounded;
                    (look_for<End>(in, found, missing), ...);
                    if (found != 0) {
                        in.at += found;
                        return step::done;
                    }
                    if (missing != unbounded) [[unlikely]] return in.want(missing);
                }
                if (s.index == most) [[unlikely]] return in.fail_limit(errc::too_many, in.at, most);
            }
            if (step const r = decode_item(item, in, s, v); r != step::done) [[unlikely]] {
                if (r == step::need_more) in.then(ends::shortest);
                return r;
            }
        }
    }
    template <growing V>
        requires codec_for<C, item_of<V>>
    constexpr step encode(V const& v, output& out) const {
        if (Max != inherited && v.size() > Max) return out.fail_limit(errc::too_many, Max, v.size());
        if (step const r = encode_items(item, v, out); r != step::done) return r;
        return out.put(ends::all[0]);
    }
    constexpr size_bound bounds(limits l = {}) const {
        return item.bounds(l).times(0, Max == inherited ? l.items : Max) + size_bound{ends::shortest, greatest(End.size...)};
    }
    constexpr void describe(description& d) const {
        std::size_t const at = d.nodes().size();
        d.add({.what = shape::repeat_until, .size = bounds(d.limits()), .bytes = ends::all[0],
               .most = Max == inherited ? d.limits().items : Max, .limit = Name.view()}, item);
        for (std::size_t i = 1; i < ends::all.size(); ++i) d.add_child(at, {.what = shape::literal, .size = size_bound::exactly(ends::all[i].size()), .bytes = ends::all[i]});
    }
    constexpr byte_set first() const { return first_of(item) | ends::firsts; }

private:
    template <fixed_string One, class In>
    SEGUE_INLINE static void look_for(In const& in, std::size_t& found, std::size_t& missing) {
        std::size_t const same = common_prefix<One>(in.at, in.end);
        if (same == One.size) found = One.size;
        else if (same == in.left()) missing = least(missing, One.size - same);
    }
};

namespace detail {

template <fixed_string End, class C>
consteval void check_end_mark() {
    if constexpr (End.size == 0) (void)sizeof(refused::a_delimiter_must_not_be_empty<End>);
    else if constexpr (first_of(C{}).has(End[0])) (void)sizeof(refused::an_item_could_begin_with_the_end_mark<End, C>);
    if constexpr (End.size != 0)
        if constexpr (continuation_of<C>.has(End[0])) (void)sizeof(refused::what_follows_could_continue_this_element<C, repeat_until_t<C, inherited, "items", End>>);
}

}  // namespace detail

// Items up to one of several end marks, of which none begins another; the first one named is written.
//   repeat_until_any<"\r\n", "\n">(line)
template <fixed_string... End, codec C>
constexpr repeat_until_t<C, inherited, "items", End...> repeat_until_any(C item) {
    (detail::check_end_mark<End, C>(), ...);
    (detail::check_prefixes<End, End...>(), ...);
    check_item(item);
    return {item};
}

// Items up to an end mark, with which no item can begin.
//   repeat_until<".">(fixed(2, text))   "abcd." <-> {"ab", "cd"}
// `.max<N>()` in items. Fails with too_many.
template <fixed_string End, codec C>
constexpr repeat_until_t<C, inherited, "items", End> repeat_until(C item) {
    return repeat_until_any<End>(item);
}

}  // namespace segue
