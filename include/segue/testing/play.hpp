// One run of a decoder over bytes in pieces, and everything that it said.
//
// Each piece lies in an allocation of its own that is freed as soon as the decoder has asked for more: a view that
// does not follow its bytes is found by an address sanitizer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "segue/driver/decoder.hpp"
#include "segue/testing/render.hpp"

namespace segue::testing {

// What was said after so many bytes.
struct said {
    std::string events;          // messages and streamed payloads, concatenated
    std::size_t messages = 0;
    kind last = kind::need;      // need, end or failed
    std::size_t minimum = 0;
    std::uint64_t offset = 0;
    std::string failure;

    friend bool operator==(said const&, said const&) = default;
};

inline std::string render(said const& s) {
    std::string out = s.events;
    if (s.last == kind::need) out += "need " + std::to_string(s.minimum);
    if (s.last == kind::end) out += "end";
    if (s.last == kind::failed) out += "failed: " + s.failure;
    return out + " @" + std::to_string(s.offset);
}

inline std::string render(incident const& i) {
    return "skipped " + std::to_string(i.size) + " bytes at " + std::to_string(i.offset) + ": " + render(i.cause) + "\n";
}

// How bytes get into the decoder.
enum class giving : std::uint8_t { fed, prepared };

template <auto const& Grammar, limits L = limits{}, class T = value_of<std::remove_cvref_t<decltype(Grammar)>>>
class player {
public:
    explicit player(giving how = giving::fed) : how_(how) {}

    said const& give(std::string_view piece) {
        if (said_.last == kind::failed) return said_;
        given_ += piece.size();
        std::unique_ptr<char[]> own;
        if (how_ == giving::fed) {
            own = std::make_unique<char[]>(piece.size() + (piece.empty() ? 1 : 0));
            std::memcpy(own.get(), piece.data(), piece.size());
            in_.feed({own.get(), piece.size()});
        } else {
            std::span<char> const room = in_.prepare(piece.size());
            std::memcpy(room.data(), piece.data(), piece.size());
            in_.commit(piece.size());
        }
        listen();
        return said_;
    }
    said const& close() {
        if (said_.last == kind::failed) return said_;
        in_.close();
        listen();
        return said_;
    }
    decoder<Grammar, L, T>& decoder_in_use() { return in_; }

private:
    void listen() {
        // every message takes at least a byte, every piece too
        for (std::uint64_t bound = 2 * given_ + 2;; --bound) {
            if (bound == 0) {
                said_.events += "never ends";
                said_.last = kind::failed;
                return;
            }
            auto const event = in_.next();
            if (event.kind() == kind::part) {
                said_.events += event.data();
                continue;
            }
            said_.offset = in_.offset();
            if constexpr (recovers<std::remove_cvref_t<decltype(Grammar)>>) {
                if (event.kind() == kind::skipped) {
                    said_.events += render(event.skipped());
                    continue;
                }
            }
            if (event.kind() == kind::message) {
                ++said_.messages;
                said_.events += render(*event) + " @" + std::to_string(said_.offset) + "\n";
                if (said_.offset > given_) said_.events += "answered before its last byte\n";
                continue;
            }
            said_.last = event.kind();
            said_.minimum = event.kind() == kind::need ? event.minimum() : 0;
            if (event.kind() == kind::failed) {
                said_.failure = render(event.error());
                if (in_.next().kind() != kind::failed || render(in_.error()) != said_.failure) said_.events += "not poisoned\n";
            }
            return;
        }
    }

    giving how_;
    decoder<Grammar, L, T> in_;
    said said_;
    std::uint64_t given_ = 0;
};

}  // namespace segue::testing
