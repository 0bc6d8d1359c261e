// What the protocols of one connection have in common: the calls that are about its end, and not about its messages.
//
//   class mine : public endpoint_protocol<> { ... receive(bytes), keep(), next_event(), and what it sends };
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "segue/protocol/endpoint.hpp"

namespace segue {

template <limits L = limits{}>
class endpoint_protocol {
public:
    void receive_eof() { end_.in.close(); }
    void receive_abort() { end_.abort(); }
    outbox& outgoing() { return end_.out; }
    std::optional<instant> next_deadline() const { return end_.next_deadline(); }
    void advance(instant now) { end_.time.advance(now); }
    instant now() const { return end_.time.now(); }

    // Reads no more; what is pending is still sent.
    void close() { end_.close(); }
    void abort() { end_.abort(); }
    // Nothing is read until the proposal of another protocol is answered: `hand_over` gives the connection to it.
    bool proposed() const { return end_.proposed(); }
    handover hand_over() { return end_.hand_over(); }

    // From the next element on, no more than that of the grammar's limit of this name; it can only be lowered.
    bool lower(std::string_view name, std::size_t most)
        requires(L.adjustable)
    {
        return end_.in.lower(name, most);
    }

    segue::role role() const { return end_.role(); }
    segue::error const& error() const { return end_.in.error(); }
    std::size_t heap() const { return end_.in.heap(); }

protected:
    explicit endpoint_protocol(segue::role r, flow f) : end_(r, f) {}
    explicit endpoint_protocol(handover&& from, flow f) : end_(std::move(from), f) {}

    endpoint<L> end_;
};

}  // namespace segue
