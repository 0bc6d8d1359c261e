#include "segue/protocol/instant.hpp"

#include "catch.hpp"

namespace {

using namespace segue;
using namespace std::chrono_literals;

static_assert(!earliest(std::nullopt, std::nullopt));
static_assert(earliest(instant{} + 2s, std::nullopt) == instant{} + 2s);
static_assert(earliest(std::nullopt, instant{} + 2s) == instant{} + 2s);
static_assert(earliest(instant{} + 3s, instant{} + 2s) == instant{} + 2s);

TEST_CASE("instant: a deadline passes when the told time reaches it") {
    deadline d;
    CHECK_FALSE(d.passed());
    d.set(instant{} + 5s);
    d.advance(instant{} + 4s);
    CHECK_FALSE(d.passed());
    d.advance(instant{} + 5s);
    CHECK(d.passed());
    d.clear();
    CHECK_FALSE(d.passed());
}

TEST_CASE("instant: time does not go back") {
    deadline d;
    d.set(instant{} + 5s);
    d.advance(instant{} + 6s);
    d.advance(instant{} + 1s);
    CHECK(d.now() == instant{} + 6s);
    CHECK(d.passed());
}

}  // namespace
