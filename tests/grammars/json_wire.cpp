// JSON inside segments, and texts one after the other.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "allocations.hpp"
#include "catch.hpp"
#include "json_render.hpp"
#include "segue/json/json.hpp"
#include "segue/testing/touch.hpp"
#include "segue/testing/vectors.hpp"

namespace json_wire_test {

using namespace segue;
using namespace segue::testing;

struct call {
    BOOST_HANA_DEFINE_STRUCT(call, (std::string_view, method), (std::optional<std::int32_t>, id), (std::vector<std::string>, params));
};

constexpr auto line = delimited<"\n">(json::text);
constexpr auto prefixed = length_prefixed(u16_be, json::text);
constexpr auto stream = concatenated(json::text);
constexpr limits small{.element = 8, .depth = 2};

std::string frame(std::string_view content) {
    return std::string{static_cast<char>(content.size() >> 8), static_cast<char>(content.size())} += content;
}

TEST_CASE("json: every vector of the stream holds, at every cut and both ways") {
    CHECK(holds_for_vectors<json::grammar>(SEGUE_SOURCE_DIR "/grammars/json/vectors/json.tsv") == "");
}

TEST_CASE("json: on lines, behind lengths and one after the other the laws hold") {
    for (std::string_view const content : {R"({"method":"a","params":[]})", R"({"method":"b","id":-7,"params":["x","\"\n"]})"}) {
        CHECK(holds_for_wire<line, limits{}, call>(std::string(content) + "\n") == "");
        CHECK(holds_for_wire<prefixed, limits{}, call>(frame(content)) == "");
        CHECK(holds_for_wire<stream, limits{}, call>(content) == "");
    }
    CHECK(holds_for_wire<line, limits{}, call>("{\"params\": [] , \"method\":\"a\"}\n", false) == "");
}

TEST_CASE("json: texts without anything between them are told apart as soon as their last byte is there") {
    CHECK(cuts_change_nothing<stream>(" {}[1] 2\n3 null\"a\"true 4.5e1-") == "");
    player<stream> run;
    CHECK(run.give("{}[1]\"a\\\"\"nulltrue").messages == 5);
    CHECK(run.give("12").messages == 5);
    CHECK(run.give("3{").messages == 6);
    CHECK(run.give("} \n\t").messages == 7);
    CHECK(run.close().last == kind::end);
}

TEST_CASE("json: a stream of texts ends within a text only when it is truncated") {
    for (std::string_view const wire : {"{", "[1,", "\"a", "\"a\\", "tru", "-"}) {
        player<stream> run;
        run.give(wire);
        CHECK(run.close().last == kind::failed);
    }
    for (std::string_view const wire : {"", " ", "1", "1 ", "{} ", "\n{}\r\n\r\n"}) {
        player<stream> run;
        run.give(wire);
        CHECK(run.close().last == kind::end);
    }
}

TEST_CASE("json: limits do not depend on the cuts") {
    CHECK(holds_for_wire<stream, small>("\"abcdef\"", true, false) == "");
    CHECK(fails<stream, small>("\"abcdefg\"", errc::too_long, 8) == "");
    CHECK(fails<stream, small>("[[1]]  [[[", errc::too_deep, 9) == "");
    CHECK(fails<stream, small>("12345678901", errc::too_long, 8) == "");
    CHECK(fails<stream, small>("[[1],[1]]", errc::too_long, 8) == "");
    CHECK(fails<line, small>("[[[1]]]\n", errc::too_deep, 2) == "");
    CHECK(fails<prefixed, small>(frame("123456789"), errc::too_long, 0) == "");
}

TEST_CASE("json: an error has the offset of the value and the path to it") {
    error e;
    auto const failure = [&]<auto const& G>(std::string_view wire) {
        decoder<G, limits{}, call> in;
        in.feed(wire);
        in.close();
        CHECK(in.next().kind() == kind::failed);
        return in.error();
    };
    e = failure.operator()<line>("{\"method\":\"a\",\"params\":[\"x\",1]}\n");
    CHECK(e.code == errc::mismatch);
    CHECK(e.offset == 28);
    CHECK(e.places() == 2);
    CHECK(e.path[0].index == 1);
    CHECK(std::string_view(e.path[1].field) == "params");
    e = failure.operator()<prefixed>(frame("{\"method\":\"a\"}"));
    CHECK(e.code == errc::requirement);
    CHECK(std::string_view(e.path[0].field) == "params");
    e = failure.operator()<stream>("{\"method\":\"\\u0061\",\"params\":[]}");
    CHECK(e.code == errc::requirement);
    CHECK(e.offset == 10);
    CHECK(e.expected == "a string without escapes, which a view can show");
}

TEST_CASE("json: fed byte by byte, each byte is looked at once") {
    for (std::string_view const wire : {R"({"a":[1,2,{"b":"c d e f"}],"g":"\\\"\u00e9 { [ "})", R"(["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"])"}) {
        std::size_t const touched = touches<json::value>(stream, wire);
        CHECK(touched != 0);
        CHECK(touched <= 2 * wire.size());
    }
}

struct config {
    BOOST_HANA_DEFINE_STRUCT(config, (std::map<std::string, std::pair<bool, std::string_view>>, all), (json::raw, rest));
};

TEST_CASE("json: views in maps, pairs and raw texts stay right when a message is cut") {
    std::string const wire = "{\"all\":{\"k\":[true,\"view\"]},\"rest\":[1, {}]}";
    for (std::size_t cut = 0; cut <= wire.size(); ++cut) {
        decoder<stream, limits{}, config> in;
        kind k = kind::need;
        for (std::string const& piece : {wire.substr(0, cut), wire.substr(cut)}) {
            auto const own = std::make_unique<std::string>(piece);
            in.feed(*own);
            k = in.next().kind();
            if (k == kind::message) break;
            in.keep();
        }
        REQUIRE(k == kind::message);
    }
    decoder<stream, limits{}, config> in;
    for (std::size_t n = 0; n + 1 < wire.size(); ++n) {
        in.feed(std::string_view(wire).substr(n, 1));
        REQUIRE(in.next().kind() == kind::need);
    }
    in.feed(std::string_view(wire).substr(wire.size() - 1));
    auto const event = in.next();
    REQUIRE(event.kind() == kind::message);
    CHECK(event->all.at("k").second == "view");
    CHECK(event->rest.text == "[1, {}]");
}

TEST_CASE("json: a number is ended by what is written behind it") {
    std::string wire;
    REQUIRE(encode(stream, json::value(1), wire));
    REQUIRE(encode(stream, json::value(2), wire));
    REQUIRE(encode(stream, json::value(true), wire));
    REQUIRE(encode(stream, json::value("x"), wire));
    CHECK(wire == "1\n2\ntrue\"x\"");
    CHECK(cuts_change_nothing<stream>(wire) == "");
}

TEST_CASE("json: a line cannot hold a raw text with a line feed") {
    CHECK(is_refused(line, json::raw{"[1,\n2]"}, errc::delimiter_in_content) == "");
    CHECK(is_refused(line, json::raw{"[1,"}, errc::requirement) == "");
    CHECK(is_refused(line, json::value("\xff"), errc::not_utf8) == "");
}

TEST_CASE("json: what is nested deeper than the codec reads is not written") {
    constexpr auto shallow = json::text.depth<2>();
    using nested = std::vector<std::vector<std::map<std::string, int>>>;
    CHECK(is_refused(shallow, nested{{{{"a", 1}}}}, errc::too_deep) == "");
    CHECK(is_refused(shallow, json::raw{"[[[]]]"}, errc::requirement) == "");
    std::string wire;
    REQUIRE(encode(shallow, std::vector<std::pair<int, int>>{{1, 2}, {3, 4}}, wire));
    CHECK(wire == "[[1,2],[3,4]]");
}

TEST_CASE("json: a small text is read without the heap") {
    std::string const wire = R"({"method":"subtract","id":1,"params":[]})";
    call value;
    std::size_t const before = allocations_so_far();
    auto const got = decode<limits{}, json::text_t<>, call>(json::text, wire);
    CHECK(allocations_so_far() == before);
    CHECK(got->method == "subtract");
}

TEST_CASE("json: a one-shot text may have white space around it") {
    CHECK(decode(json::grammar, " [1] \n")->is == json::value(json::value::array{1}).is);
    CHECK(decode(json::grammar, "[1] [").error().code == errc::trailing_bytes);
}

TEST_CASE("json: random bytes give the same answer at every cut") {
    random_source random(1);
    std::string broken;
    for (int i = 0; i < 300; ++i) {
        std::string wire;
        for (std::size_t n = random() % 24; n != 0; --n) wire += R"([]{}"\,:tru enfalsb0123-.e )"[random() % 27];
        broken += cuts_change_nothing<stream>(wire, 4);
    }
    CHECK(broken == "");
}

}  // namespace json_wire_test
