// A channel over descriptors: one for both directions (a socket), or one for each (pipes, standard input and output,
// files, terminals).
#pragma once

#include <cerrno>
#include <cstddef>
#include <poll.h>
#include <span>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utility>

#include "segue/transport/channel.hpp"
#include "segue/transport/posix_descriptor.hpp"
#include "segue/transport/posix_sigpipe.hpp"

namespace segue::posix {

// How a channel's writing direction can end.
enum class ending : std::uint8_t { shutdown, closing, none };

class channel {
public:
    // a socket
    channel(descriptor both, std::string name, std::string peer)
        : in_(std::move(both)), name_(std::move(name)), peer_(std::move(peer)), ending_(ending::shutdown), is_socket_(true) {}
    // one descriptor for each direction; either may be missing
    channel(descriptor in, descriptor out, std::string name, std::string peer, ending e = ending::closing)
        : in_(std::move(in)), out_(std::move(out)), name_(std::move(name)), peer_(std::move(peer)), ending_(e) {}

    transfer read(std::span<char> room) {
        if (!in_) return {transfer::result::ended};
        ssize_t const n = ::read(in_.number(), room.data(), room.size());
        if (n > 0) return {transfer::result::moved, static_cast<std::size_t>(n)};
        if (n == 0) return {transfer::result::ended};
        return failed();
    }
    transfer write(std::span<std::string_view const> pieces) {
        iovec vector[most_pieces];
        std::size_t count = 0, all = 0;
        for (std::string_view const piece : pieces) {
            if (count == most_pieces) break;
            vector[count++] = {const_cast<char*>(piece.data()), piece.size()};
            all += piece.size();
        }
        if (all == 0) return {transfer::result::moved};
        if (writing_to() < 0) return {transfer::result::broken, 0, std::make_error_code(std::errc::broken_pipe)};
        ssize_t const n = is_socket_ ? send(vector, count) : write_without_signal(vector, count);
        if (n >= 0) return {transfer::result::moved, static_cast<std::size_t>(n)};
        return failed();
    }
    bool can_end_writing() const { return ending_ != ending::none; }
    std::error_code end_writing() {
        if (ending_ == ending::shutdown && connects()) return std::make_error_code(std::errc::operation_in_progress);
        if (ending_ == ending::shutdown && ::shutdown(in_.number(), SHUT_WR) != 0 && errno != ENOTCONN) return last_error();
        if (ending_ == ending::closing) close_out();
        return {};
    }
    void close(bool abruptly) {
        if (abruptly && is_socket_ && in_) {
            linger const reset{1, 0};  // the peer is told, instead of seeing an end in order
            ::setsockopt(in_.number(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        }
        in_flags_.put_back();
        in_.close();
        close_out();
    }
    std::string name() const { return name_; }
    std::string peer_name() const { return peer_; }

    int reading_from() const { return in_.number(); }
    int writing_to() const { return is_socket_ ? in_.number() : out_.number(); }
    // Their descriptions are shared with other processes: non-blocking only as long as this channel is open.
    void borrow_flags() {
        if (in_) in_flags_ = made_nonblocking(in_.number());
        if (out_) out_flags_ = made_nonblocking(out_.number());
    }

private:
    static constexpr std::size_t most_pieces = 16;

    // To end one direction of a connection that is not made yet would break the attempt off.
    bool connects() const {
        sockaddr_storage peer;
        socklen_t size = sizeof peer;
        if (::getpeername(in_.number(), reinterpret_cast<sockaddr*>(&peer), &size) == 0 || errno != ENOTCONN) return false;
        pollfd asked{in_.number(), POLLOUT, 0};
        return ::poll(&asked, 1, 0) == 0;
    }
    static transfer failed() {
        if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return {};
        return {transfer::result::broken, 0, last_error()};
    }
    ssize_t send(iovec* vector, std::size_t count) {
        msghdr message{};
        message.msg_iov = vector;
        message.msg_iovlen = count;
        return ::sendmsg(in_.number(), &message, MSG_NOSIGNAL);
    }
    ssize_t write_without_signal(iovec const* vector, std::size_t count) {
        sigpipe_held_back held;
        ssize_t const n = ::writev(out_.number(), vector, static_cast<int>(count));
        if (n < 0 && errno == EPIPE) held.take_away();
        return n;
    }
    void close_out() {
        out_flags_.put_back();
        out_.close();
    }

    descriptor in_, out_;
    made_nonblocking in_flags_, out_flags_;
    std::string name_, peer_;
    ending ending_;
    bool is_socket_ = false;
};

}  // namespace segue::posix
