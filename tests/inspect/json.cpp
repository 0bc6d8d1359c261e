#include "segue/inspect/json.hpp"

#include <limits>
#include <string>

#include "catch.hpp"

using namespace segue;
using form = json_value::form;

TEST_CASE("json: the writer puts commas where they belong") {
    json_writer out;
    out.begin_object();
    out.key("a");
    out.begin_array();
    out.token("1");
    out.begin_array();
    out.end_array();
    out.begin_object();
    out.end_object();
    out.string("[");
    out.string("{");
    out.token("null");
    out.end_array();
    out.key(":");
    out.string(",");
    out.end_object();
    CHECK(out.text == R"({"a":[1,[],{},"[","{",null],":":","})");
}

TEST_CASE("json: integers are numbers up to 2^53, then strings") {
    auto const text = [](auto n) {
        json_writer out;
        out.integer(n);
        return out.text;
    };
    CHECK(text(std::uint64_t{0}) == "0");
    CHECK(text(std::int64_t{-1}) == "-1");
    CHECK(text(std::uint64_t{9007199254740992}) == "9007199254740992");
    CHECK(text(std::uint64_t{9007199254740993}) == "\"9007199254740993\"");
    CHECK(text(std::int64_t{-9007199254740992}) == "-9007199254740992");
    CHECK(text(std::int64_t{-9007199254740993}) == "\"-9007199254740993\"");
    CHECK(text(std::numeric_limits<std::uint64_t>::max()) == "\"18446744073709551615\"");
    CHECK(text(std::numeric_limits<std::int64_t>::min()) == "\"-9223372036854775808\"");
}

TEST_CASE("json: bytes are a string where they are UTF-8") {
    std::pair<std::string, std::string> const table[] = {{"", R"("")"},
                                                         {"a\"\\/\n\x01", R"("a\"\\/\n\u0001")"},
                                                         {"caf\xc3\xa9", "\"caf\xc3\xa9\""},
                                                         {std::string("\0", 1), R"("\u0000")"},
                                                         {"\xff", R"({"base64":"/w=="})"},
                                                         {"\xed\xa0\x80", R"({"base64":"7aCA"})"}};
    for (auto const& [raw, text] : table) {
        json_writer out;
        out.bytes(raw);
        CHECK(out.text == text);
    }
}

TEST_CASE("json: the reader keeps the digits of numbers, the order of members, and both of two equal ones") {
    json_value v;
    REQUIRE_FALSE(parse_json(
        R"( {"b": 123456789012345678901234567890, "a": [1.50, -0, 1e2, true, null, "\u00e9\n"], "b": {}} )", v));
    REQUIRE(v.what == form::object);
    REQUIRE(v.items.size() == 3);
    CHECK(v.items[0].name == "b");
    CHECK(v.items[0].what == form::number);
    CHECK(v.items[0].text == "123456789012345678901234567890");
    CHECK(v.items[1].name == "a");
    REQUIRE(v.items[1].items.size() == 6);
    CHECK(v.items[1].items[0].text == "1.50");
    CHECK(v.items[1].items[1].text == "-0");
    CHECK(v.items[1].items[2].text == "1e2");
    CHECK(v.items[1].items[3].truth);
    CHECK(v.items[1].items[4].what == form::null);
    CHECK(v.items[1].items[5].text == "\xc3\xa9\n");
    CHECK(v.items[2].name == "b");
    CHECK(v.items[2].what == form::object);
}

TEST_CASE("json: what is not JSON is refused with its column") {
    std::pair<std::string, std::string> const table[] = {
        {"", "column 1"}, {"{\"a\":1,}", "column 8"}, {"01", "column 2"}, {"nul", "column 4"}, {"\"\xff\"", "column 2"},
        {"1 2", "column 3"}, {"{} // no", "column 4"}, {"[1", "column 3"}, {"'a'", "column 1"}};
    for (auto const& [text, column] : table) {
        CAPTURE(text);
        json_value v;
        json_error const e = parse_json(text, v);
        REQUIRE(e);
        CHECK(e.pointer.empty());
        CHECK(e.message.starts_with("not JSON: "));
        CHECK(e.message.ends_with(column));
    }
}

TEST_CASE("json: nesting is limited") {
    json_value v;
    CHECK_FALSE(parse_json(std::string(deepest_json, '[') + std::string(deepest_json, ']'), v));
    CHECK(parse_json(std::string(deepest_json + 1, '[') + std::string(deepest_json + 1, ']'), v));
    CHECK(parse_json(std::string(1'000'000, '['), v));
}
