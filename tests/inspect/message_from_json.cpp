#include "segue/inspect/message_from_json.hpp"

#include <array>
#include <limits>
#include <span>
#include <string>
#include <utility>

#include "catch.hpp"
#include "grammar_of_all.hpp"
#include "segue/inspect/message_json.hpp"

using namespace segue;

namespace {

using four = std::array<char, 4>;
using pair_of = std::array<int, 2>;

struct leaf {
    BOOST_HANA_DEFINE_STRUCT(leaf,
        (std::uint8_t, small),
        (std::string_view, view),
        (four, magic),
        (std::optional<double>, ratio));
};
struct tree {
    BOOST_HANA_DEFINE_STRUCT(tree, (std::vector<leaf>, leaves), (pair_of, two), (all_of_it::scalar, any), (bool, on),
                             (nothing, none));
};

std::string const good_leaf = R"({"small":1,"view":"v","magic":"abcd","ratio":null})";

std::string tree_with(std::string const& one_leaf,
                      std::string const& rest = R"("two":[1,2],"any":{"0":3},"on":true,"none":null)") {
    return R"({"leaves":[)" + good_leaf + "," + one_leaf + "]," + rest + "}";
}

struct refusal {
    std::string line, pointer, message;
};

}  // namespace

TEST_CASE("message_from_json: what is wrong has its place as a JSON Pointer") {
    std::string const unique = R"("small":1,"view":"v","magic":"abcd")";
    std::string const bytes_wanted = "expected a string or {\"base64\": ...}";
    refusal const table[] = {
        {"[]", "", "expected an object"},
        {"{", "", "not JSON: incomplete JSON at column 2"},
        {tree_with("{" + unique + "}"), "/leaves/1/ratio", "this member is missing"},
        {tree_with("{" + unique + R"(,"ratio":1,"a/b~":2})"), "/leaves/1/a~1b~0", "there is no member of this name"},
        {tree_with("{" + unique + R"(,"ratio":1,"@":2})"), "/leaves/1/@", "there is no member of this name"},
        {tree_with("{" + unique + R"(,"ratio":1,"small":1})"), "/leaves/1/small", "this member is given twice"},
        {tree_with(R"({"small":256})"), "/leaves/1/small", "expected an integer from 0 to 255"},
        {tree_with(R"({"small":-1})"), "/leaves/1/small", "expected an integer from 0 to 255"},
        {tree_with(R"({"small":1.0})"), "/leaves/1/small", "expected an integer from 0 to 255"},
        {tree_with(R"({"small":1e2})"), "/leaves/1/small", "expected an integer from 0 to 255"},
        {tree_with(R"({"small":"1 "})"), "/leaves/1/small", "expected an integer from 0 to 255"},
        {tree_with(R"({"small":""})"), "/leaves/1/small", "expected an integer from 0 to 255"},
        {tree_with(R"({"small":true})"), "/leaves/1/small", "expected an integer from 0 to 255"},
        {tree_with(R"({"small":99999999999999999999})"), "/leaves/1/small", "expected an integer from 0 to 255"},
        {tree_with(R"({"view":5})"), "/leaves/1/view", bytes_wanted},
        {tree_with(R"({"view":null})"), "/leaves/1/view", bytes_wanted},
        {tree_with(R"({"view":{"base64":5}})"), "/leaves/1/view", bytes_wanted},
        {tree_with(R"({"view":{"base64":"AA==","more":1}})"), "/leaves/1/view", bytes_wanted},
        {tree_with(R"({"view":{"base64":"AB=="}})"), "/leaves/1/view/base64", "expected base64 with its padding"},
        {tree_with(R"({"magic":"abc"})"), "/leaves/1/magic", "expected exactly 4 bytes"},
        {tree_with(R"({"ratio":"nan"})"), "/leaves/1/ratio", "expected a number, \"NaN\", \"Infinity\" or \"-Infinity\""},
        {tree_with(R"({"ratio":1e999})"), "/leaves/1/ratio", "expected a number in the range of its type"},
        {tree_with(R"({"ratio":[]})"), "/leaves/1/ratio", "expected a number in the range of its type"},
        {tree_with(good_leaf, R"("two":[1,"x"])"), "/two/1", "expected an integer from -2147483648 to 2147483647"},
        {tree_with(good_leaf, R"("two":[1])"), "/two", "expected an array of exactly 2"},
        {tree_with(good_leaf, R"("two":{})"), "/two", "expected an array"},
        {tree_with(good_leaf, R"("any":{"2":3})"), "/any/2", "expected one of: 0, 1"},
        {tree_with(good_leaf, R"("any":{"0":"x"})"), "/any/0", "expected an integer from 0 to 4294967295"},
        {tree_with(good_leaf, R"("any":{})"), "/any", "expected an object with one member, one of: 0, 1"},
        {tree_with(good_leaf, R"("any":{"0":1,"0":1})"), "/any", "expected an object with one member, one of: 0, 1"},
        {tree_with(good_leaf, R"("on":1)"), "/on", "expected true or false"},
        {tree_with(good_leaf, R"("none":0)"), "/none", "expected null"},
    };
    for (auto const& [line, pointer, message] : table) {
        CAPTURE(line);
        parsed_message<tree> to;
        json_error const e = message_from_json(line, to);
        CHECK(e.pointer == pointer);
        CHECK(e.message == message);
    }
}

TEST_CASE("message_from_json: members may come in any order, and the offsets of decode are ignored") {
    parsed_message<all_of_it::point> to;
    REQUIRE_FALSE(message_from_json(R"( { "y" : "-5", "@":{"offset":0,"size":1}, "x":4 } )", to));
    CHECK(to.value == all_of_it::point{4, -5});
    parsed_message<all_of_it::scalar> choice;
    REQUIRE_FALSE(message_from_json(R"({"0":1,"@":{"offset":0,"size":1}})", choice));
    CHECK(choice.value == all_of_it::scalar{std::uint32_t{1}});
}

TEST_CASE("message_from_json: alternatives are read by the names of their grammar") {
    description d;
    all_of_it::scalar_grammar.describe(d);
    guide const along = guide_for<all_of_it::scalar>(d);
    parsed_message<all_of_it::scalar> to;
    REQUIRE_FALSE(message_from_json(R"({"text":"x"})", to, along));
    CHECK(to.value == all_of_it::scalar{"x"});
    CHECK(message_from_json(R"({"1":"x"})", to, along).message == "expected one of: number, text");
}

TEST_CASE("message_from_json: views live as long as the message, also when it moves") {
    parsed_message<leaf> to;
    {
        std::string const line =
            R"({"small":1,"view":"a view of some thirty characters or so","magic":{"base64":"/wAAYQ=="},"ratio":0.5})";
        REQUIRE_FALSE(message_from_json(line, to));
    }
    parsed_message<leaf> const moved = std::move(to);
    CHECK(moved.value.view == "a view of some thirty characters or so");
    CHECK(moved.value.magic == four{'\xff', '\0', '\0', 'a'});
    CHECK(moved.value.ratio == 0.5);
}

TEST_CASE("message_from_json: the same place takes one message after the other") {
    parsed_message<std::vector<std::string_view>> to;
    REQUIRE_FALSE(message_from_json(R"({"value":["one","two"]})", to));
    REQUIRE_FALSE(message_from_json(R"({"value":["three"]})", to));
    CHECK(to.value == std::vector<std::string_view>{"three"});
    CHECK(to.bytes.size() == 1);
}
