// JSON-RPC in lines, one payload a line.
//
//   stack{jsonrpc::server{methods}, jsonrpc::over_lines{}, jsonrpc::lines()}
//   {"jsonrpc":"2.0","method":"sum","params":[1,2],"id":1}\n   ->   {"jsonrpc":"2.0","result":3,"id":1}\n
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "segue/jsonrpc/chunks.hpp"
#include "segue/segue.hpp"

namespace segue::jsonrpc {

inline constexpr auto payload_line = delimited_any<"\n", "\r\n">(bytes).optional_at_end();

struct in_a_line {
    // Between payloads a line may be empty.
    static taken payload_of(std::string_view line) {
        return line.find_first_not_of(" \t") != std::string_view::npos ? taken(line) : std::nullopt;
    }
    // In a JSON text a line feed is white space: inside a string it would be escaped.
    static std::string chunk_of(std::string_view payload) {
        std::string line(payload);
        std::replace_if(line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
        return line;
    }
};
struct over_lines : over_chunks<in_a_line> {};

// `Most` bytes of a payload.
template <std::size_t Most = most_payload>
auto lines(flow f = {}) {
    return chunks_of<payload_line, Most>(f);
}

}  // namespace segue::jsonrpc
