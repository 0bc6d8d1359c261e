// The one door into a segment: its content gets a complete, closed input exactly once, and must use all of it.
#pragma once

#include <cstddef>

#include "segue/wire/codec.hpp"
#include "segue/wire/framing_input.hpp"

namespace segue {

// On done the input stands behind the segment.
template <class C, class In, class V>
SEGUE_INLINE step decode_whole(C const& content, In& in, std::size_t size, V& v) {
    if constexpr (In::only_framing) {
        in.at += size;
        return step::done;
    } else {
        auto inner = in.segment(size);
        state_of<C> fresh{};
        step const result = content.decode(inner, fresh, v);
        if (result == step::done) [[likely]] {
            if (inner.at != inner.end) [[unlikely]] return inner.fail(errc::trailing_bytes, inner.at);
            in.at += size;
        }
        return result;
    }
}

}  // namespace segue
