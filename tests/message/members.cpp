#include "segue/message/members.hpp"

#include <string>

#include "catch.hpp"

namespace {

using namespace segue;

struct point {
    BOOST_HANA_DEFINE_STRUCT(point, (int, x), (std::string, label));
};
static_assert(members<point> && !members<int>);
static_assert(member_count<point> == 2 && member_name<1, point>() == "label");
static_assert(member_index<point, "label"> == 1 && member_index<point, "y"> == 2 && !has_member<point, "y">);
static_assert(std::is_same_v<member_type<1, point>, std::string>);

TEST_CASE("members are visited with their names, in order, and found by name") {
    point p{7, "a"};
    member_named<"x">(p) = 8;
    std::string seen;
    for_each_member(p, [&](std::string_view name, auto& member) {
        seen += name;
        if constexpr (std::is_same_v<decltype(member), int&>) seen += std::to_string(member);
    });
    CHECK(seen == "x8label");
}

}  // namespace
