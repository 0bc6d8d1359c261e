#include "segue/inspect/railroad.hpp"

#include "catch.hpp"
#include "clear_picture.hpp"
#include "random_syntax.hpp"

using namespace segue;
using namespace segue::syntax;

TEST_CASE("railroad: nothing overlaps, whatever the rules") {
    for (std::uint32_t seed = 0; seed < 300; ++seed) {
        random_syntax random(seed);
        drawing::picture const drawn = drawing::railroad({{"first", random.expression(3), {"a note"}}, {"second", random.expression(4)}});
        CAPTURE(seed);
        check_clear(drawn);
    }
}

TEST_CASE("railroad: names are boxes with corners, bytes are round, prose is broken") {
    drawing::picture const drawn = drawing::railroad({{"r", sequence({named("other"), text("\r\n"), prose("what comes"), one_of(~byte_set::of("x"))})}});
    REQUIRE(drawn.boxes.size() == 4);
    CHECK((drawn.boxes[0].shape == drawing::outline::sharp && drawn.boxes[0].text[0].text == "other"));
    CHECK((drawn.boxes[1].shape == drawing::outline::round && drawn.boxes[1].text[0].text == R"("\r\n")"));
    CHECK((drawn.boxes[2].shape == drawing::outline::broken && drawn.boxes[2].text[0].text == "what comes"));
    CHECK(drawn.boxes[3].text[0].text == "any byte but [x]");
}

TEST_CASE("railroad: how often is said where a loop cannot") {
    auto const said = [](std::uint64_t least, std::uint64_t most) {
        drawing::picture const drawn = drawing::railroad({{"r", repeated(named("x"), least, most)}});
        return drawn.labels.size() == 1 ? std::string() : drawn.labels.back().what.text;
    };
    CHECK(said(0, 1).empty());
    CHECK(said(0, unbounded).empty());
    CHECK(said(1, unbounded).empty());
    CHECK(said(2, unbounded) == "2 or more times");
    CHECK(said(4, 4) == "4 times");
    CHECK(said(0, 9) == "at most 9 times");
    CHECK(said(3, 9) == "3 to 9 times");
}

TEST_CASE("railroad: a long sequence goes on in another row") {
    drawing::picture const drawn = drawing::railroad({{"r", sequence(std::vector<expression>(40, named("something")))}});
    CHECK(drawn.width < 1000);
    CHECK(drawn.boxes.front().where.y < drawn.boxes.back().where.y);
    check_clear(drawn);
}
