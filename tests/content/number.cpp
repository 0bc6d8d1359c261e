#include "segue/content/number.hpp"

#include <charconv>
#include <string>
#include <system_error>

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

template <class T>
struct one {
    BOOST_HANA_DEFINE_STRUCT(one, (T, value));
};
inline constexpr auto u8_digits = record<one<std::uint8_t>>(field<"value">(delimited<";">(number<std::uint8_t>)));
inline constexpr auto u64_digits = record<one<std::uint64_t>>(field<"value">(delimited<"\r\n">(number<std::uint64_t>)));
inline constexpr auto i8_digits = record<one<std::int8_t>>(field<"value">(delimited<";">(number<std::int8_t>.with_sign())));
inline constexpr auto unsigned_only = record<one<std::int8_t>>(field<"value">(delimited<";">(number<std::int8_t>)));
inline constexpr auto hex = record<one<std::uint32_t>>(field<"value">(delimited<";">(hexadecimal<std::uint32_t>)));
inline constexpr auto lenient = record<one<std::int8_t>>(field<"value">(delimited<";">(number<std::int8_t>.with_sign().leading_zeros<5>())));
inline constexpr auto three = record<one<std::uint16_t>>(field<"value">(delimited<";">(number<std::uint16_t>.width<3>())));
inline constexpr auto bare = record<one<std::uint8_t>>(field<"value">(number<std::uint8_t>), literal<"x">);
inline constexpr auto not_fused = record<one<std::uint8_t>>(field<"value">(delimited<"12">(number<std::uint8_t>)));

static_assert(u8_digits.bounds() == size_bound{2, 4} && i8_digits.bounds() == size_bound{2, 5});
static_assert(hex.bounds() == size_bound{2, 9} && three.bounds() == size_bound{4, 4});
static_assert(decode(i8_digits, "-128;")->value == -128);
static_assert(decode(hex, "fF;")->value == 255);

TEST_CASE("numbers keep the laws") {
    CHECK(holds_for_random_values<u8_digits>() == "");
    CHECK(holds_for_random_values<u64_digits>() == "");
    CHECK(holds_for_random_values<i8_digits>() == "");
    CHECK(holds_for_random_values<hex>() == "");
    CHECK(holds_for_random_wire<u8_digits>() + holds_for_random_wire<hex>() + holds_for_random_wire<three>() == "");
    CHECK(holds_for_wire<u8_digits>("255;") == "");
    CHECK(holds_for_wire<i8_digits>("-128;") == "");
    CHECK(holds_for_wire<bare>("7x") == "");
    CHECK(holds_for_wire<not_fused>("3412") == "");
    CHECK(holds_for_wire<three>("007;") == "");
    CHECK(holds_for_wire<lenient>("-0012;", false) == "");
    CHECK(holds_for_wire<hex>("AB;", false) == "");
}

TEST_CASE("every short string of digits and signs is the same at every cut") {
    std::string const characters = "-0129;";
    std::string broken;
    for (std::size_t n = 0; n < 6 * 6 * 6 * 6; ++n) {
        std::string wire;
        for (std::size_t left = n, i = 0; i < 4; ++i, left /= 6) wire += characters[left % 6];
        broken += cuts_change_nothing<i8_digits>(wire, 2) + cuts_change_nothing<lenient>(wire, 2) +
                  cuts_change_nothing<u8_digits>(wire, 2) + cuts_change_nothing<bare>(wire, 2) + cuts_change_nothing<three>(wire, 2);
    }
    CHECK(broken == "");
}

inline constexpr auto zeros_allowed = record<one<std::uint8_t>>(field<"value">(delimited<";">(number<std::uint8_t>.leading_zeros<3>())));
inline constexpr auto hex_zeros_allowed = record<one<std::uint8_t>>(field<"value">(delimited<";">(hexadecimal<std::uint8_t>.leading_zeros<3>())));
inline constexpr auto hex_of_seven_bits = record<one<std::int8_t>>(field<"value">(delimited<";">(hexadecimal<std::int8_t>)));

// Digits as the standard library reads them; leading zeros apart.
template <class T, auto const& Grammar, int Base, bool Zeros>
std::string reads_as_the_library(std::string const& digits) {
    T expected{};
    auto const [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), expected, Base);
    bool const good = failure == std::errc() && end == digits.data() + digits.size() && digits[0] != '-' && (Zeros ? digits.size() <= 3 : digits.size() == 1 || digits[0] != '0');
    auto const r = decode(Grammar, digits + ";");
    if (static_cast<bool>(r) != good || (r && r->value != expected)) return digits + ' ';
    return cuts_change_nothing<Grammar>(digits + ";", 2);
}
TEST_CASE("a number is the one that the standard library reads") {
    std::string const characters = "-0127f89A";
    std::string broken;
    for (std::size_t n = 0; n < 9 * 9 * 9; ++n)
        for (std::size_t size = 1; size <= 4; ++size) {
            std::string digits(size == 4 ? 1 : 0, '0');
            for (std::size_t left = n; digits.size() < size; left /= 9) digits += characters[left % 9];
            broken += reads_as_the_library<std::uint8_t, zeros_allowed, 10, true>(digits) + reads_as_the_library<std::uint8_t, hex_zeros_allowed, 16, true>(digits) +
                      reads_as_the_library<std::int8_t, hex_of_seven_bits, 16, false>(digits);
        }
    CHECK(broken == "");
}

TEST_CASE("a number is refused at the digit that makes it impossible") {
    CHECK(fails<u8_digits>("256", errc::out_of_range, 2) == "");
    CHECK(fails<u8_digits>("01", errc::not_canonical, 1) == "");
    CHECK(fails<u8_digits>(";", errc::mismatch, 0) == "");
    CHECK(fails<u8_digits>("-1", errc::mismatch, 0) == "");
    CHECK(fails<u8_digits>("+1", errc::mismatch, 0) == "");
    CHECK(fails<u64_digits>("18446744073709551616", errc::out_of_range, 19) == "");
    CHECK(fails<i8_digits>("128", errc::out_of_range, 2) == "");
    CHECK(fails<i8_digits>("-129", errc::out_of_range, 3) == "");
    CHECK(fails<i8_digits>("-0", errc::not_canonical, 1) == "");
    CHECK(fails<i8_digits>("-;", errc::mismatch, 1) == "");
    CHECK(fails<i8_digits>("1-", errc::mismatch, 1) == "");
    CHECK(fails<lenient>("-000;", errc::not_canonical, 0) == "");
    CHECK(fails<lenient>("000001", errc::too_long, 5) == "");
    CHECK(fails<three>("07;", errc::mismatch, 2) == "");
    CHECK(fails<hex>("100000000", errc::out_of_range, 8) == "");
    CHECK(fails<hex>(std::string(300, '9'), errc::out_of_range, 8) == "");
}

TEST_CASE("a number that has no form is refused on encode") {
    CHECK(is_refused(unsigned_only, one<std::int8_t>{-1}, errc::out_of_range) == "");
    CHECK(is_refused(three, one<std::uint16_t>{1000}, errc::out_of_range) == "");
}

inline constexpr auto above_zero = delimited<":">(number<std::uint16_t>.positive());

TEST_CASE("number: a positive one is never zero, and does not begin with one") {
    CHECK(holds_for_wire<above_zero>("1:") == "");
    CHECK(holds_for_wire<above_zero>("65535:") == "");
    CHECK(fails<above_zero>("0:", errc::out_of_range, 0) == "");
    CHECK(fails<above_zero>("01:", errc::out_of_range, 0) == "");
    CHECK(is_refused(above_zero, 0, errc::out_of_range) == "");
    CHECK(holds_for_random_wire<above_zero>() == "");
    static_assert(!number<std::uint16_t>.positive().first().has('0'));
}

}  // namespace
