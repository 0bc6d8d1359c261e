// Validation of UTF-8 by the table of well-formed sequences in RFC 3629, section 4; ASCII is skipped in vectors.
#pragma once

#include <cstddef>

#include "segue/wire/scan.hpp"

namespace segue {

inline constexpr byte_set ascii_bytes = byte_set{}.with(0, 127);

// The first byte of the first sequence that is not well-formed, or end.
constexpr char const* invalid_utf8(char const* p, char const* end) {
    auto const byte = [](char c) { return static_cast<unsigned char>(c); };
    auto const tail = [&](char const* q, unsigned char low = 0x80, unsigned char high = 0xbf) {
        return q < end && byte(*q) >= low && byte(*q) <= high;
    };
    while ((p = skip<ascii_bytes>(p, end)) != end) {
        unsigned char const lead = byte(*p);
        std::size_t size = 0;
        if (lead >= 0xc2 && lead <= 0xdf) {
            size = tail(p + 1) ? 2 : 0;
        } else if (lead >= 0xe0 && lead <= 0xef) {
            unsigned char const low = lead == 0xe0 ? 0xa0 : 0x80;
            unsigned char const high = lead == 0xed ? 0x9f : 0xbf;
            size = tail(p + 1, low, high) && tail(p + 2) ? 3 : 0;
        } else if (lead >= 0xf0 && lead <= 0xf4) {
            unsigned char const low = lead == 0xf0 ? 0x90 : 0x80;
            unsigned char const high = lead == 0xf4 ? 0x8f : 0xbf;
            size = tail(p + 1, low, high) && tail(p + 2) && tail(p + 3) ? 4 : 0;
        }
        if (size == 0) return p;
        p += size;
    }
    return end;
}

}  // namespace segue
