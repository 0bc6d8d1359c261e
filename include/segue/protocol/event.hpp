// What every protocol can tell besides its own events. The last four are for ever: asked again, it tells the same.
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "segue/core/error.hpp"
#include "segue/core/incident.hpp"
#include "segue/protocol/credit.hpp"

namespace segue::event {

// All bytes were read: at least so many more.
struct need {
    std::size_t minimum = 1;
};
// Bytes may be left, but nothing is read now: no credit, too much pending output, a proposal that waits for its answer.
// Whoever reads from the peer should stop.
struct paused {};
// The peer has ended its direction, in order, after the last message. Ours goes on.
struct ended {};
// The conversation is over from our side: when what is pending has been written, the connection can be closed.
struct closed {};
// The connection was broken off.
struct aborted {};
// What arrived is wrong. The error belongs to the protocol.
struct failed {
    constexpr explicit failed(segue::error const& e) : why(&e) {}
    segue::error const* why;
};

// Bytes that could not be decoded were passed over; told by a protocol whose grammar recovers. It belongs to the protocol.
struct skipped {
    incident const* what;
};

// Told by a pump, once after each time that the outbox was congested or had no room: it is down to the low mark.
struct drained {};

// A message that arrived, and the credit that it holds; it belongs to the protocol until the next event is asked for.
template <class V>
struct message {
    constexpr message(V& v, lease l) : value(&v), held(std::move(l)) {}
    constexpr V& operator*() const { return *value; }
    constexpr V* operator->() const { return value; }

    V* value;
    lease held;
};

}  // namespace segue::event

namespace segue {

template <class... Own>
using event_of = std::variant<event::need, event::paused, event::ended, event::closed, event::aborted, event::failed, Own...>;

template <class E, class... Any>
concept any_of = (std::same_as<E, Any> || ...);

template <class E, class... Any>
constexpr bool is(std::variant<Any...> const& e) {
    return std::holds_alternative<E>(e);
}

// The event, where it is one that every protocol can tell.
template <class To, class... Any>
std::optional<To> common_event(std::variant<Any...>& e) {
    return std::visit([]<class One>(One& one) -> std::optional<To> {
        if constexpr (any_of<One, event::need, event::paused, event::ended, event::closed, event::aborted, event::failed>) return To(one);
        else return std::nullopt;
    }, e);
}

// After these no event follows.
template <class... Any>
constexpr bool is_last(std::variant<Any...> const& e) {
    return is<event::ended>(e) || is<event::closed>(e) || is<event::aborted>(e) || is<event::failed>(e);
}

}  // namespace segue
