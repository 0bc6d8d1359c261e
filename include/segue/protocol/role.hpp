// Which end of a conversation this is.
#pragma once

#include <cstdint>
#include <string_view>

namespace segue {

enum class role : std::uint8_t { client, server };

constexpr role peer_of(role r) { return r == role::client ? role::server : role::client; }
constexpr std::string_view name_of(role r) { return r == role::client ? "client" : "server"; }

}  // namespace segue
