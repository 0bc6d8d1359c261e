#include "segue/inspect/message_json.hpp"

#include <string>

#include "catch.hpp"
#include "grammar_of_all.hpp"

using namespace segue;

TEST_CASE("message_json: members in order, alternatives by name") {
    description d;
    all_of_it::grammar.describe(d);
    guide const along = guide_for<all_of_it::message>(d);
    all_of_it::message m;
    m.kind = 2;
    m.id = 1;
    m.tint = all_of_it::color::green;
    m.scalars = {std::uint32_t{5}, "x"};
    m.payload = all_of_it::point{1, -1};
    m.extra = all_of_it::scalar{"\xff"};
    m.name = "n";
    m.words = {"w"};
    CHECK(message_json(m, along) ==
          R"({"kind":2,"id":1,"tint":1,"scalars":[{"number":5},{"text":"x"}],"payload":{"1":{"x":1,"y":-1}},)"
          R"("extra":{"text":{"base64":"/w=="}},"name":"n","words":["w"]})");
    m.extra.reset();
    m.scalars.clear();
    CHECK(
        message_json(m, along) ==
        R"({"kind":2,"id":1,"tint":1,"scalars":[],"payload":{"1":{"x":1,"y":-1}},"extra":null,"name":"n","words":["w"]})");
}

TEST_CASE("message_json: without a guide alternatives have their index") {
    CHECK(message_json(all_of_it::scalar{std::uint32_t{5}}) == R"({"0":5})");
}

TEST_CASE("message_json: messages one after the other are lines") {
    json_writer out;
    write_message(out, all_of_it::point{1, 2}, {});
    out.text += '\n';
    write_message(out, all_of_it::point{3, 4}, {});
    CHECK(out.text == "{\"x\":1,\"y\":2}\n{\"x\":3,\"y\":4}");
}
