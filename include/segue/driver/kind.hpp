// What a driver tells its user, one event at a time.
#pragma once

#include <cstdint>

namespace segue {

enum class kind : std::uint8_t {
    message,  // complete
    part,     // a piece of a streamed element
    need,     // more bytes, at least `minimum()`
    skipped,  // bytes that could not be decoded were passed over
    end,      // the input was closed, and ended with a message
    failed,   // `error()` says why
};

}  // namespace segue
