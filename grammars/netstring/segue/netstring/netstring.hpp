// Netstrings (D. J. Bernstein, 1997): the length in decimal without leading zeros, a colon, the bytes, a comma.
#pragma once

#include <cstdint>
#include <string_view>

#include "segue/segue.hpp"

namespace segue::netstring {

struct netstring {
    BOOST_HANA_DEFINE_STRUCT(netstring, (std::string_view, payload));
};
// The same, for payloads that are handed out as they arrive.
struct large_netstring {
    BOOST_HANA_DEFINE_STRUCT(large_netstring, (streamed_bytes, payload));
};

inline constexpr auto length = delimited<":">(number<std::uint32_t>);

inline constexpr auto grammar = record<netstring>(
    field<"payload">(length_prefixed(length, bytes)),
    literal<",">);

inline constexpr auto streamed_grammar = record<large_netstring>(
    field<"payload">(streamed<999'999'999>(length)),
    literal<",">);

}  // namespace segue::netstring
