// What a peer may make us hold. Every limit is finite unless the grammar spells `unbounded`.
//
// Limits are compile-time: an element's own `.max<N>()`, else these defaults, which are a parameter of every driver.
// `adjustable` lets a driver lower a limit by its name at run time; it costs a look-up at each element that has one.
#pragma once

#include <cstddef>
#include <limits>

namespace segue {

inline constexpr std::size_t unbounded = std::numeric_limits<std::size_t>::max();

// "No limit of its own: take the driver's."
inline constexpr std::size_t inherited = unbounded - 1;

struct limits {
    std::size_t message = 64 * 1024;  // bytes of one message, streamed elements not counted
    std::size_t element = 8 * 1024;   // bytes of one element's content
    std::size_t items = 1024;         // items of one repetition
    std::size_t depth = 32;           // levels of recursion
    std::size_t skipped = 64 * 1024;  // bytes passed over in recovery with no message between
    bool adjustable = false;

    friend constexpr bool operator==(limits const&, limits const&) = default;
};

}  // namespace segue
