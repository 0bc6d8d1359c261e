#include "segue/message/recursive.hpp"

#include <string>
#include <variant>
#include <vector>

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/interleave.hpp"
#include "segue/testing/laws.hpp"

namespace recursive_test {

using namespace segue;
using namespace segue::testing;

// A number, a word, or a list of the same.
struct tree {
    using any = std::variant<std::int64_t, std::string_view, std::vector<tree>>;
    BOOST_HANA_DEFINE_STRUCT(tree, (any, is));
    friend bool operator==(tree const& a, tree const& b) { return a.is == b.is; }
};

}  // namespace recursive_test

template <>
struct segue::follows<recursive_test::tree> {
    static constexpr bool views = true;
};
template <>
struct segue::definition<recursive_test::tree> {
    static constexpr std::string_view name = "tree";
    static constexpr auto codec = record<recursive_test::tree>(field<"is">(choice(
        alternative<"number", ":">(delimited<"\n">(number<std::int64_t>)),
        alternative<"word", "$">(length_prefixed(u8, bytes)),
        alternative<"list", "*">(repeat_counted(delimited<"\n">(number<std::uint16_t>), recursive<recursive_test::tree>)))));
};

namespace recursive_test {

inline constexpr auto grammar = recursive<tree>;
inline constexpr auto shallow = recursive<tree>.max<3>();
inline constexpr auto in_a_segment = length_prefixed(u16_be, recursive<tree>);

struct framed {
    BOOST_HANA_DEFINE_STRUCT(framed, (std::string_view, before), (tree, content), (std::string_view, after));
};
inline constexpr auto between_lines = record<framed>(
    field<"before">(delimited<"\n">(bytes)), field<"content">(recursive<tree>), field<"after">(delimited<"\n">(bytes)));

TEST_CASE("a codec that contains itself keeps the laws") {
    for (auto wire : {":5\n", "$\2hi", "*0\n", "*2\n:1\n:2\n", "*2\n*1\n*1\n$\1a*0\n", "*3\n:1\n*2\n$\3abc:7\n$\1x"}) CHECK(holds_for_wire<grammar>(wire) == "");
    CHECK(holds_for_random_wire<grammar>() == "");
    CHECK(holds_for_wire<between_lines>("a\n*2\n*1\n$\2xy:1\nb\n") == "");
    CHECK(holds_for_wire<in_a_segment>(std::string_view("\0\x0a*2\n$\2hi:1\n", 12)) == "");
}

TEST_CASE("no way of giving the bytes of nested messages changes them") {
    CHECK(cuts_change_nothing<grammar>("*2\n*2\n$\5hello*1\n:12345\n$\3abc*1\n*1\n*0\n") == "");
    CHECK(cuts_change_nothing<grammar>("*2\n*2\n$\5hello*1\n:12x45\n") == "");
}

std::string nested(std::size_t levels) {
    std::string wire;
    for (std::size_t i = 1; i < levels; ++i) wire += "*1\n";
    return wire + ":1\n";
}

TEST_CASE("as many levels as the limit are legal, and one more fails at its first byte, however they were cut") {
    for (std::size_t levels = 1; levels <= 3; ++levels) CHECK(holds_for_wire<shallow>(nested(levels)) == "");
    CHECK(fails<shallow>(nested(4), errc::too_deep, 9) == "");
    CHECK(cuts_change_nothing<shallow>(nested(4)) == "");
    CHECK(holds_for_wire<grammar>(nested(32)) == "");
    CHECK(fails<grammar>(nested(33), errc::too_deep, 96) == "");
    CHECK(cuts_change_nothing<grammar>(nested(40)) == "");
    CHECK(decode(grammar, nested(33)).error().limit == 32);
    std::string const endless = [] {
        std::string all;
        for (int i = 0; i < 10'000; ++i) all += "*1\n";
        return all;
    }();
    CHECK(decode(grammar, endless).error().code == errc::too_deep);
}

TEST_CASE("a value deeper than its limit is refused on encode") {
    tree deep{1};
    for (int i = 0; i < 3; ++i) deep = tree{std::vector<tree>{deep}};
    CHECK(is_refused(shallow, deep, errc::too_deep) == "");
    CHECK(holds_for_value<grammar>(deep) == "");
}

TEST_CASE("views of a nested message that is cut follow their bytes") {
    decoder<grammar> in;
    std::string const first = "*2\n*1\n$\5hello", rest = "$\5world";
    {
        std::string const lent = first;
        in.feed(lent);
        REQUIRE(in.next().kind() == kind::need);
    }
    in.feed(rest);
    auto const e = in.next();
    REQUIRE(e.kind() == kind::message);
    auto const& list = std::get<2>(e->is);
    CHECK(std::get<1>(std::get<2>(list[0].is)[0].is) == "hello");
    CHECK(std::get<1>(list[1].is) == "world");
    CHECK(own(*e)->is.index() == 2);
}

TEST_CASE("an idle decoder holds nothing of the levels that it was suspended in") {
    decoder<grammar> in;
    std::string const cut = nested(20);
    in.feed(std::string_view(cut).substr(0, cut.size() - 1));
    CHECK(in.next().kind() == kind::need);
    in.keep();
    CHECK(in.heap() != 0);
    in.feed("\n");
    CHECK(in.next().kind() == kind::message);
    CHECK(in.next().kind() == kind::need);
    CHECK(in.heap() == 0);
}

TEST_CASE("its state is a byte, and its description ends") {
    static_assert(sizeof(state_of<decltype(recursive<tree>)>) == 1);
    description d;
    grammar.describe(d);
    std::size_t named = 0;
    for (node const& n : d.nodes()) named += n.what == shape::recursive;
    CHECK(named == 2);
}

}  // namespace recursive_test
