#include "segue/message/repeat_to_end.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

struct words {
    BOOST_HANA_DEFINE_STRUCT(words, (std::uint8_t, kind), (std::vector<std::string_view>, items));
};
inline constexpr auto word = length_prefixed(u8, text).max<9>();
inline constexpr auto in_a_segment =
    length_prefixed(u8, record<words>(field<"kind">(u8), field<"items">(repeat_to_end(word).max<3, "words">())));
inline constexpr auto to_the_end = record<words>(field<"kind">(u8), field<"items">(repeat_to_end(word)));

static_assert(in_a_segment.bounds() == size_bound{2, 32});

TEST_CASE("items to the end keep the laws, of a segment and of the input") {
    CHECK(holds_for_random_values<in_a_segment>() == "");
    CHECK(cuts_change_nothing<to_the_end>("\7\1a\2bc"sv) == "");
    CHECK(reads_back<to_the_end>("\7\1a\2bc"sv) == "");
    CHECK(reads_back<to_the_end>("\7") == "");
    CHECK(holds_for_wire<in_a_segment>("\6\7\1a\2bc"sv) == "");
    CHECK(holds_for_random_wire<in_a_segment>() == "");
    CHECK(holds_for_random_wire<to_the_end>() == "");
}

TEST_CASE("an item that the end cuts off is an error, and one too many") {
    CHECK(fails<in_a_segment>("\5\7\1a\2b"sv, errc::segment_too_short, 6) == "");
    CHECK(fails<to_the_end>("\7\1a\2b"sv, errc::truncated, 5) == "");
    CHECK(holds_for_wire<in_a_segment>("\7\7\1a\1b\1c"sv) == "");
    CHECK(fails<in_a_segment>("\x09\7\1a\1b\1c\1d"sv, errc::too_many, 8) == "");
    CHECK(is_refused(in_a_segment, words{7, {"a", "b", "c", "d"}}, errc::too_many) == "");
    CHECK(render(decode(in_a_segment, "\6\7\1a\2b\xff"sv).error()).find("not_utf8 at 6 in .items[1]") != std::string::npos);
}

}  // namespace
