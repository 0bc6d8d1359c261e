// What differs between Asio's streams: how one direction ends, how they close, what they are called; and what holds one.
//
// Sockets and descriptors are known by their bases; any other AsyncStream needs no more than `close`.
#pragma once

#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/descriptor_base.hpp>
#include <boost/asio/socket_base.hpp>
#include <concepts>
#include <string>
#include <system_error>
#include <utility>

#include "segue/transport/channel.hpp"
#include "segue/transport/posix_open.hpp"

namespace segue::asio {

namespace net = boost::asio;
using boost::system::error_code;

template <class S>
concept a_socket = std::derived_from<S, net::socket_base>;
template <class S>
concept a_descriptor = std::derived_from<S, net::posix::descriptor_base>;
// Tells when it can be read and written, and then does so without waiting; others complete what they were asked for.
template <class S>
concept waits = requires(S& s, error_code& why) {
    s.async_wait(S::wait_read, [](error_code const&) {});
    s.non_blocking(true, why);
    s.read_some(net::mutable_buffer(), why);
    s.write_some(net::const_buffer(), why);
};
// A stream that brings its own answers to the questions below.
template <class S>
concept knows_its_medium = requires(S& s, S const& asked) {
    s.close_medium(true);
    { s.end_writing() } -> std::same_as<std::error_code>;
    { asked.can_end_writing() } -> std::same_as<bool>;
    { asked.name() } -> std::same_as<std::string>;
};

// The standard streams' places are not left free: see posix_descriptor.hpp.
template <a_descriptor S>
void close_descriptor(S& s) {
    if (s.is_open()) posix::descriptor(s.release()).close();
}
template <class S>
void close_medium(S& s, bool abruptly) {
    error_code ignored;
    if constexpr (knows_its_medium<S>) {
        s.close_medium(abruptly);
    } else if constexpr (a_descriptor<S>) {
        close_descriptor(s);
    } else if constexpr (a_socket<S>) {
        if (abruptly) s.set_option(net::socket_base::linger(true, 0), ignored);  // the peer is told, instead of seeing an end in order
        s.close(ignored);
    } else if constexpr (requires { s.close(ignored); }) {
        s.close(ignored);
    } else if constexpr (requires { s.lowest_layer(); }) {
        close_medium(s.lowest_layer(), abruptly);
    } else {
        s.close();
    }
}
template <class S>
bool can_end_writing(S const& s) {
    if constexpr (knows_its_medium<S>) return s.can_end_writing();
    else return a_socket<S>;
}
template <class S>
std::error_code end_writing(S& s) {
    if constexpr (knows_its_medium<S>) {
        return s.end_writing();
    } else if constexpr (a_socket<S>) {
        error_code why;
        s.shutdown(net::socket_base::shutdown_send, why);
        return why == net::error::not_connected ? error_code() : why;
    } else {
        return std::make_error_code(std::errc::not_supported);
    }
}
//   127.0.0.1:8080   [::1]:8080   unix:/run/x   /dev/pts/3   pipe
template <class S>
std::string name_of(S& s) {
    if constexpr (knows_its_medium<S>) return s.name();
    else if constexpr (a_socket<S>) return posix::local_name(s.native_handle());
    else if constexpr (requires { { s.native_handle() } -> std::convertible_to<int>; }) return posix::name_of_descriptor(s.native_handle());
    else if constexpr (requires { s.lowest_layer(); }) return name_of(s.lowest_layer());
    else return "stream";
}
template <class S>
std::string peer_name_of(S& s) {
    if constexpr (a_socket<S>) return posix::remote_name(s.native_handle());
    else if constexpr (requires { s.lowest_layer().remote_endpoint(); }) return posix::remote_name(s.lowest_layer().native_handle());
    else return name_of(s);
}

// A stream, and its names, which it no longer knows when it is closed: what all channels over one have alike.
template <class Stream>
class medium {
public:
    using stream_type = Stream;

    bool can_end_writing() const { return asio::can_end_writing(stream_); }
    std::error_code end_writing() { return asio::end_writing(stream_); }
    void close(bool abruptly) { close_medium(stream_, abruptly); }
    std::string name() const { return name_; }
    std::string peer_name() const { return peer_; }
    Stream& stream() { return stream_; }

protected:
    explicit medium(Stream s) : stream_(std::move(s)), name_(name_of(stream_)), peer_(peer_name_of(stream_)) {}

    Stream stream_;

private:
    std::string name_, peer_;
};

inline transfer transferred(std::size_t n, error_code const& why) {
    if (n != 0) return {transfer::result::moved, n};
    if (!why || why == net::error::would_block || why == net::error::try_again || why == net::error::interrupted) return {};
    if (why == net::error::eof) return {transfer::result::ended};
    return {transfer::result::broken, 0, why};
}

}  // namespace segue::asio
