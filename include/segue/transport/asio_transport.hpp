// A transport over any AsyncStream of Asio's, on any executor: the state machine of ready_transport, its waits Asio's.
//
// All calls are made where the stream's executor runs, and the receiver is called there: for a pool of threads the
// stream's executor is a strand. The transport may be destroyed at any time, also by its receiver: the connection is
// broken off, and what is still under way holds what it needs.
#pragma once

#include <boost/asio/compose.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

#include "segue/transport/asio_completing_channel.hpp"
#include "segue/transport/asio_loop.hpp"
#include "segue/transport/asio_waiting_channel.hpp"
#include "segue/transport/ready_transport.hpp"

namespace segue::asio {

// The channel of a stream; asio_tls.hpp has that of TLS.
template <class Stream>
struct channel_over {
    using type = completing_channel<Stream>;
    static_assert(!requires { typename Stream::handshake_type; }, "segue: TLS comes in through segue/transport/asio_tls.hpp: include it");
};
template <waits Stream>
struct channel_over<Stream> {
    using type = waiting_channel<Stream>;
};
template <class Stream>
using channel = typename channel_over<Stream>::type;

// The stream of what a transport is made of: of a channel, or itself.
template <class S>
struct stream_under {
    using type = S;
};
template <segue::channel C>
struct stream_under<C> {
    using type = typename C::stream_type;
};
template <class S>
using stream_of = typename stream_under<S>::type;

// The stream is connected. It holds no room for reading while it waits, where the medium tells that it is ready.
// Where memory to wait cannot be had, that breaks the connection: not_enough_memory. Where there is none to tell that
// either, the call throws std::bad_alloc, and the connection is broken off.
template <class Stream>
class transport {
public:
    using stream_type = Stream;
    using executor_type = typename Stream::executor_type;

    transport(channel<Stream> c, water_marks marks = {}) : state_(std::make_shared<state>(std::move(c), marks)) {}
    transport(transport&&) noexcept = default;
    transport& operator=(transport&& other) noexcept {
        transport(std::move(other)).state_.swap(state_);
        return *this;
    }
    ~transport() {
        if (state_) abort();
    }

    void start(receiver& to) {
        return then_wait([&](auto& m) { m.start(to); });
    }
    std::error_code write(std::string_view all) {
        return then_wait([&](auto& m) { return m.write(all); });
    }
    // Without a copy where the medium takes it at once; elsewhere it is queued, up to the high mark.
    std::size_t write_many(std::span<std::string_view const> pieces) {
        return then_wait([&](auto& m) {
            if constexpr (channel<Stream>::gathers) return m.write_many(pieces);
            else return state_->queue(pieces);
        });
    }
    void pause_reading() { state_->machine.pause_reading(); }
    void resume_reading() {
        return then_wait([](auto& m) { m.resume_reading(); });
    }
    std::error_code end_writing() {
        return then_wait([](auto& m) { return m.end_writing(); });
    }
    void close() {
        return then_wait([](auto& m) { m.close(); });
    }
    void abort() {
        return then_wait([](auto& m) { m.abort(); });
    }
    void wake_at(std::optional<instant> when) {
        return then_wait([&](auto& m) { m.wake_at(when); });
    }
    // The token is told when it is no longer open, whatever the reason, which `error` tells; never from within this call.
    //   co_await t.async_closed(boost::asio::use_awaitable);
    template <class Token>
    auto async_closed(Token&& token) {
        return net::async_compose<Token, void()>(
            [state = state_, begun = false](auto& self, error_code const& = {}) mutable {
                if (std::exchange(begun, true)) return self.complete();
                state->async_left(std::move(self));
            },
            token, state_->executor);
    }

    instant now() const { return state_->now(); }
    std::size_t pending() const { return state_->machine.pending(); }
    bool congested() const { return state_->machine.congested(); }
    bool open() const { return state_->machine.open(); }
    std::error_code error() const { return state_->machine.error(); }
    std::string name() const { return state_->machine.name(); }
    std::string peer_name() const { return state_->machine.peer_name(); }
    Stream& stream() { return state_->machine.medium().stream(); }
    executor_type get_executor() const { return state_->executor; }

private:
    using loop_type = loop<executor_type, channel<Stream>>;

    struct state final : loop_type {
        state(channel<Stream> c, water_marks m)
            : loop_type(c.stream().get_executor()), executor(c.stream().get_executor()), marks(m), machine(*this, std::move(c), m) {}

        std::size_t queue(std::span<std::string_view const> pieces) {
            std::size_t all = 0;
            for (std::string_view const piece : pieces) {
                if (machine.congested()) break;
                std::string_view const part = piece.substr(0, marks.high - machine.pending());
                if (machine.write(part)) break;
                all += part.size();
            }
            return all;
        }

        executor_type executor;
        water_marks marks;
        ready_transport<channel<Stream>, loop_type> machine;
    };
    template <class Call>
    auto then_wait(Call call) {
        auto const of = state_;
        try {
            if constexpr (std::is_void_v<decltype(call(of->machine))>) {
                call(of->machine);
                of->wait();
            } else {
                auto const answer = call(of->machine);
                of->wait();
                return answer;
            }
        } catch (...) {
            of->machine.abort();
            of->wait();
            throw;
        }
    }

    std::shared_ptr<state> state_;
};
template <class S>
transport(S, water_marks = {}) -> transport<stream_of<S>>;

}  // namespace segue::asio
