#include "segue/core/description.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;

struct note {
    BOOST_HANA_DEFINE_STRUCT(note, (std::uint8_t, kind), (std::string_view, words));
};
inline constexpr auto grammar = record<note>(literal<"N">, field<"kind">(u8), field<"words">(delimited_any<"\n", "\r\n">(text).max<80, "words">()));

constexpr std::size_t nodes_of_grammar() {
    description d;
    grammar.describe(d);
    return d.nodes().size();
}
static_assert(nodes_of_grammar() == 8);

TEST_CASE("a description is a tree in one array, parents before children") {
    description d(limits{.element = 100});
    grammar.describe(d);
    REQUIRE(d.nodes().size() == 8);
    CHECK(d.nodes()[0].what == shape::record);
    CHECK(d.nodes()[0].last == 8);
    CHECK(d.nodes()[0].size == grammar.bounds(d.limits()));
    std::vector<shape> children;
    d.children(0, [&](std::size_t i) { children.push_back(d.nodes()[i].what); });
    CHECK(children == std::vector{shape::literal, shape::field, shape::field});
    node const& line = d.nodes()[d.child(0, 2) + 1];
    CHECK(line.what == shape::delimited);
    CHECK(line.bytes == "\n");
    CHECK(line.limit == "words");
    CHECK(line.most == 80);
    CHECK(d.nodes()[d.child(d.child(0, 2) + 1, 1)].bytes == "\r\n");
}

}  // namespace
