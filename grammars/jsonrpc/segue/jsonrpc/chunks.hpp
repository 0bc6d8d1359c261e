// What the bindings that carry one payload in one chunk share.
#pragma once

#include <cstddef>

#include "segue/protocol/chunk_protocol.hpp"
#include "segue/stack/binding.hpp"

namespace segue::jsonrpc {

// Bytes of one payload, as jsonrpc::server_settings has it, and of what frames it.
inline constexpr std::size_t most_payload = 64 * 1024;

template <auto const& Grammar, std::size_t Most>
auto chunks_of(flow f) {
    using codec = std::remove_cvref_t<decltype(Grammar)>;
    return chunk_protocol<codec, as_events, limits{.message = Most + 4096, .element = Most}>(Grammar, {}, segue::role::server, f);
}

}  // namespace segue::jsonrpc
