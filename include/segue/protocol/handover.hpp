// All that moves when one protocol gives its connection to another, at an exact byte.
#pragma once

#include <cstdint>
#include <string>

#include "segue/protocol/instant.hpp"
#include "segue/protocol/outbox.hpp"
#include "segue/protocol/role.hpp"
#include "segue/wire/input.hpp"

namespace segue {

struct handover {
    segue::role role = segue::role::server;
    std::string unread{};        // arrived, and not read by the old protocol: the first bytes of the new one
    std::uint64_t offset = 0;    // of those in the stream
    bool ended = false;          // the peer's direction ends behind them
    outbox out{};                // not yet written
    deadline time{};
    lowered_limits lowered{};
};

}  // namespace segue
