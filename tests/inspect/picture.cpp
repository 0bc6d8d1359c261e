#include "segue/inspect/picture.hpp"

#include "catch.hpp"

using namespace segue::drawing;

TEST_CASE("picture: text is wrapped between words, and within one that is too long") {
    auto const lines = [](std::string_view text, int columns) {
        std::vector<std::string> result;
        for (phrase const& p : wrapped(text, columns * advance(lettering::plain), lettering::plain)) result.push_back(p.text);
        return result;
    };
    using texts = std::vector<std::string>;
    CHECK(lines("one two three", 7) == texts{"one two", "three"});
    CHECK(lines("one two three", 6) == texts{"one", "two", "three"});
    CHECK(lines("abcdefgh ij", 3) == texts{"abc", "def", "gh", "ij"});
    CHECK(lines("abc", 0) == texts{"a", "b", "c"});
    CHECK(lines("\xc3\xa9\n", 20) == texts{"\\xc3\\xa9\\n"});
    CHECK(lines("", 5).empty());
}

TEST_CASE("picture: a box is as large as its text wants") {
    box const b = box::around({{"a longer line", lettering::small}, {"short"}}, outline::round);
    CHECK(b.where.width == 13 * advance(lettering::small) + 2 * box::margin);
    CHECK(b.where.height == line_height(lettering::small) + line_height(lettering::plain) + box::margin);
}

TEST_CASE("picture: areas that only touch do not meet") {
    area const a{0, 0, 10, 10};
    CHECK_FALSE(a.meets({10, 0, 5, 5}));
    CHECK_FALSE(a.meets({0, 10, 5, 5}));
    CHECK(a.meets({9, 9, 5, 5}));
    CHECK(a.holds({5, 5, 5, 5}));
    CHECK_FALSE(a.holds({5, 5, 6, 5}));
}

TEST_CASE("picture: what is added moves as a whole") {
    picture one;
    one.boxes.push_back({{1, 2, 3, 4}});
    one.labels.push_back({1, 2, {"x"}});
    one.lines.push_back({{{0, 0}, {5, 0}}});
    one.dots.push_back({{7, 8}});
    one.width = 20;
    one.height = 10;
    picture two;
    two.write(5, {"title"});
    int const top = two.height;
    two.add_below(one);
    CHECK((two.width == 5 + 5 * advance(lettering::plain) && two.height == top + 10));
    CHECK((two.boxes[0].where.x == 1 && two.boxes[0].where.y == 2 + top));
    CHECK((two.labels[1].y == 2 + top && two.lines[0].points[1].y == top && two.dots[0].where.y == 8 + top));
}
