// A listening socket of Asio's that hands over every connection, also when descriptors or memory ran out for a while.
//
//   asio::listener here(std::move(*asio::listen<tcp>(executor, at)), [&](tcp::socket s) { all.add(std::move(s)); });
//
// Several processors: an io_context and a listener for each, all at one port that they share; the kernel divides what
// comes. Or one of them, and for each connection an executor of its own, such as a strand of a pool.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/socket_base.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "segue/transport/asio_medium.hpp"
#include "segue/transport/posix_open.hpp"

namespace segue::asio {

// `shares_port`: others may listen at the same one (SO_REUSEPORT). `backlog`: connections that wait to be accepted.
struct listening {
    bool shares_port = false;
    int backlog = net::socket_base::max_listen_connections;
};

// A listening socket; port 0 takes a free one, which `listener::name` tells. A Unix socket's path must not exist: see
// posix::remove_abandoned_socket.
template <class Protocol>
posix::opened<typename Protocol::acceptor> listen(net::any_io_executor const& on, typename Protocol::endpoint const& at, listening how = {}) {
    typename Protocol::acceptor a(on);
    error_code why;
    a.open(at.protocol(), why);
    if (!why && at.protocol().family() != AF_UNIX) a.set_option(net::socket_base::reuse_address(true), why);
    if (!why && how.shares_port) why = posix::share_port(a.native_handle());
    if (!why) a.bind(at, why);
    if (!why) a.listen(how.backlog, why);
    if (why) return std::error_code(why);
    return a;
}

// `accepted(socket)` is called where the acceptor's executor runs, and may destroy the listener; what it throws leaves
// through there; std::bad_alloc, too, where there is no memory to try again later: `resume` does.
template <class Acceptor>
class listener {
public:
    using socket_type = typename Acceptor::protocol_type::socket;

    // `each` gives the executor of each connection.
    listener(Acceptor a, std::function<void(socket_type)> accepted, std::function<net::any_io_executor()> each = {})
        : state_(std::make_shared<state>(std::move(a), std::move(accepted), std::move(each))) {
        state_->accept();
    }
    listener(listener&&) noexcept = default;
    listener& operator=(listener&& other) noexcept {
        listener(std::move(other)).state_.swap(state_);
        return *this;
    }
    ~listener() { close(); }

    std::string name() const { return posix::local_name(state_->acceptor.native_handle()); }
    // Connections wait, as many as the backlog, and others are turned away by the system.
    void pause() { state_->paused = true; }
    void resume() {
        state_->paused = false;
        state_->accept();
    }
    void close() {
        if (state_) state_->close();
    }

private:
    // Without descriptors or memory nothing can be accepted: a while later there may be some.
    static constexpr std::chrono::milliseconds when_exhausted{100};

    struct state : std::enable_shared_from_this<state> {
        state(Acceptor a, std::function<void(socket_type)> f, std::function<net::any_io_executor()> e)
            : acceptor(std::move(a)), timer(acceptor.get_executor()), accepted(std::move(f)), each(std::move(e)) {}

        void accept() {
            if (paused || !acceptor.is_open() || waiting) return;
            try {
                begin([this] {
                    acceptor.async_accept(each ? each() : acceptor.get_executor(), [self = this->shared_from_this()](error_code const& why, socket_type s) {
                        self->waiting = false;
                        if (why == net::error::operation_aborted) return;
                        if (why) return self->accept_later();
                        self->hand_over(std::move(s));
                    });
                });
            } catch (std::bad_alloc const&) {
                accept_later();
            }
        }
        void hand_over(socket_type s) {
            try {
                accepted(std::move(s));
            } catch (...) {
                accept();
                throw;
            }
            accept();
        }
        void accept_later() {
            timer.expires_after(when_exhausted);
            begin([this] {
                timer.async_wait([self = this->shared_from_this()](error_code const&) {
                    self->waiting = false;
                    self->accept();
                });
            });
        }
        // Where it throws nothing is under way.
        template <class Operation>
        void begin(Operation operation) {
            waiting = true;
            try {
                operation();
            } catch (...) {
                waiting = false;
                throw;
            }
        }
        void close() {
            error_code ignored;
            acceptor.close(ignored);
            timer.cancel();
        }

        Acceptor acceptor;
        net::steady_timer timer;
        std::function<void(socket_type)> accepted;
        std::function<net::any_io_executor()> each;
        bool waiting = false, paused = false;
    };
    std::shared_ptr<state> state_;
};

}  // namespace segue::asio
