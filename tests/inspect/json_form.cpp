#include "segue/inspect/json_form.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <list>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "catch.hpp"
#include "grammar_of_all.hpp"
#include "segue/inspect/message_from_json.hpp"
#include "segue/inspect/message_json.hpp"

namespace {

struct celsius {
    double degrees = 0;
};

}  // namespace

template <>
struct segue::json_form<celsius> {
    static void write(json_writer& out, celsius const& v) {
        out.string(std::to_string(static_cast<int>(v.degrees)) + " C");
    }
    static bool read(json_value const& from, celsius& v) {
        if (!from.text.ends_with(" C")) return false;
        v.degrees = std::stoi(from.text);
        return true;
    }
};

using namespace segue;

namespace {

template <class V>
struct one {
    BOOST_HANA_DEFINE_STRUCT(one, (V, v));
};

// A value has this form, and the form gives the value again.
template <class V>
void check_form(V const& value, std::string const& form) {
    std::string const line = "{\"v\":" + form + "}";
    CHECK(message_json(one<V>{value}) == line);
    parsed_message<one<V>> back;
    json_error const e = message_from_json(line, back);
    CAPTURE(line, e.pointer, e.message);
    CHECK_FALSE(e);
    CHECK(message_json(back.value) == line);
}

enum class level : std::int16_t { low = -7 };
enum class wide : std::uint64_t { top = std::numeric_limits<std::uint64_t>::max() };

}  // namespace

TEST_CASE("json_form: integers and enumerations") {
    check_form(true, "true");
    check_form(false, "false");
    check_form(std::uint8_t{255}, "255");
    check_form(std::int8_t{-128}, "-128");
    check_form('a', "97");
    check_form(std::int64_t{9007199254740992}, "9007199254740992");
    check_form(std::int64_t{-9007199254740993}, "\"-9007199254740993\"");
    check_form(std::numeric_limits<std::uint64_t>::max(), "\"18446744073709551615\"");
    check_form(level::low, "-7");
    check_form(wide::top, "\"18446744073709551615\"");
}

TEST_CASE("json_form: floating numbers") {
    check_form(0.1, "0.1");
    check_form(0.1f, "0.1");
    check_form(-0.0, "-0");
    check_form(1e300, "1e+300");
    check_form(std::numeric_limits<double>::denorm_min(), "5e-324");
    check_form(std::numeric_limits<double>::quiet_NaN(), "\"NaN\"");
    check_form(-std::numeric_limits<float>::quiet_NaN(), "\"NaN ffc00000\"");
    check_form(std::bit_cast<float>(0x7f800001U), "\"NaN 7f800001\"");
    check_form(std::bit_cast<double>(0x7ff8000000000007U), "\"NaN 7ff8000000000007\"");
    check_form(std::numeric_limits<double>::infinity(), "\"Infinity\"");
    check_form(-std::numeric_limits<float>::infinity(), "\"-Infinity\"");
}

TEST_CASE("json_form: text and bytes in every kind of member") {
    std::string const raw("\xff\0a", 3);
    std::string const coded = R"({"base64":"/wBh"})";
    check_form(std::string("a\"\n"), R"("a\"\n")");
    check_form(raw, coded);
    check_form(std::string_view("caf\xc3\xa9"), "\"caf\xc3\xa9\"");
    check_form(std::string_view(raw), coded);
    check_form(std::vector<char>{'h', 'i'}, "\"hi\"");
    check_form(std::vector<unsigned char>{255, 0, 'a'}, coded);
    check_form(std::vector<std::byte>{std::byte{255}, std::byte{0}, std::byte{'a'}}, coded);
    check_form(std::span<char const>(raw.data(), raw.size()), coded);
    check_form(std::array<char, 3>{'\xff', '\0', 'a'}, coded);
    check_form(std::string(), "\"\"");
}

TEST_CASE("json_form: variants, optionals, containers") {
    using either = std::variant<nothing, std::uint32_t, std::vector<std::string>>;
    check_form(either{}, R"({"0":null})");
    check_form(either{std::uint32_t{7}}, R"({"1":7})");
    check_form(either{std::vector<std::string>{"a", "b"}}, R"({"2":["a","b"]})");
    check_form(std::optional<int>{}, "null");
    check_form(std::optional<int>{0}, "0");
    check_form(std::optional<nothing>{}, "null");
    check_form(std::optional<nothing>{nothing{}}, "[null]");
    check_form(std::optional<std::optional<int>>{std::optional<int>{}}, "[null]");
    check_form(std::optional<std::optional<int>>{std::optional<int>{3}}, "[3]");
    check_form(std::vector<int>{}, "[]");
    check_form(std::vector<std::optional<either>>{either{}, std::nullopt}, R"([{"0":null},null])");
    check_form(std::array<int, 3>{1, 2, 3}, "[1,2,3]");
    check_form(std::deque<one<int>>{{1}, {2}}, R"([{"v":1},{"v":2}])");
    check_form(std::list<int>{1, 2}, "[1,2]");
    check_form(nothing{}, "null");
    check_form(std::monostate{}, "null");
    check_form(streamed_bytes{}, "null");
    check_form(streamed_bytes{5}, "5");
}

TEST_CASE("json_form: a type may have a form of its own") {
    check_form(celsius{21}, "\"21 C\"");
    parsed_message<one<celsius>> back;
    CHECK(message_from_json(R"({"v":"21 F"})", back).message == "not a value of this type");
}

TEST_CASE("json_form: a message that is no object stands under value") {
    CHECK(message_json(std::uint16_t{5}) == R"({"value":5})");
    CHECK(message_json(std::vector<int>{1}) == R"({"value":[1]})");
    parsed_message<std::vector<int>> back;
    REQUIRE_FALSE(message_from_json(R"({"value":[4,5],"@":{}})", back));
    CHECK(back.value == std::vector<int>{4, 5});
    CHECK(message_from_json("[4]", back).message == "expected an object with one member: value");
    CHECK(message_from_json(R"({"value":["x"]})", back).pointer == "/value/0");
}

namespace {

class random_messages {
public:
    all_of_it::message next() {
        all_of_it::message m;
        m.kind = static_cast<std::uint8_t>(random_() % 4);
        m.id = random_() >> (random_() % 64);
        m.tint = static_cast<all_of_it::color>(random_() % 256);
        for (std::size_t n = random_() % 4; n > 0; --n) m.scalars.push_back(scalar());
        if (m.kind == 0) m.payload = static_cast<std::uint16_t>(random_());
        else m.payload = all_of_it::point{static_cast<std::uint8_t>(random_()), static_cast<std::int8_t>(random_())};
        if (m.kind > 1) m.extra = scalar();
        m.name = "a" + letters(random_() % 9);
        for (std::size_t n = random_() % 4; n > 0; --n) m.words.push_back(letters(1 + random_() % 4));
        return m;
    }

private:
    std::string letters(std::size_t n) {
        std::string result(n, ' ');
        for (char& c : result) c = static_cast<char>('a' + random_() % 26);
        return result;
    }
    all_of_it::scalar scalar() {
        if (random_() % 2 == 0) return static_cast<std::uint32_t>(random_());
        return letters(random_() % 5) + (random_() % 2 == 0 ? "\xc3\xa9\n" : "\\\"");
    }
    std::mt19937_64 random_{1};
};

}  // namespace

TEST_CASE("json_form: wire to message to JSON to message to wire is the identity") {
    description d;
    all_of_it::grammar.describe(d);
    guide const along = guide_for<all_of_it::message>(d);
    random_messages random;
    for (int i = 0; i < 500; ++i) {
        all_of_it::message const m = random.next();
        std::string wire;
        REQUIRE(encode(all_of_it::grammar, m, wire));
        std::string const line = message_json(m, along);
        CAPTURE(line);
        parsed_message<all_of_it::message> back;
        json_error const e = message_from_json(line, back, along);
        CAPTURE(e.pointer, e.message);
        REQUIRE_FALSE(e);
        CHECK(back.value == m);
        std::string again;
        REQUIRE(encode(all_of_it::grammar, back.value, again));
        CHECK(again == wire);
    }
}
