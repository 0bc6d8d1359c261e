#include "segue/inspect/syntax.hpp"

#include "catch.hpp"

using namespace segue;
using syntax::expression;

TEST_CASE("syntax: a set of one byte is a text") {
    CHECK(syntax::one_of(byte_set::of("x")) == syntax::text("x"));
    CHECK(syntax::one_of(byte_set::of("xy")).what == expression::form::set);
    CHECK(syntax::one_of(byte_set{}.with(0, 0)) == syntax::text(std::string_view("\0", 1)));
}

TEST_CASE("syntax: sequences are flat, their texts are one, and one part is no sequence") {
    auto const a = syntax::text("a"), b = syntax::text("b"), r = syntax::named("r");
    CHECK(syntax::sequence({a}) == a);
    CHECK(syntax::sequence({a, b}) == syntax::text("ab"));
    CHECK(syntax::sequence({syntax::sequence({a, r}), syntax::sequence({b, a, r})}) == syntax::sequence({a, r, syntax::text("ba"), r}));
    CHECK(syntax::sequence({}) == syntax::text(""));
    CHECK(syntax::sequence({syntax::text(""), r}) == r);
}

TEST_CASE("syntax: neighbours of one byte are one set, and what stands twice stands once") {
    auto const a = syntax::text("a"), b = syntax::text("b"), r = syntax::named("r");
    CHECK(syntax::alternatives({a, b}) == syntax::one_of(byte_set::of("ab")));
    CHECK(syntax::alternatives({r, r}) == r);
    CHECK(syntax::alternatives({a, r, b}).parts.size() == 3);
    CHECK(syntax::alternatives({syntax::alternatives({r, a}), b}) == syntax::alternatives({r, syntax::one_of(byte_set::of("ab"))}));
}

TEST_CASE("syntax: once is no repetition, nor is nothing however often") {
    auto const r = syntax::named("r");
    CHECK(syntax::repeated(r, 1, 1) == r);
    CHECK(syntax::repeated(syntax::text(""), 0, unbounded) == syntax::text(""));
    CHECK(syntax::repeated(r, 0, inherited).most == unbounded);
    CHECK(syntax::maybe(r) == syntax::repeated(r, 0, 1));
}

TEST_CASE("syntax: the names that an expression asks for, in order") {
    std::vector<std::string> names;
    collect_names(syntax::sequence({syntax::named("a"), syntax::maybe(syntax::alternatives({syntax::named("b"), syntax::named("c")}))}), names);
    CHECK(names == std::vector<std::string>{"a", "b", "c"});
}
