// The door to Boost.CRC: any cyclic redundancy check of 1 to 64 bits, by the parameters that catalogues of CRCs give.
//
// Opened by name. Boost's tables are made at run time: what is checked by a CRC is no constant expression.
#pragma once

#include <boost/crc.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "segue/core/fixed_string.hpp"
#include "segue/wire/checksums.hpp"

namespace segue {

// width, poly, init, refin, refout, xorout
template <std::size_t Width, std::uint64_t Poly, std::uint64_t Init, bool ReflectIn, bool ReflectOut, std::uint64_t XorOut, fixed_string Name = "a CRC">
    requires(Width != 0 && Width <= 64)
class crc_with {
    using engine = boost::crc_optimal<Width, Poly, Init, XorOut, ReflectIn, ReflectOut>;

public:
    using value_type = std::conditional_t<Width <= 8, std::uint8_t,
                       std::conditional_t<Width <= 16, std::uint16_t, std::conditional_t<Width <= 32, std::uint32_t, std::uint64_t>>>;
    static constexpr value_type most = static_cast<value_type>(~std::uint64_t{0} >> (64 - Width));
    static constexpr std::string_view name = Name.view();

    void add(std::string_view more) {
        engine run(remainder_);
        run.process_bytes(more.data(), more.size());
        remainder_ = run.get_interim_remainder();
    }
    value_type value() const { return static_cast<value_type>(engine(remainder_).checksum()); }

private:
    typename engine::value_type remainder_ = static_cast<typename engine::value_type>(Init);
};

using crc16_modbus = crc_with<16, 0x8005, 0xffff, true, true, 0, "CRC-16/MODBUS">;
using crc16_xmodem = crc_with<16, 0x1021, 0, false, false, 0, "CRC-16/XMODEM">;
using crc32 = crc_with<32, 0x04c11db7, 0xffffffff, true, true, 0xffffffff, "CRC-32">;     // Ethernet, zip, PNG
using crc32c = crc_with<32, 0x1edc6f41, 0xffffffff, true, true, 0xffffffff, "CRC-32C">;  // iSCSI (RFC 3720), SCTP, PROXY

}  // namespace segue
