// The PROXY protocol, versions 1 and 2: who the peer of a connection was before a proxy forwarded it.
//
//   PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n   <->
//   {"version":{"1":{"tcp4":{"source":"192.168.0.1","destination":"192.168.0.11","source_port":56324,"destination_port":443}}}}
//
// Opens Spirit X3 for the lines of version 1; segue/proxy/version_2.hpp does not.
#pragma once

#include <string_view>

#include "segue/proxy/rules.hpp"
#include "segue/proxy/version_2.hpp"

namespace segue::proxy {

// "For "UNKNOWN", the rest of the line before the CRLF may be omitted by the sender, and the receiver must ignore anything
// presented before the CRLF is found." "The receiver must not tolerate a single CR or LF character to end the line".
inline constexpr auto ignored_text = verified(
    bytes,
    [](std::string_view rest) { return (rest.empty() || rest[0] == ' ') && rest.find_first_of("\r\n") == rest.npos; },
    "nothing or a space behind UNKNOWN, and neither CR nor LF alone");

inline constexpr std::size_t longest_line = 107;  // "worst case", with PROXY and CR LF

inline constexpr auto version_1_content = delimited<"\r\n">(choice(
    alternative<"tcp4", "TCP4 ">(rules::tcp4_endpoints),
    alternative<"tcp6", "TCP6 ">(rules::tcp6_endpoints),
    alternative<"unknown", "UNKNOWN">(record<unknown>(field<"ignored">(ignored_text)))))
    .max<longest_line - 8, "line">();

// "Identifying the protocol version is easy": by the first bytes.
inline constexpr auto grammar = record<header>(field<"version">(choice(
    alternative<"1", "PROXY ">(version_1_content),
    alternative<"2", signature>(version_2_content))));

}  // namespace segue::proxy
