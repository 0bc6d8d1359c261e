#include "segue/core/size_bound.hpp"

#include "catch.hpp"

using segue::saturating_add;
using segue::saturating_multiply;
using segue::size_bound;
using segue::unbounded;

TEST_CASE("sums and products of sizes stop at unbounded instead of wrapping round") {
    STATIC_REQUIRE(saturating_add(2, 3) == 5);
    STATIC_REQUIRE(saturating_add(unbounded - 1, 1) == unbounded);
    STATIC_REQUIRE(saturating_add(unbounded - 1, 2) == unbounded);
    STATIC_REQUIRE(saturating_add(unbounded, unbounded) == unbounded);
    STATIC_REQUIRE(saturating_multiply(6, 7) == 42);
    STATIC_REQUIRE(saturating_multiply(unbounded / 2 + 1, 2) == unbounded);
    STATIC_REQUIRE(saturating_multiply(unbounded, unbounded) == unbounded);
}

TEST_CASE("nothing times unbounded is nothing") {
    STATIC_REQUIRE(saturating_multiply(0, unbounded) == 0);
    STATIC_REQUIRE(saturating_multiply(unbounded, 0) == 0);
    STATIC_REQUIRE(size_bound{0, unbounded}.times(3, 0) == size_bound::exactly(0));
}

TEST_CASE("one after the other adds both ends, one or the other takes the widest") {
    STATIC_REQUIRE(size_bound{1, 4} + size_bound{2, 3} == size_bound{3, 7});
    STATIC_REQUIRE(size_bound{1, unbounded} + size_bound{2, 3} == size_bound{3, unbounded});
    STATIC_REQUIRE((size_bound{1, 4} | size_bound{2, 9}) == size_bound{1, 9});
    STATIC_REQUIRE((size_bound{2, 9} | size_bound{1, 4}) == size_bound{1, 9});
}

TEST_CASE("a bound contains both of its ends and nothing beyond") {
    constexpr size_bound b{2, 4};
    STATIC_REQUIRE(b.contains(2));
    STATIC_REQUIRE(b.contains(4));
    STATIC_REQUIRE_FALSE(b.contains(1));
    STATIC_REQUIRE_FALSE(b.contains(5));
    STATIC_REQUIRE(size_bound::exactly(3).exact());
    STATIC_REQUIRE_FALSE(b.exact());
}

TEST_CASE("at most n lowers both ends to n and raises neither") {
    STATIC_REQUIRE(size_bound{2, 9}.at_most(5) == size_bound{2, 5});
    STATIC_REQUIRE(size_bound{7, 9}.at_most(5) == size_bound{5, 5});
    STATIC_REQUIRE(size_bound{2, 4}.at_most(5) == size_bound{2, 4});
}
