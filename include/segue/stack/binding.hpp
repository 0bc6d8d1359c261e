// How the payloads of one protocol travel in the messages of another.
//
//   b.take(below, event);   each of its own events of the protocol below: the payload that is complete with it, if any
//   b.give(below, payload); sends a payload
//   b.nothing(below);       what was taken last is answered with nothing (where that has to be said)
//   b.ready(below);         another payload can be sent (where that is not always so)
//   b.busy(below);          a payload is under way in either direction (where it takes more than one event)
//
// One that keeps something between two events has `begin()`, which gives each stack an object that does all this.
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "segue/driver/encode.hpp"
#include "segue/protocol/event.hpp"

namespace segue {

using taken = std::optional<std::string_view>;

template <class B>
auto begin_traffic(B b) {
    if constexpr (requires { b.begin(); }) return b.begin();
    else return b;
}
template <class B>
using traffic_of = decltype(begin_traffic(std::declval<B>()));

// Bytes of heap that it can hold; none where it does not say.
template <class B>
constexpr std::size_t most_memory_of() {
    if constexpr (requires { B::most_memory(); }) return B::most_memory();
    else return 0;
}

template <class B, class Below>
concept binding_for = requires(traffic_of<B>& b, Below& below, std::string_view payload) {
    { b.give(below, payload) } -> std::same_as<encoded>;
};

// The simple case, one chunk a payload, from two pure functions:
//   Form::payload_of(chunk) -> std::string_view    Form::chunk_of(payload) -> what the chunks' codec encodes
template <class Form>
struct over_chunks {
    template <class Below, class V>
    taken take(Below&, event::message<V> const& chunk) const {
        return Form::payload_of(*chunk);
    }
    template <class Below>
    encoded give(Below& below, std::string_view payload) const {
        auto const chunk = Form::chunk_of(payload);
        return below.write_chunk(chunk);
    }
};

// A chunk is the payload: lines, netstrings, frames of any kind.
struct as_chunk {
    static std::string_view payload_of(std::string_view chunk) { return chunk; }
    static std::string_view chunk_of(std::string_view payload) { return payload; }
};

}  // namespace segue
