// JSON-RPC in JSON texts one after the other, with nothing between them: the payload frames itself.
//
//   stack{jsonrpc::server{methods}, jsonrpc::over_texts{}, jsonrpc::texts()}
//   {"jsonrpc":"2.0","method":"sum","params":[1,2],"id":1}{"jsonrpc":...   ->   {"jsonrpc":"2.0","result":3,"id":1}{"jsonrpc":...
#pragma once

#include <string_view>

#include "segue/json/concatenated.hpp"
#include "segue/jsonrpc/chunks.hpp"

namespace segue::jsonrpc {

inline constexpr auto payload_text = json::concatenated(bytes);

struct in_a_text {
    static taken payload_of(std::string_view text) { return text; }
    static std::string_view chunk_of(std::string_view payload) { return payload; }
};
struct over_texts : over_chunks<in_a_text> {
    using over_chunks<in_a_text>::take;
    // Nobody can tell where a broken text ends: it is the last payload, and answered as one that is no JSON.
    template <class Below>
    taken take(Below&, event::failed const&) const {
        return std::string_view();
    }
};

// `Most` bytes of a payload.
template <std::size_t Most = most_payload>
auto texts(flow f = {}) {
    return chunks_of<payload_text, Most>(f);
}

}  // namespace segue::jsonrpc
