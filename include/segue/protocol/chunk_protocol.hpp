// A protocol of one kind of message, both ways: any codec cuts the stream into chunks.
//
// With a handler each chunk is given to it; without, chunks are events. Chunks are read only while credit is left and
// the peer takes what is sent, so a peer that asks without listening stops itself.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "segue/content/bytes.hpp"
#include "segue/driver/hot_sets.hpp"
#include "segue/driver/recovery.hpp"
#include "segue/protocol/endpoint_protocol.hpp"
#include "segue/protocol/protocol.hpp"
#include "segue/segment/delimited.hpp"

namespace segue {

// No handler: chunks are told by `next_event`.
struct as_events {};

namespace detail {

template <bool Handled, bool Recovers, class Message>
using chunk_event = std::conditional_t<Handled, std::conditional_t<Recovers, event_of<event::skipped>, event_of<>>,
                                       std::conditional_t<Recovers, event_of<event::skipped, Message>, event_of<Message>>>;

}  // namespace detail

template <codec C, class Handler = as_events, limits L = limits{}, class V = value_or<C, std::string_view>>  // a view of the chunk, where the codec leaves it open
class chunk_protocol : public endpoint_protocol<L> {
public:
    static_assert(codec_for<C, V>, "segue: this codec does not decode into this type");
    static_assert(!streams<C>, "segue: a chunk is told whole; collect the streamed element in a protocol of its own");
    static_assert(recovers_around_the_whole<C>(), "segue: recover stands around the whole grammar");
    static_assert(!recovers<C> || resynchronizes<C> || has_framing<C>(),
                  "segue: nothing in this grammar tells where a broken message ends: put it in a segment, or name a mark");
    static constexpr bool handled = !std::same_as<Handler, as_events>;

    using value_type = V;
    using message = event::message<V>;
    using event_type = detail::chunk_event<handled, recovers<C>, message>;

    explicit chunk_protocol(C chunk, Handler handler = {}, segue::role r = segue::role::server, flow f = {})
        : base(r, f), chunk_(std::move(chunk)), handler_(std::move(handler)) {}
    // Goes on with a connection that another protocol began.
    chunk_protocol(handover&& from, C chunk, Handler handler = {}, flow f = {})
        : base(std::move(from), f), chunk_(std::move(chunk)), handler_(std::move(handler)) {}

    // Bytes of segue's own heap; a message that owns its parts has its own.
    static constexpr std::size_t most_memory(flow const& f = {}) { return endpoint<L>::most_memory(f); }

    void receive(std::string_view arrived) { end_.in.feed(arrived, value_); }
    void keep() { end_.in.keep(value_); }
    event_type next_event() {
        for (;;) {
            if (endpoint_standing const s = end_.stands(); s != endpoint_standing::open) return end_.template tell<event_type>(s);
            std::uint64_t const before = end_.in.offset();
            switch (read()) {
                case kind::message: break;
                case kind::skipped:
                    if constexpr (recovers<C>) return event::skipped{&recovery_.last()};
                    [[fallthrough]];
                case kind::need: return event::need{end_.in.minimum()};
                case kind::end: end_.time.clear(); return event::ended{};
                default: return event::failed(end_.in.error());
            }
            lease held = end_.credit.lend(static_cast<std::size_t>(end_.in.offset() - before));
            if constexpr (handled) {
                static_assert(std::invocable<Handler&, chunk_protocol&, V const&>, "segue: a handler takes the protocol and the chunk");
                held_ = &held;
                struct until_it_returns {
                    lease*& place;
                    ~until_it_returns() { place = nullptr; }
                } const scope{held_};
                handler_(*this, std::as_const(value_));
            } else {
                return message(value_, std::move(held));
            }
        }
    }

    // Sends a chunk; what could not be read back, or finds no room, is refused and not sent.
    encoded write_chunk(V const& value) { return end_.out.write(chunk_, value); }
    template <class T>
        requires codec_for<C, T>
    encoded write_chunk(T const& value) {
        return end_.out.write(chunk_, value);
    }
    // The next chunk must have arrived by then; `no_deadline` takes it back.
    void expect_by(instant at) { end_.time.set(at); }
    void no_deadline() { end_.time.clear(); }
    // In a handler: the credit of its chunk, for as long as the chunk is worked on after the handler has returned.
    lease hold() { return held_ ? std::move(*held_) : lease(); }

    // Proposes to give the connection to another protocol behind this chunk: nothing is read until `hand_over` or
    // `refuse`.
    void propose() { end_.propose(); }
    void refuse() { end_.refuse(); }
    std::uint64_t offset() const { return end_.in.offset(); }

private:
    using base = endpoint_protocol<L>;
    using base::end_;

    kind read() {
        class_bitmap<sets<>> none;
        if constexpr (recovers<C>) return recovery_.read(end_.in, chunk_, state_, value_, none);
        else return end_.in.read(chunk_, state_, value_, none);
    }

    [[no_unique_address]] C chunk_;
    [[no_unique_address]] Handler handler_;
    state_of<C> state_{};
    V value_{};
    lease* held_ = nullptr;
    [[no_unique_address]] std::conditional_t<recovers<C>, recovery<C, L>, nothing> recovery_;
};

// Lines that end with LF or CRLF; LF is written.
template <class Handler = as_events>
auto line_protocol(Handler handler = {}, segue::role r = segue::role::server, flow f = {}) {
    return chunk_protocol(delimited_any<"\n", "\r\n">(bytes), std::move(handler), r, f);
}

}  // namespace segue
