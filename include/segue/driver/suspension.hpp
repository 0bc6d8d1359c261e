// What one call of a codec came to, and what its input says of a suspension: copied out of it, because the input itself
// must not have an address.
#pragma once

#include <cstddef>
#include <cstdint>

#include "segue/core/inlining.hpp"
#include "segue/core/step.hpp"
#include "segue/wire/scan.hpp"

namespace segue {

struct suspension {
    step result;
    char const* at;  // the first byte of the active leaf
    std::size_t need;
    char const* streamed;
    std::size_t framed_by;
    bool goes_on;
    std::uint64_t owed;
    bool collected;
    run_set const* quiet;
    std::size_t quiet_left;

    template <class In>
    SEGUE_INLINE suspension(step r, In const& in)
        : result(r), at(in.at), need(in.need), streamed(in.streamed), framed_by(in.framed_by), goes_on(in.goes_on),
          owed(in.owed), collected(in.collected), quiet(in.quiet), quiet_left(in.quiet_left) {}
};

}  // namespace segue
