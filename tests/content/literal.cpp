#include "segue/content/literal.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

struct flag {
    BOOST_HANA_DEFINE_STRUCT(flag, (std::uint8_t, value));
};
inline constexpr auto magic = record<flag>(literal<"SEG">, field<"value">(u8), reserved<2>);
inline constexpr auto lenient = record<flag>(field<"value">(u8), reserved<2>.any_value());
inline constexpr auto with_nul = record<flag>(literal<"a\0b">, field<"value">(u8));

static_assert(magic.bounds() == size_bound{6, 6});
static_assert(decode(magic, "SEG\7\0\0"sv)->value == 7);
static_assert(magic.first() == byte_set::of("S"));

TEST_CASE("literals and reserved bytes keep the laws") {
    CHECK(holds_for_wire<magic>("SEG\7\0\0"sv) == "");
    CHECK(holds_for_wire<with_nul>("a\0b\7"sv) == "");
    CHECK(holds_for_wire<lenient>("\7\1\2"sv, false) == "");
    CHECK(holds_for_random_wire<magic>() == "");
    CHECK(holds_for_random_values<magic>() == "");
}

TEST_CASE("a literal fails at its first wrong byte, and says what was expected") {
    CHECK(fails<magic>("SEx", errc::mismatch, 2) == "");
    CHECK(fails<magic>("x", errc::mismatch, 0) == "");
    CHECK(decode(magic, "SEx").error().expected == "SEG");
    CHECK(fails<magic>("SEG\7\0\1"sv, errc::mismatch, 5) == "");
}

}  // namespace
