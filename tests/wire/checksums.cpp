#include "segue/wire/checksums.hpp"

#include "catch.hpp"

namespace {

using namespace segue;
using namespace std::string_view_literals;

template <checksum S>
constexpr auto of(std::string_view bytes) {
    S sum;
    sum.add(bytes);
    return sum.value();
}
// Any cut gives the same.
template <checksum S>
constexpr bool cuts_agree(std::string_view bytes) {
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        S sum;
        sum.add(bytes.substr(0, cut));
        sum.add(bytes.substr(cut));
        if (sum.value() != of<S>(bytes)) return false;
    }
    return true;
}

static_assert(of<sum_of_bytes<std::uint8_t>>("\xff\x02") == 1);
static_assert(of<sum_of_bytes<std::uint16_t>>("\xff\x02") == 0x101);
// the record of the Intel HEX specification's end of file, and one of data
static_assert(of<negated_sum_of_bytes<std::uint8_t>>("\x00\x00\x00\x01"sv) == 0xff);
static_assert(of<negated_sum_of_bytes<std::uint8_t>>("\x03\x00\x30\x00\x02\x33\x7a"sv) == 0x1e);
static_assert(of<xor_of_bytes>("GPGLL,5300.97914,N,00259.98174,E,125926,A") == 0x28);
// the example of RFC 1071 section 3: the sum is ddf2
static_assert(of<internet_sum>("\x00\x01\xf2\x03\xf4\xf5\xf6\xf7"sv) == (~0xddf2 & 0xffff));
static_assert(of<internet_sum>("\x45\x00\x00\x73\x00\x00\x40\x00\x40\x11\x00\x00\xc0\xa8\x00\x01\xc0\xa8\x00\xc7"sv) == 0xb861);
static_assert(of<internet_sum>("\x01") == 0xfeff, "an odd last byte is the upper one of its word");
static_assert(of<internet_sum>("") == 0xffff);

TEST_CASE("sums do not depend on the pieces their bytes come in") {
    CHECK(cuts_agree<sum_of_bytes<std::uint16_t>>("\x01\xff\x80\x7f\x00\xfe\x03"sv));
    CHECK(cuts_agree<negated_sum_of_bytes<std::uint8_t>>("\x01\xff\x80\x7f\x00\xfe\x03"sv));
    CHECK(cuts_agree<xor_of_bytes>("\x01\xff\x80\x7f\x00\xfe\x03"sv));
    CHECK(cuts_agree<internet_sum>("\x01\xff\x80\x7f\x00\xfe\x03"sv));
}

}  // namespace
