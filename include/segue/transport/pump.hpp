// Runs a protocol on a transport: bytes in, events to the application, bytes out, deadlines, and how it all ends.
//
// It reads from the transport only while the protocol asks for bytes, and the protocol reads on only while the transport
// takes what it sends: a slow peer stops the other one, and nothing in between grows.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "segue/protocol/protocol.hpp"
#include "segue/transport/transport.hpp"

namespace segue {

// An application for protocols that have no events of their own.
struct no_application {};

// `app(protocol, event)` is called for each event that it takes: those of the protocol, and of event.hpp ended, closed,
// aborted, failed and drained, where one that stopped writing goes on. Where it does not take `ended`, an end of the
// peer's direction is answered with an end of ours.
template <protocol P, transport T, class App = no_application>
class pump final : private receiver {
public:
    // For how long the last bytes may make no progress, and the peer's are still read, so that closing does not break
    // off what was sent to it.
    static constexpr std::chrono::seconds linger{2};

    pump(P& p, T& t, App app = {}) : protocol_(&p), transport_(&t), app_(std::move(app)) {}
    pump(pump&&) = delete;

    // From now on; a protocol that speaks first does so here.
    void start() {
        transport_->start(*this);
        go_on();
    }
    // To be called when credit has come back, or something was sent, outside of the application's handler. An exception
    // of the protocol or the application breaks the connection off and leaves here, or the loop.
    void go_on() {
        if (running_) return;
        running_ = true;
        or_break_off([this] {
            protocol_->advance(transport_->now());
            work();
        });
        running_ = false;
    }
    bool finished() const { return !transport_->open(); }
    T& transport() { return *transport_; }

private:
    static constexpr int most_rounds = 16;
    template <class E>
    static constexpr bool takes = std::invocable<App&, P&, E&>;

    void on_bytes(std::string_view arrived) override {
        if (over_) return;
        or_break_off([&] { protocol_->receive(arrived); });
        go_on();
        or_break_off([this] { protocol_->keep(); });
    }
    void on_end() override {
        peer_ended_ = true;
        if (!over_) or_break_off([this] { protocol_->receive_eof(); });
        go_on();
    }
    void on_abort() override {
        if (!over_) or_break_off([this] { protocol_->receive_abort(); });
        go_on();
    }
    void on_writable() override { go_on(); }
    void on_time() override {
        if (!over_) return go_on();
        if (protocol_->outgoing().pending() != 0) transport_->abort();
        else transport_->close();
    }

    template <class Do>
    void or_break_off(Do what) {
        try {
            what();
        } catch (...) {
            over_ = true;
            running_ = false;
            transport_->abort();
            protocol_->keep();
            throw;
        }
    }
    // As long as the transport takes what is written, but not for ever: other connections want their turn.
    void work() {
        bool more = true;
        for (int round = 0; more && round < most_rounds; ++round) {
            run();
            if (tell_drained()) run();
            more = flush() && (paused_ || (takes<event::drained> && !over_));
        }
        end();
        if (more && transport_->open()) transport_->wake_at(transport_->now());
    }
    // Events until the protocol has none.
    void run() {
        paused_ = false;
        while (!over_) {
            auto e = protocol_->next_event();
            if (is<event::need>(e)) return transport_->resume_reading();
            if (is<event::paused>(e)) {
                paused_ = true;
                return transport_->pause_reading();
            }
            if (is<event::ended>(e)) return end_of_peer(e);
            over_ = is_last(e);
            tell(e);
        }
    }
    template <class E>
    void end_of_peer(E& e) {
        if (std::exchange(told_end_, true)) return;
        if constexpr (takes<event::ended>) tell(e);
        else protocol_->outgoing().end();
    }
    template <class E>
    void tell(E& e) {
        std::visit([this]<class One>(One& one) {
            if constexpr (takes<One>) app_(*protocol_, one);
        }, e);
    }
    // Not while what waits in the layers above fills the outbox again, and not once the conversation is over.
    bool tell_drained() {
        if constexpr (takes<event::drained>) {
            if (!drained_ || over_ || protocol_->outgoing().congested()) return false;
            drained_ = false;
            event::drained e;
            app_(*protocol_, e);
            return true;
        }
        return false;
    }

    // Writes what is pending. True where that brought it below its marks.
    bool flush() {
        outbox& out = protocol_->outgoing();
        bool const congested = out.congested();
        while (out.pending() != 0) {
            std::string_view room[16];
            std::size_t const n = transport_->write_many(out.pieces(room));
            if (n == 0) break;
            out.consume(n);
            lingers_until_.reset();
        }
        bool const drained = congested && !out.congested();
        drained_ = drained_ || drained;
        return drained;
    }
    // What follows when all is written: our direction ends, or both.
    void end() {
        outbox const& out = protocol_->outgoing();
        if (out.aborted()) return transport_->abort();
        if (out.pending() == 0 && (over_ || out.ending())) {
            if (peer_ended_) return transport_->close();
            bool const half = ended_ || !transport_->end_writing();
            ended_ = true;
            if (over_ && !half) return transport_->close();
        }
        if (!transport_->open()) return;
        if (over_) {
            transport_->resume_reading();  // to the peer's end
            if (!lingers_until_) lingers_until_ = transport_->now() + linger;
        }
        transport_->wake_at(over_ ? lingers_until_ : protocol_->next_deadline());
    }

    P* protocol_;
    T* transport_;
    [[no_unique_address]] App app_;
    bool running_ = false, paused_ = false, over_ = false;
    bool peer_ended_ = false, told_end_ = false;  // ... and the application knows
    bool ended_ = false;                          // our direction
    bool drained_ = false;                        // the outbox, and the application does not know
    std::optional<instant> lingers_until_;
};

}  // namespace segue
