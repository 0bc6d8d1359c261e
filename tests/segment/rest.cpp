#include "segue/segment/rest.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

struct packet {
    BOOST_HANA_DEFINE_STRUCT(packet, (std::string_view, body), (std::uint16_t, sum));
};
inline constexpr auto to_the_end = record<packet>(field<"body">(all_but<2>(bytes)), field<"sum">(u16_be));
inline constexpr auto in_segment = length_prefixed(u8, to_the_end);
struct all {
    BOOST_HANA_DEFINE_STRUCT(all, (std::uint8_t, tag), (std::string_view, body));
};
inline constexpr auto tail = record<all>(field<"tag">(u8), field<"body">(rest(text).max<4>()));

static_assert(in_segment.bounds() == size_bound{3, 256});
static_assert(decode(to_the_end, "hi\1\2")->sum == 0x102);

TEST_CASE("rest takes all to the end of the input") {
    CHECK(holds_for_wire<tail>("\1abc") == "");
    CHECK(holds_for_wire<tail>("\1abcd") == "");
    CHECK(fails<tail>("\1abcde", errc::too_long, 5) == "");
    CHECK(fails<tail>("\1\xff", errc::not_utf8, 1) == "");
}

TEST_CASE("all_but leaves a trailer of fixed size") {
    CHECK(holds_for_wire<in_segment>("\4hi\1\2") == "");
    CHECK(holds_for_wire<in_segment>("\2\1\2") == "");
    CHECK(fails<in_segment>("\1\1", errc::segment_too_short, 2) == "");
    CHECK(reads_back<to_the_end>("hi\1\2") == "");
    CHECK(cuts_change_nothing<to_the_end>("hi\1\2") == "");
    CHECK(fails<to_the_end>("\1", errc::truncated, 1) == "");
}

}  // namespace
