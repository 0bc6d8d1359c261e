#include "segue/message/record_check.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

struct two {
    BOOST_HANA_DEFINE_STRUCT(two, (std::string_view, a), (std::uint16_t, n));
};
inline constexpr auto word = charset<byte_set{}.with('a', 'z')>;
inline constexpr auto apart = record<two>(field<"a">(word), field<"n">(number<std::uint16_t>), literal<".">);

static_assert(segue::detail::index_of_field<"n", decltype(field<"a">(word)), decltype(field<"n">(u8))> == 1);
static_assert(continuation_of<decltype(apart)> == byte_set{});
static_assert(continuation_of<decltype(record<two>(field<"n">(u16_be), field<"a">(word)))> == byte_set{}.with('a', 'z'));

TEST_CASE("neighbours that begin where the other cannot go on keep the laws") {
    CHECK(holds_for_wire<apart>("abc12.") == "");
    CHECK(holds_for_random_wire<apart>() == "");
}

}  // namespace
