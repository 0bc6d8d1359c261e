#include "segue/core/refused.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;

TEST_CASE("a grammar that is made at run time and cannot work throws when it is made") {
    std::size_t const none = 0;
    CHECK_THROWS_AS(fixed(none, bytes), std::logic_error);
    CHECK_THROWS_AS(fixed(none + 3, u32_be), std::logic_error);
    CHECK_THROWS_AS(repeat(none, u8), std::logic_error);
    CHECK_THROWS_AS(repeat(3, charset<byte_set::of("a")>.min<0>()), std::logic_error);
    CHECK_THROWS_AS(length_prefixed(varint, bytes).counting_itself(), std::logic_error);
    CHECK_THROWS_AS(length_prefixed(u8, bytes).plus(-1), std::logic_error);
    CHECK(fixed(none + 4, u32_be).bounds() == size_bound{4, 4});
}

}  // namespace
