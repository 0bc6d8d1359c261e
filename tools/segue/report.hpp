// How a decoding error is told: a sentence and the bytes around it, or a line of JSON.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "grammar.hpp"
#include "segue/core/error.hpp"

namespace segue::command {

// Sixteen bytes around the place, as far as they are known, the place in brackets.
//   bytes 4 to 8: 68 65 [6c] 6c 6f
std::string excerpt(std::string_view known, std::uint64_t known_from, std::uint64_t place);

// The last bytes that were read, and what came before them: for an excerpt.
struct recent_bytes {
    std::string before{};       // the last bytes of the chunks before
    std::string_view chunk{};
    std::uint64_t chunk_from = 0;

    std::string tail{};         // of the chunk: its own bytes go when the next ones are read

    void next(std::string_view arrived) {
        before = last_of(before + tail);
        tail = last_of(arrived);
        chunk_from += chunk.size();
        chunk = arrived;
    }
    static std::string last_of(std::string_view all) {
        constexpr std::size_t enough = 16;
        return std::string(all.substr(all.size() - std::min(all.size(), enough)));
    }
};

// ... around the place of its error; nothing where those bytes are gone.
std::string excerpt_for(stream const& in, recent_bytes const& bytes, bool streamed);

// The limit that was met, and what the input declared, as members.
void write_limit(json_writer& out, error const& e);

//   {"error":{"code":"mismatch","offset":6,"path":"payload","message":"..."}}
// with "limit" and "observed" before the message, where the error has them
std::string error_json(error const& e);
// ... of something that no decoder found, with neither path nor excerpt
std::string error_json(std::string_view code, std::uint64_t offset, std::string_view message);

}  // namespace segue::command
