// What a transport that waits for readiness stands on: a channel that moves what it can, and a loop that knows when.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include "segue/protocol/instant.hpp"

namespace segue {

// What one call of a channel came to.
struct transfer {
    enum class result : std::uint8_t { moved, later, ended, broken };

    result what = result::later;
    std::size_t size = 0;     // moved
    std::error_code why{};    // broken
};

// Neither call waits. `end_writing` answers operation_in_progress where it must be asked again when the channel can be
// written to: it is still connecting. `close` breaks off where it is told so: what was sent and not yet read by the peer may be lost.
template <class C>
concept channel = requires(C& c, C const& asked, std::span<char> room, std::span<std::string_view const> pieces) {
    { c.read(room) } -> std::same_as<transfer>;
    { c.write(pieces) } -> std::same_as<transfer>;
    { asked.can_end_writing() } -> std::same_as<bool>;
    { c.end_writing() } -> std::same_as<std::error_code>;
    c.close(true);
    { asked.name() } -> std::same_as<std::string>;
    { asked.peer_name() } -> std::same_as<std::string>;
};

// Whom a loop calls, and what it waits for. It may change that, or leave the loop, while it is called.
class loop_client {
public:
    bool wants_to_read = false, wants_to_write = false;
    std::optional<instant> wakes_at{};

    virtual void on_readable() = 0;
    virtual void on_writable() = 0;
    virtual void on_time() = 0;
    // It cannot be waited for: nobody would call it again. Only from a loop whose waiting can fail.
    virtual void on_failure(std::error_code) {}

protected:
    ~loop_client() = default;
};

// One room for reading serves all connections of a loop: an idle one has none.
template <class L, class C>
concept loop_for = requires(L& loop, L const& asked, loop_client& client, C& c) {
    loop.add(client, c);
    loop.remove(client);
    { asked.now() } -> std::same_as<instant>;
    { loop.room() } -> std::same_as<std::span<char>>;
};

}  // namespace segue
