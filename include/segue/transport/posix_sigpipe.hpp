// A pipe without a reader raises SIGPIPE and knows no flag against it: the signal is held back for this thread and taken
// away again, so that the program's own handling of signals stays as it is.
#pragma once

#include <cerrno>
#include <csignal>
#include <pthread.h>

namespace segue::posix {

class sigpipe_held_back {
public:
    sigpipe_held_back() {
        sigset_t pending;
        sigpending(&pending);
        was_pending_ = sigismember(&pending, SIGPIPE) == 1;
        sigset_t const pipe = only_sigpipe();
        pthread_sigmask(SIG_BLOCK, &pipe, &before_);
    }
    sigpipe_held_back(sigpipe_held_back&&) = delete;
    ~sigpipe_held_back() {
        int const error = errno;
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
        errno = error;
    }
    // To be called where a write has failed with EPIPE.
    void take_away() {
        if (was_pending_) return;
        int const error = errno;
        sigset_t const pipe = only_sigpipe();
        timespec const at_once{};
        while (sigtimedwait(&pipe, nullptr, &at_once) < 0 && errno == EINTR) {}
        errno = error;
    }

private:
    static sigset_t only_sigpipe() {
        sigset_t pipe;
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        return pipe;
    }

    sigset_t before_;
    bool was_pending_;
};

}  // namespace segue::posix
