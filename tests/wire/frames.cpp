#include "segue/wire/frames.hpp"

#include <utility>

#include "catch.hpp"

namespace {

using segue::frames;

struct small {
    int number = 0;
};
struct large {
    char bytes[frames::largest]{};
};

TEST_CASE("frames: the state of each level is found again, whatever order they came in") {
    frames f;
    CHECK(f.heap() == 0);
    f.put(5, small{5});
    f.put(0, large{"outermost"});
    f.put(2, small{2});
    f.put(40, small{40});
    small s;
    f.get(5, s);
    CHECK(s.number == 5);
    f.get(2, s);
    CHECK(s.number == 2);
    f.get(40, s);
    CHECK(s.number == 40);
    large l;
    frames moved = std::move(f);
    moved.get(0, l);
    CHECK(std::string_view(l.bytes) == "outermost");
    moved.release();
    CHECK(moved.heap() == 0);
}

}  // namespace
