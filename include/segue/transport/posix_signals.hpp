// Signals as events of the loop: the handler writes one byte into a pipe, and the loop calls when it reads it.
#pragma once

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <functional>
#include <initializer_list>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include "segue/transport/posix_loop.hpp"

namespace segue::posix {

// One at a time in a process, and not destroyed by what it calls. What the signals did before comes back when it ends.
//   posix::signals stopping(loop, {SIGTERM, SIGINT}, [&](int) { ... });
class signals final : private loop_client {
public:
    signals(loop& on, std::initializer_list<int> which, std::function<void(int)> told) : signals(on, which, std::move(told), made_pipe()) {}
    signals(signals&&) = delete;
    ~signals() {
        for (auto const& [s, action] : before_) ::sigaction(s, &action, nullptr);
        pipe_of_handler() = -1;
        loop_->remove(*this);
    }

private:
    using ends = std::pair<descriptor, descriptor>;

    static ends made_pipe() {
        int fd[2];
        if (::pipe2(fd, O_NONBLOCK | O_CLOEXEC) != 0) throw std::system_error(last_error(), "pipe2");
        return {descriptor(fd[0]), descriptor(fd[1])};
    }
    signals(loop& on, std::initializer_list<int> which, std::function<void(int)> told, ends pipe)
        : loop_(&on), told_(std::move(told)), pipe_(std::move(pipe.first), descriptor(), "signals", "signals", ending::none), writes_to_(std::move(pipe.second)) {
        wants_to_read = true;
        before_.reserve(which.size());
        loop_->add(*this, pipe_);
        // nothing throws from here on: a handler must not stay behind with the number of a pipe that is gone
        pipe_of_handler() = writes_to_.number();
        struct sigaction action {};
        action.sa_handler = &signals::handle;
        action.sa_flags = SA_RESTART;
        for (int const s : which) {
            before_.push_back({s, {}});
            ::sigaction(s, &action, &before_.back().second);
        }
    }
    static int volatile& pipe_of_handler() {
        static int volatile fd = -1;
        return fd;
    }
    // Nothing here but what a handler may call; a full pipe has a byte in it already.
    static void handle(int s) {
        int const before = errno;
        auto const one = static_cast<unsigned char>(s);
        [[maybe_unused]] auto const written = ::write(pipe_of_handler(), &one, 1);
        errno = before;
    }
    void on_readable() override {
        unsigned char some[16];
        auto const n = ::read(pipe_.reading_from(), some, sizeof some);
        for (ssize_t i = 0; i < n; ++i) told_(some[i]);
    }
    void on_writable() override {}
    void on_time() override {}

    loop* loop_;
    std::function<void(int)> told_;
    channel pipe_;
    descriptor writes_to_;
    std::vector<std::pair<int, struct sigaction>> before_;
};

}  // namespace segue::posix
