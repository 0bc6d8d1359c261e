#include "segue/driver/limits_in_force.hpp"

#include "catch.hpp"

namespace {

using namespace segue;

static_assert(std::is_empty_v<limits_in_force<limits{}>>);
static_assert(limits_in_force<limits{.message = 7}>::message() == 7);

TEST_CASE("limits that are adjustable can be lowered, those that are not take no room") {
    limits_in_force<limits{.message = 100, .adjustable = true}> limits;
    CHECK(limits.message() == 100);
    CHECK(limits.lower("message", 50));
    CHECK(limits.lower("message", 70));
    CHECK(limits.message() == 50);
    CHECK(limits.lowered()->most("message", 100) == 50);
    CHECK(limits.lowered()->most("element", 100) == 100);
}

}  // namespace
