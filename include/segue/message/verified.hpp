// A rule that a value must keep, both ways.
#pragma once

#include <cstdint>
#include <string_view>

#include "segue/wire/codec.hpp"

namespace segue {

template <class C, class P>
struct verified_t {
    [[no_unique_address]] C content;
    [[no_unique_address]] P holds;
    std::string_view rule{};

    static constexpr byte_set continuation = continuation_of<C>;
    static constexpr bool exact_size = segue::exact_size<C>;
    static constexpr bool takes_rest = takes_the_rest<C>;
    static constexpr bool streaming = streams<C>;
    struct state {
        std::uint64_t behind = 0;  // bytes of the element before the one where it is suspended
        [[no_unique_address]] state_of<C> content{};
    };

    template <class In, class V>
        requires codec_for<C, V>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        char const* const start = in.at;
        state_of<C> local = s.content;
        step const r = content.decode(in, local, v);
        if (r != step::done) [[unlikely]] {
            s.behind += static_cast<std::uint64_t>(in.at - start);
            s.content = local;
            return r;
        }
        if constexpr (!In::only_framing)
            if (!holds(v)) [[unlikely]] return in.fail_at(errc::requirement, in.offset(start) - s.behind, rule);
        return step::done;
    }
    template <class V>
        requires codec_for<C, V>
    constexpr step encode(V const& v, output& out) const {
        if (!holds(v)) return out.fail(errc::requirement, rule);
        return content.encode(v, out);
    }
    constexpr size_bound bounds(limits l = {}) const { return content.bounds(l); }
    constexpr void describe(description& d) const {
        d.add({.what = shape::verified, .size = bounds(d.limits()), .name = rule, .suspends_within = true}, content);
    }
    constexpr byte_set first() const { return first_of(content); }
};

// The content, whose value must keep a rule; the sentence says which.
//   verified(u8, [](std::uint8_t v) { return v < 60; }, "a minute is below 60")
// Fails with requirement at the element's first byte, both ways. The predicate must be pure.
template <codec C, class P>
constexpr verified_t<C, P> verified(C content, P predicate, std::string_view rule) {
    return {content, predicate, rule};
}

}  // namespace segue
