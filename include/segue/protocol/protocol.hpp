// A protocol gives messages a meaning in order: two-way, and without I/O.
//
//   p.receive(bytes);                    bytes have arrived; they must stay until an event without a message, or `keep`
//   p.receive_eof();  p.receive_abort(); the peer has ended its direction; the connection broke
//   p.next_event();                      one event at a time: its own, or one of event.hpp
//   p.keep();                            copies what was not read, so that the bytes may go
//   p.outgoing();                        what is to be written: pieces, taken as far as the transport takes them
//   p.next_deadline();  p.advance(now);  when to call again although nothing arrives; time goes in as an argument
//
// What it sends has its own names and types: that is what a protocol is about.
#pragma once

#include <concepts>
#include <optional>
#include <string_view>

#include "segue/protocol/event.hpp"
#include "segue/protocol/instant.hpp"
#include "segue/protocol/outbox.hpp"

namespace segue {

template <class P>
concept protocol = requires(P& p, P const& asked, std::string_view arrived, instant now) {
    typename P::event_type;
    p.receive(arrived);
    p.receive_eof();
    p.receive_abort();
    { p.next_event() } -> std::same_as<typename P::event_type>;
    p.keep();
    { p.outgoing() } -> std::same_as<outbox&>;
    { asked.next_deadline() } -> std::same_as<std::optional<instant>>;
    p.advance(now);
};

}  // namespace segue
