// Byte sets of every kind that a search tells apart.
#pragma once

#include "segue/core/byte_set.hpp"

namespace byte_sets {

using segue::byte_set;

inline constexpr byte_set token = byte_set{}.with('a', 'z').with('A', 'Z').with('0', '9').with("!#$%&'*+-.^_`|~");
inline constexpr byte_set visible = byte_set{}.with(0x21, 0x7e).with(0x80, 0xff);
inline constexpr byte_set not_lf = byte_set::all().without("\n");
inline constexpr byte_set odd = [] {
    byte_set s;
    for (unsigned c = 1; c < 256; c += 2) s = s.with(static_cast<unsigned char>(c), static_cast<unsigned char>(c));
    return s;
}();
inline constexpr byte_set only_nul = byte_set{}.with(0, 0);

}  // namespace byte_sets
