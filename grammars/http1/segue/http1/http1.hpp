// HTTP/1.1 (RFC 9110, RFC 9112): its messages as grammars, collected and streamed, and its protocol.
#pragma once

#include <string>

#include "segue/http1/protocol.hpp"
#include "segue/http1/wire.hpp"

namespace segue::http1 {

inline constexpr auto request_grammar = request_of<std::string>();
inline constexpr auto response_grammar = response_of<std::string>();
inline constexpr auto streamed_request_grammar = request_of<streamed_bytes>();
inline constexpr auto streamed_response_grammar = response_of<streamed_bytes>();

}  // namespace segue::http1
