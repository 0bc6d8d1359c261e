#include "segue/message/alternative.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;

TEST_CASE("an alternative knows its name, its tag and its content; a fallback has no tag") {
    constexpr auto sized = alternative<"sized", "$">(u8);
    static_assert(sized.name.view() == "sized" && sized.tag.view() == "$" && !sized.is_fallback);
    static_assert(fallback<"other">(u8).is_fallback);
    CHECK(decode<limits{}, decltype(choice(sized)), std::variant<std::uint8_t>>(choice(sized), "$\7")->index() == 0);
}

}  // namespace
