// An event loop on poll(2): a connection whose reading is paused is not even asked about.
#pragma once

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <optional>
#include <poll.h>
#include <span>
#include <system_error>
#include <vector>

#include "segue/transport/posix_channel.hpp"

namespace segue::posix {

class loop {
public:
    using clock = instant (*)();

    explicit loop(clock c = [] { return std::chrono::steady_clock::now(); }) : clock_(c), now_(c()) {}
    loop(loop&&) = delete;

    void add(loop_client& client, channel& c) { clients_.push_back({&client, &c}); }
    void remove(loop_client& client) {
        for (entry& e : clients_)
            if (e.client == &client) e.client = nullptr;
    }
    // of this turn; it never goes back
    instant now() const { return now_; }
    std::span<char> room() { return room_; }

    // Waits until somebody is ready or due, at most so long, and calls them. False where nobody waits for anything.
    bool turn(std::optional<std::chrono::milliseconds> at_most = std::nullopt) {
        std::vector<pollfd>& asked = asked_;
        asked.clear();
        std::optional<instant> due;
        std::erase_if(clients_, [](entry const& e) { return !e.client; });
        for (entry& e : clients_) {
            loop_client const& c = *e.client;
            due = earliest(due, c.wakes_at);
            e.in = ask(c.wants_to_read, e.of->reading_from(), POLLIN);
            bool const together = e.in != nobody && e.of->reading_from() == e.of->writing_to();
            if (c.wants_to_write && together) asked[e.out = e.in].events |= POLLOUT;
            else e.out = ask(c.wants_to_write, e.of->writing_to(), POLLOUT);
        }
        if (asked.empty() && !due && std::none_of(clients_.begin(), clients_.end(), can_only_fail)) return false;
        int const found = ::poll(asked.data(), asked.size(), patience(due, at_most));
        if (found < 0 && errno != EINTR) throw std::system_error(last_error(), "poll");
        now_ = std::max(now_, clock_());
        if (found < 0) return true;
        std::size_t const count = clients_.size();  // who comes later waits for the next turn
        for (std::size_t i = 0; i < count; ++i) {
            if (is_ready(clients_[i].in, POLLOUT) && wants(i, &loop_client::wants_to_read)) clients_[i].client->on_readable();
            if (is_ready(clients_[i].out, POLLIN) && wants(i, &loop_client::wants_to_write)) clients_[i].client->on_writable();
            if (clients_[i].client && clients_[i].client->wakes_at && *clients_[i].client->wakes_at <= now_) clients_[i].client->on_time();
        }
        return true;
    }
    // Until nobody waits for anything, or it is stopped.
    void run() {
        stopped_ = false;
        while (!stopped_ && turn()) {}
    }
    void stop() { stopped_ = true; }

private:
    static constexpr std::size_t nobody = static_cast<std::size_t>(-1);
    struct entry {
        loop_client* client;
        channel* of;
        std::size_t in = nobody, out = nobody;  // which of the descriptors asked about
    };
    std::size_t ask(bool wanted, int fd, short events) {
        if (!wanted) return nobody;
        asked_.push_back({fd, events, 0});  // a closed descriptor is negative: it is passed over, and `can_only_fail`
        return asked_.size() - 1;
    }
    static bool can_only_fail(entry const& e) {
        return e.client && ((e.client->wants_to_read && e.of->reading_from() < 0) || (e.client->wants_to_write && e.of->writing_to() < 0));
    }
    int patience(std::optional<instant> due, std::optional<std::chrono::milliseconds> at_most) const {
        if (std::any_of(clients_.begin(), clients_.end(), can_only_fail)) return 0;
        std::optional<std::chrono::milliseconds> wait = at_most;
        if (due) {
            instant const now = clock_();
            auto const left = *due <= now ? std::chrono::milliseconds(0) : std::chrono::ceil<std::chrono::milliseconds>(*due - now);
            if (!wait || left < *wait) wait = left;
        }
        return wait ? static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(wait->count(), 0, 1'000'000)) : -1;
    }
    // Errors count for both directions, readiness for the one that is not `other`.
    bool is_ready(std::size_t which, int other) const {
        return which != nobody && (asked_[which].fd < 0 || (asked_[which].revents & ~other) != 0);
    }
    // It may have changed its mind since it was asked about, or left.
    bool wants(std::size_t i, bool loop_client::*what) const { return clients_[i].client && clients_[i].client->*what; }

    clock clock_;
    instant now_;
    bool stopped_ = false;
    std::vector<entry> clients_;
    std::vector<pollfd> asked_;
    std::vector<char> room_ = std::vector<char>(64 * 1024);
};

}  // namespace segue::posix
