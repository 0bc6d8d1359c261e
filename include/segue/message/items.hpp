// What all repetitions share: a container of items, and one item of it decoded in place, suspended and resumed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

#include "segue/core/refused.hpp"
#include "segue/wire/codec.hpp"
#include "segue/wire/framing_input.hpp"

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

// Where a repetition is suspended.
template <class C>
struct item_state {
    using flag = std::conditional_t<(alignof(state_of<C>) < 4), bool, std::uint32_t>;  // see `beside`

    std::uint32_t index = 0;   // items begun
    flag within = false;       // suspended inside the last of them
    [[no_unique_address]] state_of<C> item{};
};

// Items that own something are decoded over those of the last message, and keep what they have room for.
template <class C, class V>
concept keeps_items = growing<V> && !streams<C> && !std::is_trivially_destructible_v<item_of<V>> && requires(V& v) {
    v[0];
    v.pop_back();
};
template <class C, growing V>
SEGUE_INLINE void begin_items(std::uint64_t count, V& v) {
    if constexpr (keeps_items<C, V>) {
        while (v.size() > count) v.pop_back();
    } else {
        (void)count;
        v.clear();
    }
}

// A list of an earlier message begins anew with its element; until then a driver would look for views to move in it. Items
// that own something stay: they may be kept.
template <class V>
SEGUE_INLINE void forget_items(V& v) {
    if constexpr (growing<V>)
        if constexpr (std::is_trivially_destructible_v<item_of<V>>) v.clear();
}

template <class C, class In, items V>
SEGUE_INLINE step decode_item(C const& item, In& in, item_state<C>& s, V& v) {
    state_of<C> fresh{};
    if (s.within) [[unlikely]] {
        fresh = s.item;
    } else {
        if constexpr (keeps_items<C, V>) {
            if (s.index == v.size()) v.emplace_back();
        } else if constexpr (growing<V>) {
            v.emplace_back();
        }
        ++s.index;
    }
    step r;
    if constexpr (growing<V> && !keeps_items<C, V>) r = decode_framed(item, in, fresh, v.back());
    else r = decode_framed(item, in, fresh, v[s.index - 1]);
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
    if constexpr (first_of(C{}).meets(continuation_of<C>)) (void)sizeof(refused::what_follows_could_continue_this_element<C, C>);
    if (std::is_constant_evaluated() && item.bounds().fewest == 0) refused::a_repetition_that_consumes_nothing();
}

}  // namespace segue
