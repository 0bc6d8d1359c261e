#include "segue/segment/fixed.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

struct code {
    BOOST_HANA_DEFINE_STRUCT(code, (std::string_view, letters));
};
inline constexpr auto four = record<code>(field<"letters">(fixed(4, text)));
inline constexpr auto six = record<code>(field<"letters">(padded<' '>(6, text)));

struct address {
    BOOST_HANA_DEFINE_STRUCT(address, (std::array<unsigned char, 6>, octets));
};
inline constexpr auto mac = record<address>(field<"octets">(fixed(6, bytes)));

static_assert(four.bounds() == size_bound{4, 4});
static_assert(six.bounds() == size_bound{6, 6});
static_assert(decode(four, "abcd")->letters == "abcd");
static_assert(decode(six, "ab    ")->letters == "ab");

TEST_CASE("fixed keeps the laws") {
    CHECK(holds_for_wire<four>("abcd") == "");
    CHECK(holds_for_wire<mac>("\x01\x02\x03\x04\x05\x06") == "");
    CHECK(holds_for_random_wire<four>() == "");
    CHECK(holds_for_random_wire<mac>() == "");
    CHECK(holds_for_random_values<mac>() == "");
}

TEST_CASE("padded keeps the laws") {
    for (auto wire : {"ab    ", "      ", "abcdef", " a b  "}) CHECK(holds_for_wire<six>(wire) == "");
    CHECK(holds_for_random_wire<six>() == "");
    for (auto letters : {"", "a", "abcdef", " a"}) CHECK(holds_for_value<six>(code{letters}) == "");
}

TEST_CASE("fixed never pads and never cuts") {
    CHECK(is_refused(four, code{"abc"}, errc::wrong_size) == "");
    CHECK(is_refused(four, code{"abcde"}, errc::wrong_size) == "");
    CHECK(fails<four>("abc", errc::truncated, 3) == "");
}

TEST_CASE("padded refuses content that would not be read back") {
    CHECK(is_refused(six, code{"ab "}, errc::delimiter_in_content) == "");
    CHECK(is_refused(six, code{"abcdefg"}, errc::wrong_size) == "");
    struct two {
        BOOST_HANA_DEFINE_STRUCT(two, (std::string_view, inner));
    };
    constexpr auto nested = record<two>(field<"inner">(padded<'\0'>(4, length_prefixed(u8, text))));
    CHECK(is_refused(nested, two{""}, errc::delimiter_in_content) == "");
    std::string out;
    CHECK(encode(nested, two{"a"}, out));
    CHECK(out == std::string("\1a\0\0", 4));
}

}  // namespace
