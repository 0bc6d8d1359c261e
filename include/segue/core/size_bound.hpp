// How many bytes a codec can take: exact, with arithmetic that saturates at `unbounded`.
#pragma once

#include <cstddef>

#include "segue/core/limits.hpp"

namespace segue {

constexpr std::size_t saturating_add(std::size_t a, std::size_t b) { return a > unbounded - b ? unbounded : a + b; }
constexpr std::size_t saturating_multiply(std::size_t a, std::size_t b) {
    return a != 0 && b > unbounded / a ? unbounded : a * b;
}

struct size_bound {
    std::size_t fewest = 0;
    std::size_t most = unbounded;

    static constexpr size_bound exactly(std::size_t n) { return {n, n}; }
    constexpr bool exact() const { return fewest == most; }
    constexpr bool contains(std::size_t n) const { return fewest <= n && n <= most; }
    constexpr size_bound at_most(std::size_t n) const { return {fewest < n ? fewest : n, most < n ? most : n}; }
    constexpr size_bound times(std::size_t least_items, std::size_t most_items) const {
        return {saturating_multiply(fewest, least_items), saturating_multiply(most, most_items)};
    }

    friend constexpr bool operator==(size_bound, size_bound) = default;
    // one after the other
    friend constexpr size_bound operator+(size_bound a, size_bound b) {
        return {saturating_add(a.fewest, b.fewest), saturating_add(a.most, b.most)};
    }
    // one or the other
    friend constexpr size_bound operator|(size_bound a, size_bound b) {
        return {a.fewest < b.fewest ? a.fewest : b.fewest, a.most > b.most ? a.most : b.most};
    }
};

}  // namespace segue
