// How a benchmark uses what was read: the value must exist, but the compiler still sees the reader behind it, as it does
// in a program whose consumer is ordinary code. benchmark::DoNotOptimize would also say that all memory has changed,
// which costs an object with state, such as a decoder, more than a loop with local variables.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>

namespace segue::bench {

template <class T>
inline void look_at(T const& value) {
    asm volatile("" : : "m"(value));
}
inline void look_at(char const* p) { asm volatile("" : : "r"(p)); }

// What one iteration has read.
inline void count_work(benchmark::State& state, std::size_t items, std::size_t bytes) {
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(items));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

}  // namespace segue::bench
