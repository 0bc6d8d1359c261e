// A listening socket that hands over a channel for each connection.
#pragma once

#include <cerrno>
#include <chrono>
#include <functional>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "segue/transport/posix_loop.hpp"
#include "segue/transport/posix_open.hpp"
#include "segue/transport/ready_transport.hpp"

namespace segue::posix {

using transport = ready_transport<channel, loop>;

class listener final : private loop_client {
public:
    listener(loop& on, descriptor fd, std::function<void(channel)> accepted)
        : loop_(&on), channel_(std::move(fd), "", ""), accepted_(std::move(accepted)) {
        wants_to_read = true;
        loop_->add(*this, channel_);
    }
    listener(listener&&) = delete;
    ~listener() { close(); }

    std::string name() const { return local_name(channel_.reading_from()); }
    void close() {
        if (channel_.reading_from() < 0) return;
        loop_->remove(*this);
        channel_.close(false);
    }

private:
    // Without descriptors nothing can be accepted: a while later there may be some.
    static constexpr std::chrono::milliseconds when_exhausted{100};
    static constexpr int most_at_once = 64;

    void on_readable() override {
        for (int i = 0; i < most_at_once; ++i) {
            descriptor fd(::accept4(channel_.reading_from(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
            if (fd) {
                accepted_(socket_channel(std::move(fd)));
                if (channel_.reading_from() < 0) return;  // closed by that
                continue;
            }
            if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
                wants_to_read = false;
                wakes_at = loop_->now() + when_exhausted;
            }
            return;
        }
    }
    void on_writable() override {}
    void on_time() override {
        wakes_at.reset();
        wants_to_read = true;
    }

    loop* loop_;
    channel channel_;
    std::function<void(channel)> accepted_;
};

// A listening socket; port 0 takes a free one, which `listener::name` tells. A Unix socket's path must not exist: see
// remove_abandoned_socket.
inline opened<descriptor> listen(opened<address> at) {
    if (!at) return at.error();
    descriptor fd(::socket(at->family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd) return last_error();
    int const on = 1;
    if (at->family() != AF_UNIX) ::setsockopt(fd.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(fd.number(), at->get(), at->size) != 0 || ::listen(fd.number(), SOMAXCONN) != 0) return last_error();
    return fd;
}

}  // namespace segue::posix
