// The tutorial's format: readings of sensors, each behind its length in two bytes.
//
//   00 08  00 00 00 07  ff fb  01 61   <->   {"sensor":7,"centigrade":-5,"label":"a"}
#pragma once

#include <cstdint>
#include <string_view>

#include "segue/segue.hpp"

namespace segue::tlv {

struct reading {
    BOOST_HANA_DEFINE_STRUCT(reading,
        (std::uint32_t, sensor),
        (std::int16_t, centigrade),
        (std::string_view, label));
};

inline constexpr auto grammar = length_prefixed(u16_be,
    record<reading>(
        field<"sensor">    (u32_be),
        field<"centigrade">(i16_be),
        field<"label">     (length_prefixed(u8, text))));

static_assert(grammar.bounds() == size_bound{9, 264});

}  // namespace segue::tlv
