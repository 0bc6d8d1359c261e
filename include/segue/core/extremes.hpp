// The least and the greatest of some sizes.
//
// <algorithm> has them too, and with them all that works on ranges: 8 MiB of the compiler's memory in each file.
#pragma once

#include <concepts>
#include <cstddef>

namespace segue {

constexpr std::size_t least(std::size_t first, std::same_as<std::size_t> auto... others) {
    ((first = others < first ? others : first), ...);
    return first;
}
constexpr std::size_t greatest(std::size_t first, std::same_as<std::size_t> auto... others) {
    ((first = others > first ? others : first), ...);
    return first;
}

}  // namespace segue
