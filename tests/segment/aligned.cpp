#include "segue/segment/aligned.hpp"

#include "catch.hpp"
#include "segue/inspect/description_text.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

// As the attributes of STUN stand (RFC 8489 section 14): each ends on a boundary of four bytes of the message.
struct attribute {
    BOOST_HANA_DEFINE_STRUCT(attribute, (std::uint16_t, type), (std::string_view, value));
};
struct message {
    BOOST_HANA_DEFINE_STRUCT(message, (std::uint8_t, kind), (std::vector<attribute>, attributes), (std::string_view, end));
};
inline constexpr auto attributes = aligned<4>(record<attribute>(field<"type">(u16_be), field<"value">(length_prefixed(u16_be, bytes).max<40>())));
inline constexpr auto grammar =
    record<message>(field<"kind">(aligned<4>(u8)), field<"attributes">(repeat(2, attributes)), field<"end">(aligned<8>(delimited<";">(charset<byte_set{}.with('a', 'z')>)).filled_with<' '>()));
inline constexpr auto lenient = aligned<4>(record<attribute>(field<"type">(u16_be), field<"value">(delimited<";">(bytes)))).any_value();

static_assert(attributes.bounds() == size_bound{4, 44});
static_assert(decode(attributes, "\0\1\0\1a\0\0\0"sv)->value == "a");
static_assert(segue::exact_size<std::remove_const_t<decltype(aligned<4>(u8))>>);

TEST_CASE("aligned elements keep the laws") {
    CHECK(holds_for_random_wire<attributes>() == "");
    CHECK(holds_for_random_values<attributes>() == "");
    CHECK(holds_for_random_wire<lenient>() == "");
    CHECK(holds_for_random_values<lenient>() == "");
    CHECK(holds_for_random_wire<grammar>() == "");
    CHECK(holds_for_wire<grammar>("\7\0\0\0\0\1\0\1a\0\0\0\0\2\0\4abcdabcdefgh;       "sv) == "");
}

TEST_CASE("every element ends at a multiple, and one that does has no padding") {
    for (std::size_t size = 0; size < 9; ++size) {
        std::string const value(size, 'v');
        std::string wire;
        REQUIRE(encode(attributes, attribute{1, value}, wire));
        CHECK(wire.size() == 4 + (size + 3) / 4 * 4);
        CHECK(holds_for_wire<attributes>(wire) == "");
    }
}

TEST_CASE("wrong padding is an error at its first wrong byte, unless anything passes") {
    CHECK(fails<attributes>("\0\1\0\1a\0\7"sv, errc::mismatch, 6) == "");
    CHECK(fails<grammar>("\7\0\1"sv, errc::mismatch, 2) == "");
    CHECK(holds_for_wire<lenient>("\0\1a;"sv) == "");
    CHECK(reads_back<lenient>("\0\1;\7"sv, false) == "");
}

TEST_CASE("the padding that must come is asked for at once") {
    decoder<attributes> in;
    in.feed("\0\1"sv);
    CHECK(in.next().minimum() == 2);
    in.feed("\0\1"sv);
    CHECK(in.next().minimum() == 1);
    in.feed("a"sv);
    CHECK(in.next().minimum() == 3);
}

TEST_CASE("aligned: a description says the fill and the multiple") {
    description d;
    attributes.describe(d);
    CHECK(describe_text(d).starts_with("filled up with \"\\x00\" to a multiple of 4 bytes  [4 to 44 bytes]\n  record"));
}

}  // namespace
