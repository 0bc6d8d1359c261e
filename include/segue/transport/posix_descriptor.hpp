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
// and at the latest when the program exits.
class made_nonblocking {
public:
    made_nonblocking() = default;
    explicit made_nonblocking(int fd) {
        int const before = ::fcntl(fd, F_GETFL);
        if (before < 0 || (before & O_NONBLOCK) != 0 || ::fcntl(fd, F_SETFL, before | O_NONBLOCK) != 0) return;
        fd_ = fd;
        remember(fd, before);
    }
    made_nonblocking(made_nonblocking&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    made_nonblocking& operator=(made_nonblocking&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~made_nonblocking() { put_back(); }

    void put_back() {
        if (fd_ >= 0) restore(std::exchange(fd_, -1));
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
            for (std::size_t i = 0; i < most; ++i) restore(all()[i].fd);
        }), true);
        (void)registered;
        for (std::size_t i = 0; i < most; ++i)
            if (all()[i].fd < 0) {
                all()[i] = {fd, flags};
                return;
            }
    }
    static void restore(int fd) {
        for (std::size_t i = 0; fd >= 0 && i < most; ++i)
            if (all()[i].fd == fd) {
                ::fcntl(fd, F_SETFL, all()[i].flags);
                all()[i].fd = -1;
            }
    }

    int fd_ = -1;
};

}  // namespace segue::posix
