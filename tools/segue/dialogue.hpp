// A connection between two peers as lines: the messages of both directions with who sent them and when.
//
// The bytes may come from a capture or pass through while they are read; what is malformed is told on standard error,
// once, and the direction is not decoded any further.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "commands.hpp"
#include "message_lines.hpp"
#include "registry.hpp"
#include "report.hpp"

namespace segue::command {

enum class side : std::uint8_t { client, server };
constexpr side other(side s) { return s == side::client ? side::server : side::client; }

using wall_time = std::chrono::sys_time<std::chrono::microseconds>;
//   2026-11-21T20:14:25.123456Z (RFC 3339)
std::string to_text(wall_time when);

// Of two exit statuses the one to end with.
constexpr int worse(int a, int b) { return a == malformed || b == malformed ? malformed : std::max(a, b); }

// What all connections of one command share.
struct dialogue_options {
    bool events = false;
    bool for_people = false;  // a time and an arrow before the message, instead of "@"
    bool json_errors = false;
    std::string* lines = nullptr;                           // they are appended to it
    std::function<void(std::string const&)> tell_error{};   // one, without the end of its line
};

class dialogue {
public:
    struct peers {
        std::size_t number;
        std::string client, server;
    };
    dialogue(two_streams in, peers who, dialogue_options const& how);
    dialogue(dialogue&&) = delete;

    void arrived(side from, std::string_view bytes, wall_time when);
    void ended(side from, wall_time when);
    // What stood at this byte is not known: `what` says why, in a sentence.
    void lost(side from, std::uint64_t offset, std::string const& what);

    // Something that befell the connection, on standard error.
    void tell(side from, std::string_view code, std::string const& what);

    // the worst that happened, as an exit status
    int status() const { return status_; }
    peers const& who() const { return who_; }

private:
    struct direction {
        std::unique_ptr<stream> in{};
        std::optional<message_lines> lines{};
        recent_bytes recent{};
        bool over = true;                      // nothing more is decoded
        std::optional<std::uint64_t> opaque{}; // where the next byte of another protocol stands
    };
    direction& of(side s) { return directions_[static_cast<std::size_t>(s)]; }
    std::string const& name(side s) const { return s == side::client ? who_.client : who_.server; }
    line_form form(side s) const;
    void read(side s);
    void pass_over(side s, std::size_t size);
    void failed(side s);
    void write_about(json_writer& to, side s) const;
    void report(side s, std::string const& json, std::string const& text);

    peers who_;
    dialogue_options const* how_;
    std::array<direction, 2> directions_;
    wall_time now_{};
    int status_ = all_well;
};

}  // namespace segue::command
