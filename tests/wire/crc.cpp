#include "segue/wire/crc.hpp"

#include "catch.hpp"

namespace {

using namespace segue;

// The value that catalogues give for each CRC, and the same for every cut.
template <checksum C>
bool checks(std::uint64_t expected) {
    constexpr std::string_view nine = "123456789";
    bool same = true;
    for (std::size_t cut = 0; cut <= nine.size(); ++cut) {
        C sum;
        sum.add(nine.substr(0, cut));
        sum.add(nine.substr(cut));
        same = same && sum.value() == expected;
    }
    return same && C::most >= expected;
}

TEST_CASE("CRCs of every width and both reflections have the values of the catalogue, in any pieces") {
    CHECK(checks<crc_with<3, 0x3, 0, false, false, 0x7>>(0x4));                  // CRC-3/GSM
    CHECK(checks<crc_with<5, 0x05, 0x1f, true, true, 0x1f>>(0x19));              // CRC-5/USB
    CHECK(checks<crc_with<8, 0x07, 0, false, false, 0>>(0xf4));                  // CRC-8/SMBUS
    CHECK(checks<crc_with<12, 0x80f, 0, false, true, 0>>(0xdaf));                // CRC-12/UMTS
    CHECK(checks<crc16_modbus>(0x4b37));
    CHECK(checks<crc16_xmodem>(0x31c3));
    CHECK(checks<crc_with<24, 0x864cfb, 0xb704ce, false, false, 0>>(0x21cf02));  // CRC-24/OPENPGP
    CHECK(checks<crc32>(0xcbf43926));
    CHECK(checks<crc32c>(0xe3069283));
    CHECK(checks<crc_with<64, 0x42f0e1eba9ea3693, 0, false, false, 0>>(0x6c40df5f0b497347));  // CRC-64/ECMA-182
}

}  // namespace
