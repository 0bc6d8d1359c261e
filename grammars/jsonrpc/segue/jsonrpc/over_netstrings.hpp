// JSON-RPC in netstrings, one payload each.
//
//   stack{jsonrpc::server{methods}, jsonrpc::over_netstrings{}, jsonrpc::netstrings()}
//   54:{"jsonrpc":"2.0","method":"sum","params":[1,2],"id":1},   ->   36:{"jsonrpc":"2.0","result":3,"id":1},
#pragma once

#include <string_view>

#include "segue/jsonrpc/chunks.hpp"
#include "segue/netstring/netstring.hpp"

namespace segue::jsonrpc {

struct in_a_netstring {
    static taken payload_of(netstring::netstring const& chunk) { return chunk.payload; }
    static netstring::netstring chunk_of(std::string_view payload) { return {payload}; }
};
struct over_netstrings : over_chunks<in_a_netstring> {};

// `Most` bytes of a payload.
template <std::size_t Most = most_payload>
auto netstrings(flow f = {}) {
    return chunks_of<netstring::grammar, Most>(f);
}

}  // namespace segue::jsonrpc
