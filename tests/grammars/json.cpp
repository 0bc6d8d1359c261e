#include "segue/json/json.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "catch.hpp"
#include "segue/testing/laws.hpp"

namespace json_test {

using namespace segue;

struct point {
    BOOST_HANA_DEFINE_STRUCT(point, (std::int32_t, x), (std::optional<std::string>, label));
    friend bool operator==(point const&, point const&) = default;
};
struct drawing {
    BOOST_HANA_DEFINE_STRUCT(drawing, (std::string, name), (std::vector<point>, points));
};

template <class T>
std::string refusal(std::string_view text) {
    json::document document;
    if (json::problem const p = document.parse(text)) return "not JSON: " + p.sentence();
    T value{};
    json::problem const p = json::read(document.root(), value);
    return p ? std::string(name_of(p.code)) + ": " + p.sentence() : "";
}
template <class T>
T value_of_text(std::string_view text) {
    json::document document;
    json::problem p = document.parse(text);
    T value{};
    if (!p) p = json::read(document.root(), value);
    if (p) FAIL(p.sentence());
    return value;
}
template <class T>
std::string text_of(T const& value) {
    std::string text = "before";
    if (error const e = json::write(value, text)) return std::string(name_of(e.code)) + text.substr(6);
    return text.substr(6);
}

TEST_CASE("json: each place of a document knows its own text") {
    json::document d;
    std::string_view const text = R"( { "a" : [ 1 , -2.5e3 ,true,null ] ,"b\n\"\u0041/~":{ "c" : "" , "\u00e9" : "x\\" } } )";
    REQUIRE_FALSE(d.parse(text));
    json::ref const root = d.root();
    CHECK(root.raw() == text.substr(1, text.size() - 2));
    CHECK(root.size() == 2);
    json::ref const a = root.member("a");
    CHECK(a.raw() == "[ 1 , -2.5e3 ,true,null ]");
    std::vector<std::string> raws, pointers;
    for (json::ref const item : a.elements()) {
        raws.emplace_back(item.raw());
        pointers.push_back(item.pointer());
    }
    CHECK(raws == std::vector<std::string>{"1", "-2.5e3", "true", "null"});
    CHECK(pointers == std::vector<std::string>{"/a/0", "/a/1", "/a/2", "/a/3"});
    json::ref const b = root.member("b\n\"A/~");
    REQUIRE(b);
    CHECK(b.raw() == R"({ "c" : "" , "\u00e9" : "x\\" })");
    CHECK(b.member("c").string() == "");
    CHECK(b.member("\xc3\xa9").string() == "x\\");
    CHECK(b.member("\xc3\xa9").raw() == R"("x\\")");
    CHECK(b.member("\xc3\xa9").pointer() == "/b\n\"A~1~0/\xc3\xa9");
    CHECK_FALSE(b.member("nothing"));
}

TEST_CASE("json: what does not fit is refused with its place") {
    CHECK(refusal<drawing>(R"({"name":"a","points":[]})") == "");
    CHECK(refusal<drawing>(R"({"points":[]})") == "requirement: expected this member at /name");
    CHECK(refusal<drawing>(R"({"name":"a","points":[{"x":1},{}]})") == "requirement: expected this member at /points/1/x");
    CHECK(refusal<drawing>(R"({"name":"a","name":"a","points":[]})") == "contradiction: expected each member only once at /name");
    CHECK(refusal<drawing>(R"({"name":"a","points":[],"~/":0})") == "unknown_tag: expected a member of a known name at /~0~1");
    CHECK(refusal<drawing>(R"({"name":1,"points":[]})") == "mismatch: expected a string at /name");
    CHECK(refusal<drawing>(R"({"name":"","points":[{"x":1.5}]})") == "mismatch: expected a number without fraction and exponent at /points/0/x");
    CHECK(refusal<drawing>(R"({"name":"","points":[{"x":2147483648}]})") == "out_of_range: expected a number that fits its type at /points/0/x");
    CHECK(refusal<drawing>(R"({"name":"","points":[{"x":1,"label":0}]})") == "mismatch: expected a string at /points/0/label");
    CHECK(refusal<std::map<std::string, int>>(R"({"a":1,"\u0061":2})") == "contradiction: expected each member only once at /a");
    CHECK(refusal<std::array<int, 2>>("[1]") == "wrong_size: expected an array of the right number of elements at byte 0");
    CHECK(refusal<double>("1e999") == "out_of_range: expected a number that fits its type at byte 0");
    CHECK(refusal<unsigned>("-1") == "out_of_range: expected a number that fits its type at byte 0");
}

TEST_CASE("json: a value comes back from its text") {
    CHECK(text_of(value_of_text<json::value>(R"({"b":[1,-2,18446744073709551616,2.50,null,true,"\u0000\"\\\n"],"a":{},"a":[]})")) ==
          R"({"b":[1,-2,18446744073709551616,2.50,null,true,"\u0000\"\\\n"],"a":{},"a":[]})");
    CHECK(text_of(value_of_text<std::tuple<int, std::string, std::pair<bool, std::nullptr_t>>>(R"([1,"a",[false,null]])")) == R"([1,"a",[false,null]])");
    CHECK(text_of(value_of_text<std::vector<point>>(R"([{"x":1,"label":null},{"label":"l","x":2}])")) == R"([{"x":1},{"x":2,"label":"l"}])");
    CHECK(text_of(value_of_text<std::uint64_t>("18446744073709551615")) == "18446744073709551615");
    CHECK(text_of(value_of_text<double>("0.1")) == "0.1");
    CHECK(text_of(value_of_text<std::variant<std::nullptr_t, std::int64_t, std::string>>("\"id\"")) == "\"id\"");
    CHECK(text_of(value_of_text<std::vector<bool>>("[true,false]")) == "[true,false]");
    using optional_raw = std::optional<json::raw>;
    CHECK(text_of(optional_raw{json::raw{" "}}) == "requirement");
    CHECK(text_of(json::raw{R"({"a":[1]})"}) == R"({"a":[1]})");
}

TEST_CASE("json: minus zero keeps its sign where there is one") {
    CHECK(text_of(value_of_text<json::value>("-0")) == "-0");
    CHECK(value_of_text<int>("-0") == 0);
    CHECK(value_of_text<unsigned>("-0") == 0);
    CHECK(std::signbit(value_of_text<double>("-0")));
}

TEST_CASE("json: null and nothing are told apart where null is a value") {
    CHECK(value_of_text<std::optional<json::value>>("null") == std::optional<json::value>(json::value()));
    CHECK(value_of_text<std::optional<int>>("null") == std::nullopt);
    CHECK(text_of(std::vector<std::optional<int>>{1, std::nullopt}) == "[1,null]");
}

TEST_CASE("json: a text is refused deeper, longer or wronger than RFC 8259 and the limits allow") {
    json::document d({.depth = 3, .size = 20});
    CHECK_FALSE(d.parse("[[[1]]]"));
    CHECK(d.parse("[[[[1]]]]").code == errc::too_deep);
    CHECK(d.parse("[[[[1]]]]").offset == 3);
    CHECK(d.parse("\"123456789012345678 \"").code == errc::too_long);
    CHECK_FALSE(d.root());
    CHECK(d.parse(std::string(20, '[')).code == errc::too_deep);
    json::document deep({.depth = 1'000'000});
    CHECK_FALSE(deep.parse(std::string(1000, '[') + std::string(1000, ']')));
    CHECK(deep.parse(std::string(1001, '[') + std::string(1001, ']')).code == errc::too_deep);
    for (std::string_view const bad : {"", " ", "\xef\xbb\xbf[]", "[1]x", "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "\"\\ud800\"",
                                       "\"\\udc00\"", "\"\\ud800\\ud800\"", "\"\n\"", "nul", "[1,]", "{\"a\"}", "01", "1.", ".5", "+1", "NaN"})
        CHECK(d.parse(bad));
    CHECK(d.parse(std::string_view("\"\0\"", 3)));
    CHECK_FALSE(d.parse("\"\\u0000\\ud834\\udd1e\""));
    CHECK(d.root().string() == std::string_view("\0\xf0\x9d\x84\x9e", 5));
}

TEST_CASE("json: what could not be read back is not written") {
    CHECK(text_of(std::numeric_limits<double>::infinity()) == "out_of_range");
    CHECK(text_of(std::numeric_limits<double>::quiet_NaN()) == "out_of_range");
    CHECK(text_of(std::string("\xff")) == "not_utf8");
    CHECK(text_of(json::value(json::value::number{"01"})) == "requirement");
    CHECK(text_of(json::raw{"[1,]"}) == "requirement");
    CHECK(text_of(json::raw{"[1]\n[2]"}) == "requirement");
}

}  // namespace json_test
