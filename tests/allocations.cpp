#include "allocations.hpp"

#include <algorithm>
#include <cstdlib>
#include <malloc.h>
#include <new>
#include <utility>

namespace {

// of each thread by itself
thread_local std::size_t allocations = 0, live = 0, highest = 0;

void* counted(void* p) {
    ++allocations;
    live += ::malloc_usable_size(p);
    highest = std::max(highest, live);
    return p;
}
void give_back(void* p) {
    live -= ::malloc_usable_size(p);
    std::free(p);
}

}  // namespace

std::size_t allocations_so_far() { return allocations; }
std::size_t bytes_allocated() { return live; }
std::size_t most_bytes_allocated() { return std::exchange(highest, live); }

void* operator new(std::size_t n) {
    if (void* p = std::malloc(n)) return counted(p);
    throw std::bad_alloc();
}
void* operator new(std::size_t n, std::nothrow_t const&) noexcept {
    void* const p = std::malloc(n);
    return p ? counted(p) : nullptr;
}
void* operator new(std::size_t n, std::align_val_t alignment) {
    auto const a = static_cast<std::size_t>(alignment);
    if (void* p = std::aligned_alloc(a, (n + a - 1) / a * a)) return counted(p);
    throw std::bad_alloc();
}
void operator delete(void* p, std::align_val_t) noexcept { give_back(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { give_back(p); }
void operator delete(void* p) noexcept { give_back(p); }
void operator delete(void* p, std::size_t) noexcept { give_back(p); }
