// Every allocation of the test program is counted.
#pragma once

#include <cstddef>

std::size_t allocations_so_far();
