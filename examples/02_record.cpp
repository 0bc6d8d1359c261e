// A record of numbers and text behind its length, and what is said of bytes that are not one.
#include <cstdio>
#include <string>

#include "segue/segue.hpp"

using namespace segue;

struct reading {
    BOOST_HANA_DEFINE_STRUCT(reading, (std::uint32_t, sensor), (std::int16_t, centigrade), (std::string, label));
};

inline constexpr auto reading_frame = length_prefixed(u16_be,
    record<reading>(
        field<"sensor">    (u32_be),
        field<"centigrade">(i16_be),
        field<"label">     (length_prefixed(u8, text))));

static_assert(reading_frame.bounds() == size_bound{9, 264});

int main() {
    std::string wire;
    encode(reading_frame, reading{7, -5, "roof"}, wire);
    encode(reading_frame, reading{8, 21, "hall"}, wire);
    wire += std::string("\0\x09\0\0\0\x09\0\x14\x02\xff\xfe", 11);  // a label that is not UTF-8

    decoder<reading_frame> in;
    in.feed(wire);
    in.close();
    for (;;) {
        auto const event = in.next();
        switch (event.kind()) {
            case kind::message:
                std::printf("sensor %u: %d degrees (%s)\n", event->sensor, event->centigrade, event->label.c_str());
                break;
            case kind::failed: {
                error const& e = event.error();
                std::printf("%s at byte %llu, in %s\n", sentence(e.code).data(), static_cast<unsigned long long>(e.offset), e.path[0].field);
                return 0;
            }
            default: return 1;
        }
    }
}
