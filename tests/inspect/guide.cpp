#include "segue/inspect/guide.hpp"

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "catch.hpp"
#include "grammar_of_all.hpp"
#include "segue/segue.hpp"

using namespace segue;

TEST_CASE("guide: alternatives have the names of their choice, at every depth") {
    description d;
    all_of_it::grammar.describe(d);
    guide const g = guide_for<all_of_it::message>(d);
    REQUIRE(g.parts.size() == 8);
    guide const& scalar = g.part(3).part(0);  // repeat_counted
    CHECK(scalar.names == std::vector<std::string_view>{"number", "text"});
    CHECK(g.part(5).part(0).name(1) == "text");  // optional_if
}

TEST_CASE("guide: alternatives without names are called by their index") {
    description d;
    all_of_it::grammar.describe(d);
    guide const g = guide_for<all_of_it::message>(d);
    CHECK(g.part(4).names.empty());
    CHECK(g.part(4).name(1) == "1");
    CHECK(g.part(99).part(7).name(0) == "0");
}

namespace {

struct inner {
    BOOST_HANA_DEFINE_STRUCT(inner, (all_of_it::scalar, second), (all_of_it::scalar, first));
};
struct outer {
    BOOST_HANA_DEFINE_STRUCT(outer, (std::uint8_t, size), (inner, sized), (std::vector<inner>, more));
};

}  // namespace

TEST_CASE("guide: members are found by name, through every kind of segment") {
    using all_of_it::scalar_grammar;
    auto const one = record<inner>(field<"first">(scalar_grammar),
                                   field<"second">(verified(
                                       scalar_grammar, [](auto const&) { return true; }, "anything")));
    auto const whole =
        length_prefixed(u8, record<outer>(field<"size">(length_of<"sized">(u8)), field<"sized">(sized_by<"size">(one)),
                                          field<"more">(rest(separated<",">(delimited<"!">(one))))));
    description d;
    whole.describe(d);
    guide const g = guide_for<outer>(d);
    CHECK(g.part(1).part(0).name(0) == "number");
    CHECK(g.part(1).part(1).name(1) == "text");
    CHECK(g.part(2).part(0).part(0).name(1) == "text");
}

namespace guide_test {

struct tree {
    using any = std::variant<std::uint8_t, std::vector<tree>>;
    BOOST_HANA_DEFINE_STRUCT(tree, (any, is));
};

}  // namespace guide_test

template <>
struct segue::follows<guide_test::tree> {
    static constexpr bool views = false;
};
template <>
struct segue::definition<guide_test::tree> {
    static constexpr std::string_view name = "tree";
    using tree = guide_test::tree;
    static constexpr auto codec = record<tree>(field<"is">(choice(
        alternative<"leaf", "!">(u8), alternative<"list", "(">(enclosed<"", ")">(repeat_counted(u8, recursive<tree>))))));
};

TEST_CASE("guide: inside a type that holds itself it begins again, at any depth, and survives a copy") {
    using guide_test::tree;
    description d;
    recursive<tree>.describe(d);
    auto const made = std::make_unique<guide>(guide_for<tree>(d));
    guide const copy = *made;
    guide const* at = &copy;
    for (int level = 0; level < 20; ++level) at = &at->part(0).part(1).part(0);
    CHECK(at->part(0).name(1) == "list");
}

TEST_CASE("guide: a type that the description does not match has no guide") {
    description d;
    u8.describe(d);
    CHECK(guide_for<outer>(d).parts.empty());
    CHECK(guide_for<all_of_it::scalar>(d).names.empty());
    CHECK(guide_for<std::vector<inner>>(d).part(0).parts.empty());
    CHECK(guide_for<outer>(description{}).parts.empty());
}
