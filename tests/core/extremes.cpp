#include "segue/core/extremes.hpp"

#include "catch.hpp"

namespace {

using namespace segue;

constexpr std::size_t one = 1, two = 2, three = 3;

TEST_CASE("the least and the greatest of some sizes, wherever they stand") {
    STATIC_REQUIRE((least(two) == 2 && least(one, two) == 1 && least(two, one) == 1 && least(three, one, two) == 1));
    STATIC_REQUIRE((greatest(two) == 2 && greatest(one, two) == 2 && greatest(two, one) == 2 && greatest(two, three, one) == 3));
}

}  // namespace
