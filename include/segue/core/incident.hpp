// Bytes that a driver passed over, and what was wrong with the first of them.
#pragma once

#include <cstdint>

#include "segue/core/error.hpp"

namespace segue {

struct incident {
    std::uint64_t offset = 0;  // bytes from the start of the stream
    std::uint64_t size = 0;
    segue::error cause{};
};

}  // namespace segue
