// The head of an HTTP/1.1 request as a test grammar: what the layers below a protocol must decode fast.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "segue/segue.hpp"

namespace segue::bench {

inline constexpr byte_set token_characters =
    byte_set{}.with('a', 'z').with('A', 'Z').with('0', '9').with("!#$%&'*+-.^_`|~");
inline constexpr byte_set target_characters = byte_set{}.with(0x21, 0x7e).with(0x80, 0xff);
inline constexpr byte_set field_characters = target_characters.with(" \t");

struct header {
    BOOST_HANA_DEFINE_STRUCT(header, (std::string_view, name), (std::string_view, value));
};
struct head {
    BOOST_HANA_DEFINE_STRUCT(head,
        (std::string_view, method),
        (std::string_view, target),
        (std::uint8_t, minor),
        (std::vector<header>, headers));
};

// Leaves whose delimiters are spelled out: each is one pass that can stop at any byte.
inline constexpr auto header_line = record<header>(
    field<"name"> (delimited<":">(charset<token_characters>)),
    field<"value">(delimited<"\r\n">(trimmed<" \t">(charset<field_characters>.min<0>()))));

inline constexpr auto request_head = record<head>(
    field<"method"> (delimited<" ">(charset<token_characters>)),
    field<"target"> (delimited<" ">(charset<target_characters>)),
    literal<"HTTP/1.">,
    field<"minor">  (delimited<"\r\n">(number<std::uint8_t>)),
    field<"headers">(repeat_until<"\r\n">(header_line)));

// For heads of 64 KiB.
inline constexpr limits roomy{.message = 128 * 1024, .element = 64 * 1024, .items = 4096};

}  // namespace segue::bench
