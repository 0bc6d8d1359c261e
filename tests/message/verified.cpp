#include "segue/message/verified.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

struct span {
    BOOST_HANA_DEFINE_STRUCT(span, (std::uint8_t, from), (std::string_view, name), (std::uint8_t, to));
};
inline constexpr auto ordered = verified(
    record<span>(field<"from">(verified(u8, [](std::uint8_t v) { return v < 60; }, "a minute is below 60")), field<"name">(delimited<":">(bytes)), field<"to">(u8)),
    [](span const& s) { return s.from <= s.to; }, "a span ends behind its beginning");

static_assert(decode(ordered, "\1x:\2")->to == 2);

TEST_CASE("verified values keep the laws") {
    CHECK(holds_for_wire<ordered>("\1ab:\2") == "");
}

TEST_CASE("a broken rule is an error at the element's first byte, and says the rule") {
    CHECK(fails<ordered>("\74", errc::requirement, 0) == "");
    CHECK(cuts_change_nothing<ordered>("\1ab:\2\5ab:\2") == "");
    CHECK(render(decode(ordered, "\5ab:\2").error()) == "requirement at 0 in  expected \"a span ends behind its beginning\"");
    CHECK(render(decode(ordered, "\74").error()) == "requirement at 0 in .from expected \"a minute is below 60\"");
}

TEST_CASE("a value that breaks the rule cannot be encoded") {
    CHECK(is_refused(ordered, span{5, "a", 2}, errc::requirement) == "");
    CHECK(is_refused(ordered, span{60, "a", 61}, errc::requirement) == "");
}

}  // namespace
