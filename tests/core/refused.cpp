#include "segue/core/refused.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;

TEST_CASE("a codec that is made at run time, perhaps from what a peer said, does not throw: it fails to decode") {
    std::size_t const none = 0;
    CHECK(fixed(none, bytes).bounds().fewest == 0);
    CHECK(decode<limits{}, decltype(fixed(none, u32_be)), std::uint32_t>(fixed(none + 3, u32_be), "abc").error().code == errc::segment_too_short);
    CHECK(fixed(none + 4, u32_be).bounds() == size_bound{4, 4});
}

}  // namespace
