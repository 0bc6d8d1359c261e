// Where the channels of posix come from: sockets that connect, pairs, pipes, standard input and output, files.
#pragma once

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <fcntl.h>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "segue/transport/posix_channel.hpp"
#include "segue/wire/buffer.hpp"

namespace segue::posix {

// What was opened, or why it could not be.
template <class T>
class opened {
public:
    opened(T value) : value_(std::move(value)) {}
    opened(std::error_code why) : why_(why) {}

    explicit operator bool() const { return value_.has_value(); }
    T& operator*() { return *value_; }
    T* operator->() { return &*value_; }
    std::error_code error() const { return why_; }

private:
    std::optional<T> value_;
    std::error_code why_;
};

// A socket's address, of any family.
struct address {
    sockaddr_storage storage{};
    socklen_t size = sizeof(sockaddr_storage);

    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
    sockaddr const* get() const { return reinterpret_cast<sockaddr const*>(&storage); }
    int family() const { return storage.ss_family; }
};

//   127.0.0.1:8080   [::1]:8080   unix:/run/x
inline std::string to_text(address const& a) {
    if (a.family() == AF_UNIX) {
        auto const* const u = reinterpret_cast<sockaddr_un const*>(a.get());
        return a.size > offsetof(sockaddr_un, sun_path) && u->sun_path[0] != 0 ? "unix:" + std::string(u->sun_path) : "unix:";
    }
    char host[NI_MAXHOST], port[NI_MAXSERV];
    if (::getnameinfo(a.get(), a.size, host, sizeof host, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) != 0) return "unknown";
    return (a.family() == AF_INET6 ? '[' + std::string(host) + ']' : std::string(host)) + ':' + port;
}
inline std::string local_name(int fd) {
    address a;
    return ::getsockname(fd, a.get(), &a.size) == 0 ? to_text(a) : "unknown";
}
inline std::string remote_name(int fd) {
    address a;
    return ::getpeername(fd, a.get(), &a.size) == 0 ? to_text(a) : "unknown";
}

inline bool is_terminal(int fd) { return ::isatty(fd) != 0; }
//   /dev/pts/3   pipe
inline std::string name_of_descriptor(int fd) {
    char terminal[256];
    if (fd == STDIN_FILENO) return "standard input";
    if (fd == STDOUT_FILENO) return "standard output";
    return ::ttyname_r(fd, terminal, sizeof terminal) == 0 ? terminal : "pipe";
}

// The first address of a host and a port. Waits where the host is a name that must be asked for.
inline opened<address> tcp_address(std::string const& host, std::uint16_t port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
        return std::make_error_code(std::errc::address_not_available);
    std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> const owner(found, &::freeaddrinfo);
    address a;
    copy_bytes(reinterpret_cast<char*>(&a.storage), reinterpret_cast<char const*>(found->ai_addr), found->ai_addrlen);
    a.size = found->ai_addrlen;
    return a;
}
inline opened<address> unix_address(std::string const& path) {
    address a;
    auto* const u = reinterpret_cast<sockaddr_un*>(a.get());
    if (path.size() >= sizeof u->sun_path) return std::make_error_code(std::errc::filename_too_long);
    u->sun_family = AF_UNIX;
    copy_bytes(u->sun_path, path.data(), path.size());
    a.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + 1);
    return a;
}

// A Unix socket's path outlives its server, and must be free for the next one: it is removed where connections are refused.
// Errors: address_in_use where somebody answers; file_exists where it is no socket. Of two servers that start at the
// same moment, one may take the other's.
inline std::error_code remove_abandoned_socket(std::string const& path) {
    auto at = unix_address(path);
    if (!at) return at.error();
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0) return errno == ENOENT ? std::error_code() : last_error();
    if (!S_ISSOCK(about.st_mode)) return std::make_error_code(std::errc::file_exists);
    descriptor const asks(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!asks) return last_error();
    if (::connect(asks.number(), at->get(), at->size) == 0 || errno == EAGAIN || errno == EPROTOTYPE) return std::make_error_code(std::errc::address_in_use);
    if (errno == ECONNREFUSED && ::unlink(path.c_str()) == 0) return {};
    return errno == ENOENT ? std::error_code() : last_error();
}

inline channel socket_channel(descriptor fd, std::string peer) {
    int const on = 1;
    ::setsockopt(fd.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);  // whole answers are written at once anyway
    std::string name = local_name(fd.number());
    return channel(std::move(fd), std::move(name), std::move(peer));
}
inline channel socket_channel(descriptor fd) {
    std::string peer = remote_name(fd.number());
    return socket_channel(std::move(fd), std::move(peer));
}
// Begins to connect; that it failed is told as an abort.
inline opened<channel> connect(opened<address> to) {
    if (!to) return to.error();
    descriptor fd(::socket(to->family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd) return last_error();
    if (::connect(fd.number(), to->get(), to->size) != 0 && errno != EINPROGRESS) return last_error();
    return socket_channel(std::move(fd), to_text(*to));
}

// Others may listen at the same port; the kernel divides what comes.
inline std::error_code share_port(int fd) {
    int const on = 1;
    return ::setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == 0 ? std::error_code() : last_error();
}

// Two ends of a Unix socket.
inline opened<std::pair<channel, channel>> socket_pair() {
    int fd[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fd) != 0) return last_error();
    descriptor a(fd[0]), b(fd[1]);
    return std::pair(channel(std::move(a), "unix:", "unix:"), channel(std::move(b), "unix:", "unix:"));
}
// Two pipes as two ends: what the first reads from and writes to, and the second.
inline opened<std::array<descriptor, 4>> pipe_numbers() {
    int forth[2], back[2];
    if (::pipe2(forth, O_NONBLOCK | O_CLOEXEC) != 0) return last_error();
    descriptor a(forth[0]), b(forth[1]);
    if (::pipe2(back, O_NONBLOCK | O_CLOEXEC) != 0) return last_error();
    return std::array{descriptor(back[0]), std::move(b), std::move(a), descriptor(back[1])};
}
// Two ends of two pipes, one for each direction.
inline opened<std::pair<channel, channel>> pipe_pair() {
    auto pipes = pipe_numbers();
    if (!pipes) return pipes.error();
    auto& [first_in, first_out, second_in, second_out] = *pipes;
    return std::pair(channel(std::move(first_in), std::move(first_out), "pipe", "pipe"), channel(std::move(second_in), std::move(second_out), "pipe", "pipe"));
}
// Standard input and output as one channel. A terminal's output does not end before the program does.
inline channel standard_streams() {
    channel c(descriptor(STDIN_FILENO), descriptor(STDOUT_FILENO), "standard input and output", "standard input and output",
              is_terminal(STDOUT_FILENO) ? ending::none : ending::closing);
    c.borrow_flags();
    return c;
}
inline channel standard_input() {
    channel c(descriptor(STDIN_FILENO), descriptor(), "standard input", "standard input", ending::none);
    c.borrow_flags();
    return c;
}
// A file, a named pipe or a terminal, for reading.
inline opened<channel> file_to_read(std::string const& path) {
    descriptor fd(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!fd) return last_error();
    struct stat about {};
    if (::fstat(fd.number(), &about) == 0 && S_ISDIR(about.st_mode)) return std::make_error_code(std::errc::is_a_directory);
    return channel(std::move(fd), descriptor(), path, path, ending::none);
}

}  // namespace segue::posix
