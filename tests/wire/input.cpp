#include "segue/wire/input.hpp"

#include <string_view>

#include "catch.hpp"

namespace {

using namespace segue;

TEST_CASE("wanting suspends an open input, and fails at the end of a closed one") {
    error e;
    std::string_view const wire = "abc";
    input open(wire.data(), wire.data() + 3, false, &e, {}, wire.data(), 100);
    CHECK(open.want(2) == step::need_more);
    CHECK(open.need == 2);
    CHECK(!e);
    input closed(wire.data(), wire.data() + 3, true, &e, {}, wire.data(), 100);
    CHECK(closed.want(2) == step::failed);
    CHECK(e.code == errc::truncated);
    CHECK(e.offset == 103);
    auto segment = open.segment(2);
    CHECK(segment.want(1) == step::failed);
    CHECK(e.code == errc::segment_too_short);
    CHECK(e.offset == 102);
}

TEST_CASE("a limit is the element's own, else the driver's, and can be lowered by name") {
    error e;
    constexpr limits small{.element = 10, .adjustable = true};
    lowered_limits lowered;
    CHECK(lowered.lower("line", 5));
    CHECK(lowered.lower("line", 7));
    basic_input<sets<>, small> in(nullptr, nullptr, false, &e, &lowered, nullptr, 0);
    CHECK(in.most<inherited, &limits::element>("element") == 10);
    CHECK(in.most<20, &limits::element>("other") == 20);
    CHECK(in.most<20, &limits::element>("line") == 5);
    CHECK(in.most<3, &limits::element>("line") == 3);
    for (std::size_t i = 0; i < lowered_limits::capacity - 1; ++i) {
        static constexpr std::string_view names = "abcdefghijklmnopqrstuvwxyz";
        CHECK(lowered.lower(names.substr(i, 1), 1));
    }
    CHECK(!lowered.lower("one too many", 1));
}

TEST_CASE("a path is noted from the inside out, and only its innermost places are kept") {
    error e;
    input in(nullptr, nullptr, true, &e, {}, nullptr, 0);
    CHECK(in.want(1) == step::failed);
    for (std::uint32_t i = 0; i < 20; ++i) in.inside({nullptr, i});
    CHECK(e.depth == 20);
    CHECK(e.places() == error::deepest);
    CHECK(e.path[0].index == 0);
    CHECK(e.path[error::deepest - 1].index == error::deepest - 1);
}

}  // namespace
