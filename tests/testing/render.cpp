#include "segue/testing/render.hpp"

#include <map>
#include <utility>

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

struct message {
    BOOST_HANA_DEFINE_STRUCT(message, (int, number), (std::string, text), (std::vector<std::uint8_t>, raw), (std::optional<int>, none), (std::variant<nothing, std::string>, either));
};

TEST_CASE("a value is shown so that different values look different") {
    CHECK(render(message{-7, "a\"\n", {1, 255}, {}, std::string("x")}) == R"({number: -7, text: "a\x22\x0a", raw: "\x01\xff", none: none, either: #1 "x"})");
    CHECK(render(std::optional<int>(3)) == "some 3");
    CHECK(render(std::vector<int>{1, 2}) == "[1, 2]");
    CHECK(render(streamed_bytes{5}) == "streamed 5");
    CHECK(render(std::map<std::string, std::pair<int, bool>>{{"a", {1, true}}}) == R"([("a", (1, 1))])");
}

}  // namespace
