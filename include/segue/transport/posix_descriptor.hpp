// A file descriptor: owned, or borrowed and given back as it was found.
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace segue::posix {

inline std::error_code last_error() { return {errno, std::system_category()}; }

class descriptor {
public:
    descriptor() = default;
    explicit descriptor(int owned) : number_(owned) {}
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~descriptor() { close(); }

    explicit operator bool() const { return number_ >= 0; }
    int number() const { return number_; }
    int release() { return std::exchange(number_, -1); }
    // The places of the standard streams are not left free: what is opened next would be the program's standard output.
    // What stands there fails, as a closed one does.
    void close() {
        int const n = std::exchange(number_, -1);
        if (n < 0) return;
        int const other = n <= STDERR_FILENO ? ::open("/dev/null", (n == STDIN_FILENO ? O_WRONLY : O_RDONLY) | O_CLOEXEC) : -1;
        if (other < 0) {
            ::close(n);
        } else {
            ::dup2(other, n);
            ::close(other);
        }
    }

private:
    int number_ = -1;
};

// Standard input and output are shared with other processes, and so is their O_NONBLOCK: it is put back when this ends,
// and at the latest when the program exits (for as many as there are standard streams, and a few more).
class made_nonblocking {
public:
    made_nonblocking() = default;
    explicit made_nonblocking(int fd) {
        int const before = ::fcntl(fd, F_GETFL);
        if (before < 0 || (before & O_NONBLOCK) != 0 || ::fcntl(fd, F_SETFL, before | O_NONBLOCK) != 0) return;
        fd_ = fd;
        flags_ = before;
        remember(fd, before);
    }
    made_nonblocking(made_nonblocking&& other) noexcept : fd_(std::exchange(other.fd_, -1)), flags_(other.flags_) {}
    made_nonblocking& operator=(made_nonblocking&& other) noexcept {
        std::swap(fd_, other.fd_);
        std::swap(flags_, other.flags_);
        return *this;
    }
    ~made_nonblocking() { put_back(); }

    void put_back() {
        if (fd_ < 0) return;
        ::fcntl(fd_, F_SETFL, flags_);
        forget(std::exchange(fd_, -1));
    }

private:
    struct saved {
        int fd = -1, flags = 0;
    };
    static constexpr std::size_t most = 8;
    static saved* all() {
        static saved slots[most];
        return slots;
    }
    static void remember(int fd, int flags) {
        static bool const registered = (std::atexit([] {
            for (std::size_t i = 0; i < most; ++i)
                if (all()[i].fd >= 0) ::fcntl(all()[i].fd, F_SETFL, all()[i].flags);
        }), true);
        (void)registered;
        for (std::size_t i = 0; i < most; ++i)
            if (all()[i].fd < 0) {
                all()[i] = {fd, flags};
                return;
            }
    }
    static void forget(int fd) {
        for (std::size_t i = 0; i < most; ++i)
            if (all()[i].fd == fd) all()[i].fd = -1;
    }

    int fd_ = -1, flags_ = 0;
};

}  // namespace segue::posix
