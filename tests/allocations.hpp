// Every allocation of the test program is counted, for each thread by itself.
#pragma once

#include <cstddef>

std::size_t allocations_so_far();
std::size_t bytes_allocated();
// The most since this was asked last.
std::size_t most_bytes_allocated();
