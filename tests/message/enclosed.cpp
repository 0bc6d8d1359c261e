#include "segue/message/enclosed.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

struct one {
    BOOST_HANA_DEFINE_STRUCT(one, (std::string_view, held));
};
inline constexpr auto counted = record<one>(field<"held">(enclosed<"<<", ">>">(length_prefixed(delimited<":">(number<std::uint8_t>), bytes))));
inline constexpr auto behind = record<one>(field<"held">(enclosed<"", "\r\n">(length_prefixed(u8, bytes))));
inline constexpr auto word = record<one>(field<"held">(enclosed<"(", ")">(charset<byte_set{}.with('a', 'z')>.min<0>())));

TEST_CASE("enclosed keeps the laws, with bytes on both sides or on one") {
    CHECK(holds_for_wire<counted>("<<3:>>x>>") == "");
    CHECK(holds_for_wire<counted>("<<0:>>") == "");
    CHECK(holds_for_wire<behind>(std::string_view("\2\r\n\r\n", 5)) == "");
    CHECK(holds_for_wire<word>("(abc)") == "");
    CHECK(holds_for_wire<word>("()") == "");
    CHECK(holds_for_random_wire<counted>() == "");
    CHECK(holds_for_random_values<counted>() == "");
    CHECK(holds_for_random_values<word>() == "");
}

TEST_CASE("enclosed fails at the first wrong byte of either side") {
    CHECK(fails<counted>("<3:abc>>", errc::mismatch, 1) == "");
    CHECK(fails<counted>("<<1:a>]", errc::mismatch, 6) == "");
    CHECK(fails<word>("(ab]", errc::mismatch, 3) == "");
}

TEST_CASE("enclosed counts its bytes, and begins with the first of them") {
    static_assert(enclosed<"<", ">">(u8).bounds() == size_bound{3, 3});
    static_assert(enclosed<"<", ">">(u8).first() == byte_set::of("<"));
    static_assert(enclosed<"", ">">(charset<byte_set::of("ab")>).first() == byte_set::of("ab"));
    static_assert(enclosed<"", ">">(charset<byte_set::of("ab")>.min<0>()).first() == byte_set::of("ab>"));
    CHECK(encoded_size(word, one{"abc"}).size() == 5);
}

}  // namespace
