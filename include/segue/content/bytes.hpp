// All bytes to the end of the segment: as they are, or as UTF-8 text.
#pragma once

#include <cstddef>
#include <string_view>

#include "segue/wire/byte_value.hpp"
#include "segue/wire/codec.hpp"
#include "segue/wire/utf8.hpp"

namespace segue {

template <bool Text>
struct whole_bytes_t {
    static constexpr bool takes_rest = true;
    using state = stateless;

    template <class In, byte_value V>
    SEGUE_INLINE step decode(In& in, state&, V& v) const {
        if constexpr (!In::in_segment) {
            std::size_t const most = in.template most<inherited, &limits::element>("element");
            if (in.left() > most) [[unlikely]] return in.fail_limit(errc::too_long, in.at + most, most);
            if (!in.closed) return in.want(1);
        }
        if constexpr (Text) {
            char const* const bad = invalid_utf8(in.at, in.end);
            if (bad != in.end) [[unlikely]] return in.fail(errc::not_utf8, bad);
        }
        if (!assign_bytes(v, in.at, in.left())) [[unlikely]] return in.fail(errc::wrong_size, in.at);
        in.at = in.end;
        return step::done;
    }
    template <byte_value V>
    constexpr step encode(V const& v, output& out) const {
        std::string_view const all = characters_of(v);
        if constexpr (Text)
            if (invalid_utf8(all.data(), all.data() + all.size()) != all.data() + all.size()) return out.fail(errc::not_utf8);
        return out.put_payload(all);
    }
    constexpr size_bound bounds(limits = {}) const { return {0, unbounded}; }
    constexpr void describe(description& d) const {
        d.add({.what = Text ? shape::text : shape::bytes, .size = bounds(), .most = d.limits().element});
    }
};

// Any bytes, to the end of the segment.
//   length_prefixed(u8, bytes)   02 ff 00 <-> ff 00
inline constexpr whole_bytes_t<false> bytes{};

// UTF-8, to the end of the segment (RFC 3629: no surrogates, no over-long forms, nothing above U+10FFFF).
//   length_prefixed(u8, text)   02 c3 a9 <-> "é"
// Fails with not_utf8 at the first byte of the first bad sequence.
inline constexpr whole_bytes_t<true> text{};

}  // namespace segue
