#include "segue/inspect/abnf.hpp"

#include "catch.hpp"

using namespace segue;
using namespace segue::syntax;

namespace {

std::string written(expression e) { return abnf({{"r", std::move(e)}}); }

}  // namespace

TEST_CASE("abnf: bytes are strings where they can be read, names where RFC 5234 has one, values elsewhere") {
    CHECK(written(text("HTTP/")) == "r = %s\"HTTP/\"\n");
    CHECK(written(text(": ")) == "r = \": \"\n");
    CHECK(written(text("\r\n")) == "r = CRLF\n");
    CHECK(written(text("a\"b\xff\n")) == "r = %s\"a\" DQUOTE %s\"b\" %xFF LF\n");
    CHECK(written(text(" ")) == "r = SP\n");
    CHECK(written({}) == "r = \"\"\n");
}

TEST_CASE("abnf: sets are ranges, or names if that is shorter") {
    CHECK(written(one_of(byte_set::all())) == "r = OCTET\n");
    CHECK(written(one_of(byte_set{}.with('0', '9').with('A', 'F').with('a', 'f'))) == "r = HEXDIG\n");
    CHECK(written(one_of(byte_set{}.with(0, 8).with("ab*+"))) == "r = %x00-08 / \"*\" / \"+\" / %x61-62\n");
    CHECK(written(one_of(byte_set{}.with('0', '9').with('A', 'Z').with('a', 'z').with("-"))) == "r = DIGIT / ALPHA / \"-\"\n");
    CHECK(written(one_of(byte_set{}.with(0x20, 0x7e))) == "r = %x20-7E\n");
}

TEST_CASE("abnf: counts stand before one thing") {
    CHECK(written(repeated(named("x"), 0, unbounded)) == "r = *x\n");
    CHECK(written(repeated(named("x"), 1, unbounded)) == "r = 1*x\n");
    CHECK(written(repeated(named("x"), 0, 9)) == "r = *9x\n");
    CHECK(written(repeated(named("x"), 4, 4)) == "r = 4x\n");
    CHECK(written(repeated(sequence({named("x"), named("y")}), 2, 3)) == "r = 2*3(x y)\n");
    CHECK(written(repeated(repeated(named("x"), 2, 2), 3, 3)) == "r = 3(2x)\n");
    CHECK(written(maybe(alternatives({named("x"), named("y")}))) == "r = [x / y]\n");
    CHECK(written(sequence({named("x"), alternatives({named("y"), prose("z")})})) == "r = x (y / <z>)\n");
    CHECK(written(repeated(one_of(byte_set::of("ac")), 0, unbounded)) == "r = *(%s\"a\" / %s\"c\")\n");
}

TEST_CASE("abnf: notes are comments, long lines go on below their beginning") {
    CHECK(abnf({{"a", named("b"), {"first", "second"}}}) == "a = b\n    ; first\n    ; second\n");
    std::vector<expression> many(30, named("something"));
    std::string const long_rule = written(sequence(many));
    CHECK(long_rule.find("\n    something") != std::string::npos);
    for (std::size_t from = 0; from < long_rule.size(); from = long_rule.find('\n', from) + 1) CHECK(long_rule.find('\n', from) - from <= 100);
}
