#include "segue/protocol/table.hpp"

#include <string_view>

#include "catch.hpp"

namespace door {

enum class state { shut, open, locked };
enum class input { push, turn };

constexpr std::string_view name_of(state s) { return s == state::shut ? "shut" : s == state::open ? "open" : "locked"; }
constexpr std::string_view name_of(input i) { return i == input::push ? "push" : "turn"; }

inline constexpr segue::table states("door", {
    segue::transition<state, input>{state::shut, input::push, state::open},
    {state::open, input::push, state::shut},
    {state::shut, input::turn, state::locked},
});

}  // namespace door

namespace {

using namespace segue;

static_assert(door::states.first() == door::state::shut);
static_assert(door::states.next(door::state::shut, door::input::push) == door::state::open);
static_assert(!door::states.next(door::state::open, door::input::turn));
static_assert(door::states.is_final(door::state::locked));
static_assert(!door::states.is_final(door::state::open));

TEST_CASE("table: it describes itself, a node for each transition") {
    description d;
    door::states.describe(d);
    REQUIRE(d.nodes().size() == 4);
    CHECK(d.nodes()[0].what == shape::table);
    CHECK(d.nodes()[0].name == "door");
    CHECK(d.nodes()[0].last == 4);
    CHECK(d.nodes()[3].what == shape::transition);
    CHECK(d.nodes()[3].name == "shut");
    CHECK(d.nodes()[3].bytes == "turn");
    CHECK(d.nodes()[3].to == "locked");
}

}  // namespace
