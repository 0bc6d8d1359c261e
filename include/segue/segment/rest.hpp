// Segments measured from the end of the input: all of it, or all but a trailer of fixed size.
#pragma once

#include <cstddef>

#include "segue/core/refused.hpp"
#include "segue/wire/codec.hpp"
#include "segue/wire/whole.hpp"

namespace segue {

template <class C, std::size_t Kept, std::size_t Max = inherited, fixed_string Name = "element">
struct rest_t {
    [[no_unique_address]] C content;

    static constexpr bool takes_rest = Kept == 0;
    static constexpr std::size_t kept = Kept;
    using state = stateless;

    // The limit of the content, in bytes.
    template <std::size_t N, fixed_string LimitName = "element">
    constexpr rest_t<C, Kept, N, LimitName> max() const {
        return {content};
    }

    template <class In, class V>
        requires codec_for<C, V>
    SEGUE_INLINE step decode(In& in, state&, V& v) const {
        std::size_t const most = in.template most<Max, &limits::element>(Name.view());
        if (in.left() > saturating_add(most, Kept)) [[unlikely]]
            return in.fail_limit(errc::too_long, in.at + most + Kept, most);
        if (!in.closed) return in.want(in.left() < Kept ? Kept - in.left() : 1);
        if (in.left() < Kept) [[unlikely]] return in.want(Kept - in.left());
        return decode_whole(content, in, in.left() - Kept, v);
    }
    template <class V>
        requires codec_for<C, V>
    constexpr step encode(V const& v, output& out) const {
        std::uint64_t const before = out.written();
        if (step const r = content.encode(v, out); r != step::done) return r;
        if constexpr (Max != inherited)
            if (out.written() - before > Max) return out.fail_limit(errc::too_long, Max, out.written() - before);
        return step::done;
    }
    constexpr size_bound bounds(limits l = {}) const {
        return content.bounds(l).at_most(Max == inherited ? l.element : Max);
    }
    constexpr void describe(description& d) const {
        d.add({.what = Kept == 0 ? shape::rest : shape::all_but, .size = bounds(d.limits()), .least = Kept,
               .most = Max == inherited ? d.limits().element : Max, .limit = Name.view()}, content);
    }
    constexpr byte_set first() const { return first_of(content); }
};

// All that is left, to the end of the segment or of the input.
//   rest(text)   "hi" <-> "hi"
// `.max<N>()` in bytes. Fails with too_long.
template <codec C>
constexpr rest_t<C, 0> rest(C content) {
    if constexpr (streams<C>) (void)sizeof(refused::a_streamed_element_cannot_stand_inside_a_segment<C>);
    return {content};
}

// All that is left but the last N bytes, which the elements behind it read.
//   record<packet>(field<"body">(all_but<2>(bytes)), field<"sum">(u16_be))
// N in bytes; `.max<M>()`. Fails with too_long, truncated.
template <std::size_t N, codec C>
constexpr rest_t<C, N> all_but(C content) {
    if constexpr (streams<C>) (void)sizeof(refused::a_streamed_element_cannot_stand_inside_a_segment<C>);
    return {content};
}

}  // namespace segue
