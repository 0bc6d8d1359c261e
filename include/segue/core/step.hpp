// What one call of decode or encode came to.
#pragma once

#include <cstdint>

namespace segue {

enum class step : std::uint8_t {
    done,       // the value is complete
    need_more,  // suspended: the window ended first
    part,       // suspended: a piece of a streamed element is in the input's `streamed`
    failed,     // the error record says why
};

// The value of what only has bytes: a literal, a reserved field.
struct nothing {
    friend constexpr bool operator==(nothing, nothing) = default;
};

}  // namespace segue
