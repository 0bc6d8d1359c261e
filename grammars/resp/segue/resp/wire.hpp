// RESP on the wire. Source: the RESP3 specification (redis-specifications, protocol/RESP3.md), of which RESP2 is a part.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "segue/resp/messages.hpp"
#include "segue/resp/numbers.hpp"
#include "segue/segue.hpp"

namespace segue::resp {

// "Simple strings ... must not contain the <CR> nor the <LF> characters."
inline constexpr auto line = delimited<"\r\n">(charset<~byte_set::of("\r\n")>.min<0>());
inline constexpr auto length = delimited<"\r\n">(number<std::uint32_t>);

// Any bytes behind their length: a string that is binary safe, and what comes in its form.
inline constexpr auto bulk = enclosed<"", "\r\n">(length_prefixed(length, bytes).max<inherited, "bulk">());

// "Exactly three (3) bytes represent the data's encoding."
template <class Text>
inline constexpr auto verbatim = enclosed<"", "\r\n">(length_prefixed(length, record<basic_verbatim<Text>>(
    field<"format">(fixed(3, bytes)), literal<":">, field<"text">(bytes))).template max<inherited, "bulk">());

// ";" stands before each chunk and before the end: so it is part of what comes before.
inline constexpr auto chunks = repeat_until<"0\r\n">(
    enclosed<"", "\r\n;">(length_prefixed(delimited<"\r\n">(number<std::uint32_t>.positive()), bytes).max<inherited, "bulk">()));

inline constexpr auto truth = record<boolean>(
    field<"holds">(mapped(u8,
        [](std::uint8_t c) { return c == 't' ? std::optional(true) : c == 'f' ? std::optional(false) : std::nullopt; },
        [](bool holds) { return static_cast<std::uint8_t>(holds ? 't' : 'f'); })),
    literal<"\r\n">);

template <class Text>
inline constexpr auto any = recursive<basic_value<Text>>.template begins_with<byte_set::of("$+:*-_#,(!=%~>|")>();
template <class Text>
inline constexpr auto pair = record<basic_entry<Text>>(field<"key">(any<Text>), field<"value">(any<Text>));

template <class Text>
inline constexpr auto form = choice(
    alternative<"bulk_string", "$">(bulk),
    alternative<"simple_string", "+">(line),
    alternative<"integer", ":">(delimited<"\r\n">(number<std::int64_t>.with_sign())),
    alternative<"array", "*">(repeat_counted(length, any<Text>)),
    alternative<"simple_error", "-">(line),
    alternative<"null_bulk_string", "$-1\r\n">(empty),
    alternative<"null_array", "*-1\r\n">(empty),
    alternative<"null", "_">(literal<"\r\n">),
    alternative<"boolean", "#">(truth),
    alternative<"double", ",">(verified(line, is_real, "a real number has an integral part, and may have a fraction and an exponent")),
    alternative<"big_number", "(">(verified(line, is_big_number, "a big number has digits, and may have a minus sign")),
    alternative<"bulk_error", "!">(bulk),
    alternative<"verbatim_string", "=">(verbatim<Text>),
    alternative<"map", "%">(repeat_counted(length, pair<Text>)),
    alternative<"set", "~">(repeat_counted(length, any<Text>)),
    alternative<"push", ">">(repeat_counted(length, any<Text>)),
    alternative<"attributed", "|">(record<basic_attributed<Text>>(
        field<"attributes">(repeat_counted(length, pair<Text>)), field<"value">(repeat(1, any<Text>)))),
    alternative<"streamed_string", "$?\r\n;">(chunks),
    alternative<"streamed_array", "*?\r\n">(repeat_until<".\r\n">(any<Text>)),
    alternative<"streamed_map", "%?\r\n">(repeat_until<".\r\n">(pair<Text>)),
    alternative<"streamed_set", "~?\r\n">(repeat_until<".\r\n">(any<Text>)));

inline constexpr auto grammar = any<std::string_view>;
inline constexpr auto owned_grammar = any<std::string>;

// "Clients send commands to a Redis server as an array of bulk strings."
inline constexpr auto arguments = repeat_counted(length, enclosed<"$", "\r\n">(length_prefixed(length, bytes).max<inherited, "bulk">()));
template <class Text>
inline constexpr auto command_of = record<basic_command<Text>>(literal<"*">, field<"arguments">(arguments));
inline constexpr auto command_grammar = command_of<std::string_view>;
inline constexpr auto owned_command_grammar = command_of<std::string>;

// A line: a server would take the bytes behind a zero byte for none of it.
inline constexpr auto inline_line = delimited_any<"\r\n", "\n">(charset<~byte_set::of({"\r\n\0", 3})>.min<0>().max<inherited, "line">());
inline constexpr auto request_grammar = record<request>(field<"is">(choice(
    alternative<"command", "*">(arguments), fallback<"inline">(inline_line))));

// Redis lets a client send and receive up to 512 MiB in a string, and 1048576 arguments: a decoder<grammar, as_redis>
// takes as many items, and strings and messages that fit into the memory of most.
inline constexpr limits as_redis{.message = std::size_t{64} << 20, .element = std::size_t{16} << 20, .items = std::size_t{1} << 20};

}  // namespace segue::resp

template <class Text>
struct segue::definition<segue::resp::basic_value<Text>> {
    static constexpr std::string_view name = "value";
    static constexpr std::size_t leaves = 3;  // bulk strings, simple strings and integers
    static constexpr auto codec = record<resp::basic_value<Text>>(field<"is">(resp::form<Text>));
};
