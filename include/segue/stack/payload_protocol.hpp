// A protocol that speaks in whole payloads, and leaves it to a binding how they travel: another protocol's messages carry
// them, and it knows nothing of that one.
//
//   p.receive(payload);                  one payload, whole; it need not stay
//   p.receive_eof();  p.receive_abort(); no more will come; the connection broke, or was closed here
//   p.next_event();                      one of its own, need where it can take the next payload, or one of event.hpp
//   p.outgoing();                        payloads to be carried
//   p.owes();                            what was received will still be answered
//   p.next_deadline();  p.advance(now);
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/protocol/event.hpp"
#include "segue/protocol/instant.hpp"

namespace segue {

// Payloads that wait to be carried: whole, in order, bounded.
class payload_queue {
public:
    explicit payload_queue(std::size_t most = 192 * 1024) : most_(most) {}

    // False, and nothing is put, where more bytes would wait than may.
    [[nodiscard]] bool push(std::string payload) {
        if (payload.size() > most_ || bytes_ > most_ - payload.size()) return false;
        bytes_ += payload.size();
        waiting_.push_back(std::move(payload));
        return true;
    }
    std::string const& front() const { return waiting_[gone_]; }
    // Memory is given back at once, its place when such places are the larger part: so each is moved once.
    void pop() {
        bytes_ -= front().size();
        std::string().swap(waiting_[gone_++]);
        if (gone_ <= waiting_.size() / 2) return;
        waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(gone_));
        gone_ = 0;
        if (waiting_.empty() && waiting_.capacity() > most_places) std::vector<std::string>().swap(waiting_);
    }
    bool empty() const { return waiting_.empty(); }
    std::size_t size() const { return waiting_.size() - gone_; }
    std::size_t bytes() const { return bytes_; }
    std::size_t most() const { return most_; }
    void clear() {
        waiting_.clear();
        gone_ = bytes_ = 0;
    }

private:
    static constexpr std::size_t most_places = 64;

    std::size_t most_;
    std::size_t bytes_ = 0;
    std::size_t gone_ = 0;  // of those that waited
    std::vector<std::string> waiting_;
};

template <class P>
concept payload_protocol = requires(P& p, P const& asked, std::string_view payload, instant now) {
    typename P::event_type;
    p.receive(payload);
    p.receive_eof();
    p.receive_abort();
    { p.next_event() } -> std::same_as<typename P::event_type>;
    { p.outgoing() } -> std::same_as<payload_queue&>;
    { asked.owes() } -> std::same_as<bool>;
    { asked.next_deadline() } -> std::same_as<std::optional<instant>>;
    p.advance(now);
};

}  // namespace segue
