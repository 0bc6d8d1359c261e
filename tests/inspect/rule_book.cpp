#include "segue/inspect/rule_book.hpp"

#include "catch.hpp"

using namespace segue;
using namespace segue::syntax;

namespace {

std::vector<std::string> names_of(rules const& all) {
    std::vector<std::string> result;
    for (rule const& r : all) result.push_back(r.name);
    return result;
}

}  // namespace

TEST_CASE("rule_book: names are letters, digits and hyphens, a letter first") {
    CHECK(rule_name("http1.request") == "http1-request");
    CHECK(rule_name("u16_be") == "u16-be");
    CHECK(rule_name("2nd") == "x2nd");
    CHECK(rule_name("_a__b_") == "a-b");
    CHECK(rule_name("\xff") == "x");
    CHECK(rule_name("") == "x");
}

TEST_CASE("rule_book: parents stand before their parts") {
    rule_book book;
    book.define("all", {}, true, [&] {
        return sequence({book.define("first", {}, true, [] { return text("1"); }), book.define("second", {}, true, [] { return text("2"); })});
    });
    CHECK(names_of(book.finish()) == std::vector<std::string>{"all", "first", "second"});
}

TEST_CASE("rule_book: what says the same under the same name is one rule, else the owner's name goes before it") {
    rule_book book;
    auto const version = [&](std::string_view end, std::string_view note = "") {
        return book.define("version", "response", true, [&] {
            book.note(std::string(note));
            return text(end);
        });
    };
    CHECK(version("1") == named("version"));
    CHECK(version("1") == named("version"));
    CHECK(version("2") == named("response-version"));
    CHECK(version("2") == named("response-version"));
    CHECK(version("2", "noted") == named("response-version-2"));
    CHECK(book.define("Version", {}, true, [] { return text("x"); }) == named("Version-2"));
    CHECK(book.define("digit", {}, true, [] { return text("x"); }) == named("digit-2"));
    CHECK(names_of(book.finish()).size() == 5);
}

TEST_CASE("rule_book: what is short and not kept stays where it is used, unless there is a note") {
    rule_book book;
    CHECK(book.define("a", {}, false, [] { return text("x"); }) == text("x"));
    CHECK(book.define("b", {}, false, [] { return sequence({named("x"), named("y")}); }) == named("b"));
    CHECK(book.define("c", {}, false, [&] { return book.note("noted"), text("x"); }) == named("c"));
    CHECK(book.define_once("d", text("y")) == named("d"));
    CHECK(book.define_once("e", text("y")) == named("d"));
    CHECK(names_of(book.finish()) == std::vector<std::string>{"b", "c", "d"});
}

TEST_CASE("rule_book: rules that come along keep their names where these are free") {
    rule_book book;
    CHECK(book.define("value", {}, true, [] { return text("x"); }) == named("value"));
    CHECK(book.adopt("list = value *value\nvalue = DIGIT list") == named("list"));
    CHECK(book.adopt("value = %s\"x\"") == named("value"));
    rules const all = book.finish();
    REQUIRE(names_of(all) == std::vector<std::string>{"value", "list", "value-2"});
    CHECK(all[1].body == sequence({named("value-2"), repeated(named("value-2"), 0, unbounded)}));
    CHECK(rule_book().adopt("a = (").what == expression::form::prose);
}

TEST_CASE("rule_book: the rules of UTF-8 are there where they are named") {
    rule_book book;
    book.define("t", {}, true, [] { return named("UTF8-3"); });
    CHECK(names_of(book.finish()) == std::vector<std::string>{"t", "UTF8-3", "UTF8-tail"});
}

TEST_CASE("rule_book: ranges of a set") {
    CHECK(ranges_of({}) == 0);
    CHECK(ranges_of(byte_set::all()) == 1);
    CHECK(ranges_of(byte_set{}.with(0, 3).with("ax").with(255, 255)) == 4);
}
