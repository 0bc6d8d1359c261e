// The commands, one file each. Each returns the exit status.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "grammar.hpp"
#include "registry.hpp"

namespace segue::command {

inline constexpr int all_well = 0;
inline constexpr int malformed = 1;    // also: a line that cannot be encoded, a cut that made a difference
inline constexpr int wrong_usage = 2;  // also: a file that cannot be read or written
inline constexpr int truncated = 3;

struct decode_options {
    std::string file = "-";
    std::size_t chunk = 0;  // 0: as much as arrives
    bool offsets = false;
    bool events = false;
    bool progress = false;
    bool json_errors = false;
    std::vector<std::string> limits{};  // NAME=VALUE
};

// Of the TCP streams in a capture.
struct capture_options {
    std::string file{};
    std::optional<std::uint16_t> port{};  // of either side; none: all streams
    bool events = false;
    bool json_errors = false;
    std::vector<std::string> limits{};
};

// Between a client and a server.
struct tap_options {
    std::string listen{}, to{};
    std::string certificate{}, key{};  // files; with them it speaks TLS to clients
    std::string authorities{};         // a file of those that may vouch for the server
    bool for_people = false;
    bool events = false;
    bool json_errors = false;
    std::vector<std::string> limits{};
};

int list(registry const& all);
int describe(std::string const& name, description const& d, std::string const& format);  // of a grammar or a protocol
int decode(grammar const& g, std::unique_ptr<stream> in, decode_options const& options);
int decode_conversation(conversation const& c, std::string const& client_file, std::string const& server_file, bool json_errors);
int decode_capture(registry const& all, std::string const& name, capture_options const& options);
int encode(grammar const& g, std::string const& file, bool json_errors);
int tap(registry const& all, std::string const& name, tap_options const& options);
int verify(grammar const& g, std::string const& file);

}  // namespace segue::command
