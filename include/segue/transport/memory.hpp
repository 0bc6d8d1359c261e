// Two ends of a connection in memory, with a clock that is moved by hand: the test double of every transport.
//
// What a network may do is told beforehand: how the bytes are cut, how few are taken, where the connection breaks or
// ends. The state machine above is that of the real transports.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/transport/ready_transport.hpp"

namespace segue {

// What happens to the bytes of one direction.
struct faults {
    std::size_t capacity = 64 * 1024;                 // bytes on their way before a writer must wait
    std::size_t most_read = unbounded;                // bytes in one read ...
    std::size_t most_written = unbounded;             // ... and in one write
    std::optional<std::size_t> breaks_after{};        // so many bytes the connection is reset
    std::optional<std::size_t> ends_after{};          // so many bytes the reader sees the end, whatever is written
    std::size_t interrupted = 0;                      // each so many-th call moves nothing and must be made again
};

namespace detail {

// One direction.
struct memory_pipe {
    faults how{};
    std::string bytes{};
    std::size_t delivered = 0, calls = 0;
    bool ended = false, broken = false;

    bool interrupts() { return how.interrupted != 0 && ++calls % how.interrupted == 0; }
    bool at_its_end() const { return how.ends_after && delivered >= *how.ends_after; }
    bool readable() const { return broken || ended || at_its_end() || !bytes.empty(); }
    bool writable() const { return broken || bytes.size() < how.capacity; }
};

}  // namespace detail

class memory_channel {
public:
    memory_channel(std::shared_ptr<detail::memory_pipe> in, std::shared_ptr<detail::memory_pipe> out, std::string name, std::string peer)
        : in_(std::move(in)), out_(std::move(out)), name_(std::move(name)), peer_(std::move(peer)) {}

    transfer read(std::span<char> room) {
        if (in_->how.breaks_after && in_->delivered >= *in_->how.breaks_after) in_->broken = out_->broken = true;
        if (in_->broken) return broken(std::errc::connection_reset);
        if (in_->interrupts()) return {};
        if (in_->at_its_end() || (in_->ended && in_->bytes.empty())) return {transfer::result::ended};
        std::size_t n = std::min({in_->bytes.size(), room.size(), in_->how.most_read});
        for (auto const& stop : {in_->how.breaks_after, in_->how.ends_after})
            if (stop) n = std::min(n, *stop - in_->delivered);
        if (n == 0) return {};
        copy_bytes(room.data(), in_->bytes.data(), n);
        in_->bytes.erase(0, n);
        in_->delivered += n;
        return {transfer::result::moved, n};
    }
    transfer write(std::span<std::string_view const> pieces) {
        if (out_->broken) return broken(std::errc::broken_pipe);
        if (out_->interrupts() || !out_->writable()) return {};
        std::size_t room = std::min(out_->how.most_written, out_->how.capacity - out_->bytes.size());
        std::size_t const before = out_->bytes.size();
        for (std::string_view const piece : pieces) {
            out_->bytes += piece.substr(0, room);
            room -= std::min(room, piece.size());
        }
        return {transfer::result::moved, out_->bytes.size() - before};
    }
    bool can_end_writing() const { return true; }
    std::error_code end_writing() {
        out_->ended = true;
        return {};
    }
    void close(bool abruptly) {
        // as TCP: the peer still reads what was sent, unless the connection is broken off or bytes of its own are unread
        if (abruptly || !in_->bytes.empty()) in_->broken = out_->broken = true;
        else out_->ended = in_->broken = true;
    }
    std::string name() const { return name_; }
    std::string peer_name() const { return peer_; }

    bool readable() const { return in_->readable() || (in_->how.breaks_after && in_->delivered >= *in_->how.breaks_after); }
    bool writable() const { return out_->writable(); }
    faults& arriving() { return in_->how; }

private:
    static transfer broken(std::errc why) { return {transfer::result::broken, 0, std::make_error_code(why)}; }

    std::shared_ptr<detail::memory_pipe> in_, out_;
    std::string name_, peer_;
};

// Runs what can be run, as long as there is something; time passes only when it is told to.
class memory_loop {
public:
    void add(loop_client& client, memory_channel& c) { clients_.push_back({&client, &c}); }
    void remove(loop_client& client) {
        for (entry& e : clients_)
            if (e.client == &client) e.client = nullptr;
    }
    instant now() const { return now_; }
    std::span<char> room() { return room_; }

    // One turn: whoever can read or write, or is due, is called once. False where there was nobody.
    bool turn() {
        bool any = false;
        for (std::size_t i = 0; i < clients_.size(); ++i) {
            any |= call(i, [](entry const& e) { return e.client->wants_to_read && e.channel->readable(); }, &loop_client::on_readable);
            any |= call(i, [](entry const& e) { return e.client->wants_to_write && e.channel->writable(); }, &loop_client::on_writable);
            any |= call(i, [this](entry const& e) { return e.client->wakes_at && *e.client->wakes_at <= now_; }, &loop_client::on_time);
        }
        std::erase_if(clients_, [](entry const& e) { return !e.client; });
        return any;
    }
    // Until nothing can be done before time passes; false where that has no end.
    bool run(std::size_t most_turns = 1'000'000) {
        while (most_turns-- != 0)
            if (!turn()) return true;
        return false;
    }
    void advance(instant::duration d) { now_ += d; }

private:
    struct entry {
        loop_client* client;
        memory_channel* channel;
    };
    template <class Ready>
    bool call(std::size_t i, Ready ready, void (loop_client::*what)()) {
        if (!clients_[i].client || !ready(clients_[i])) return false;
        (clients_[i].client->*what)();
        return true;
    }

    std::vector<entry> clients_;
    instant now_{};
    std::vector<char> room_ = std::vector<char>(64 * 1024);
};

using memory_transport = ready_transport<memory_channel, memory_loop>;

// Both ends of a new connection; `forth` is what happens from the first to the second, `back` the other way.
inline std::pair<memory_channel, memory_channel> memory_pair(faults forth = {}, faults back = {}) {
    auto const a = std::make_shared<detail::memory_pipe>(detail::memory_pipe{forth});
    auto const b = std::make_shared<detail::memory_pipe>(detail::memory_pipe{back});
    return {memory_channel(b, a, "memory:1", "memory:2"), memory_channel(a, b, "memory:2", "memory:1")};
}

}  // namespace segue
