// A serial line that loses and invents bytes: frames with a mark, a length and a CRC, and a decoder that goes on with the
// next good one, however the bytes arrive.
#include <cstdio>
#include <string>
#include <vector>

#include "segue/inspect/text.hpp"
#include "segue/message/checksummed.hpp"
#include "segue/segue.hpp"
#include "segue/wire/crc.hpp"

using namespace segue;

struct sample {
    BOOST_HANA_DEFINE_STRUCT(sample, (std::uint8_t, sensor), (std::vector<std::int16_t>, values), (std::uint16_t, crc));
};
inline constexpr auto samples = recover(checksummed<crc16_modbus, "crc">(record<sample>(
                                            literal<"\xaa\x55">, field<"sensor">(u8), field<"values">(repeat_counted(u8, i16_be).max<16>()),
                                            field<"crc">(u16_le)))).to<"\xaa\x55">().max<1024>();

int main() {
    std::string line;
    for (int i = 0; i < 4; ++i)
        if (!encode(samples, sample{7, {static_cast<std::int16_t>(i), -1}, 0}, line)) return 1;
    line.erase(14, 1);         // a byte of the second frame is lost
    line[20] ^= '\x40';        // a bit of the third is wrong
    line.insert(0, "\x55\x55");  // what was on the line before we listened

    decoder<samples> in;
    for (char const& byte : line) {
        in.feed({&byte, 1});
        for (auto event = in.next(); event.kind() != kind::need; event = in.next()) {
            if (event.kind() == kind::failed) return 1;
            if (event.kind() == kind::message) std::printf("sensor %u: %d\n", event->sensor, event->values.at(0));
            else std::printf("skipped %u bytes at %u: %s\n", static_cast<unsigned>(event.skipped().size), static_cast<unsigned>(event.skipped().offset),
                             to_text(event.skipped().cause).c_str());
        }
    }
}
