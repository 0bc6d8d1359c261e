// A codec between bytes that are always the same: it keeps the value of what it encloses.
#pragma once

#include <cstddef>
#include <cstdint>

#include "segue/content/literal.hpp"
#include "segue/core/refused.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

template <fixed_string Before, fixed_string After, class C>
struct enclosed_t {
    [[no_unique_address]] C content;

    static constexpr bool exact_size = segue::exact_size<C>;
    struct state {
        enum : std::uint8_t { before, inside, behind } at = before;
        [[no_unique_address]] state_of<C> content{};
    };

    template <class In, class V>
        requires codec_for<C, V>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        nothing none;
        stateless never;
        if constexpr (Before.size != 0) {
            if (s.at == state::before) [[likely]]
                if (step const r = literal_t<Before>{}.decode(in, never, none); r != step::done) [[unlikely]] {
                    in.then(saturating_add(content.bounds(In::defaults).fewest, After.size));
                    return r;
                }
        }
        if (s.at != state::behind) [[likely]] {
            state_of<C> fresh{};
            if (s.at == state::inside) [[unlikely]] fresh = s.content;
            if (step const r = content.decode(in, fresh, v); r != step::done) [[unlikely]] {
                s.content = fresh;
                s.at = state::inside;
                in.then(After.size);
                return r;
            }
        }
        step const r = literal_t<After>{}.decode(in, never, none);
        if (r != step::done) [[unlikely]] s.at = state::behind;
        return r;
    }
    template <class V>
        requires codec_for<C, V>
    constexpr step encode(V const& v, output& out) const {
        if constexpr (Before.size != 0)
            if (step const r = out.put(Before.view()); r != step::done) return r;
        if (step const r = content.encode(v, out); r != step::done) return r;
        return out.put(After.view());
    }
    constexpr size_bound bounds(limits l = {}) const { return size_bound::exactly(Before.size + After.size) + content.bounds(l); }
    constexpr void describe(description& d) const {
        if constexpr (Before.size != 0) d.add({.what = shape::record, .size = bounds(d.limits())}, literal_t<Before>{}, content, literal_t<After>{});
        else d.add({.what = shape::record, .size = bounds(d.limits())}, content, literal_t<After>{});
    }
    constexpr byte_set first() const {
        if constexpr (Before.size != 0) return byte_set::of(Before.view().substr(0, 1));
        else return content.bounds().fewest != 0 ? first_of(content) : first_of(content) | byte_set::of(After.view().substr(0, 1));
    }
};

// The content between two literals, of which the first may be "".
//   enclosed<"[", "]">(u8)   5b 07 5d <-> 7
// Fails with mismatch at the first wrong byte of either.
template <fixed_string Before, fixed_string After, codec C>
    requires(After.size != 0)
constexpr enclosed_t<Before, After, C> enclosed(C content) {
    if constexpr (takes_the_rest<C>) (void)sizeof(refused::nothing_may_follow_what_takes_the_rest_of_the_input<C>);
    if constexpr (streams<C>) (void)sizeof(refused::a_streamed_element_cannot_stand_inside_a_segment<C>);
    if constexpr (continuation_of<C>.has(After[0])) (void)sizeof(refused::what_follows_could_continue_this_element<C, literal_t<After>>);
    return {content};
}

}  // namespace segue
