// TLS over a socket of Asio's, by OpenSSL: a transport whose handshake is part of its connection.
//
//   auto context = asio::tls_context(role::server);    // a boost::asio::ssl::context: certificate and key are put there
//   asio::transport<asio::tls> t(asio::tls_server(std::move(socket), context));
//
// What is written goes out, and what arrives comes in, behind the handshake; one that fails, or takes too long, is an
// abort with an error. RFC 8446 6.1: "Each party MUST send a "close_notify" alert before closing its write side of the
// connection": an end is told only where it came. A connection that ends without it may have been cut off by anybody
// (RFC 9112 9.8): an abort with the error ssl::error::stream_truncated, behind all that arrived.
#pragma once

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <new>
#include <openssl/ssl.h>
#include <span>
#include <string>
#include <system_error>
#include <utility>

#include "segue/protocol/role.hpp"
#include "segue/transport/asio_transport.hpp"

namespace segue::asio {

// A stream of TLS, and what there is still to do before it can be used.
template <class Socket>
class tls_channel : public completing_channel<net::ssl::stream<Socket>, 64> {
    using base = completing_channel<net::ssl::stream<Socket>, 64>;

public:
    using stream_type = net::ssl::stream<Socket>;
    using base::stream;

    // How long the peer may take for its part of the handshake; and, when all is said, to hear that it is.
    static constexpr std::chrono::seconds patience{10}, linger{2};

    // The handshake has been made.
    tls_channel(stream_type s) : base(std::move(s)) {}
    tls_channel(stream_type s, role who, std::chrono::milliseconds within = patience)
        : base(std::move(s)), greeting_(std::make_unique<greeting>(who, within, stream().get_executor())) {}

    // All of a record, of which the first bytes have waited here.
    transfer read(std::span<char> room) {
        transfer t = base::read(room);
        while (t.what == transfer::result::moved && t.size < room.size() && ::SSL_pending(stream().native_handle()) > 0) {
            int const more = ::SSL_read(stream().native_handle(), room.data() + t.size, static_cast<int>(room.size() - t.size));
            if (more <= 0) break;
            t.size += static_cast<std::size_t>(more);
        }
        return t;
    }
    bool can_end_writing() const { return false; }
    void close(bool abruptly) {
        leaves_ = !abruptly && !greeting_ && !this->failed();
        if (!leaves_) close_medium(stream().next_layer(), abruptly);
    }

    // Behind the handshake it is ready to be asked again.
    template <class Ready>
    void async_readable(Ready ready) {
        if (greeting_) greet(std::move(ready));
        else base::async_readable(std::move(ready));
    }
    template <class Ready>
    void async_writable(Ready ready) {
        if (greeting_) greet(std::move(ready));
        else base::async_writable(std::move(ready));
    }
    // Behind `close`: says that all is said, and hears the peer out for a while: what it had sent and nobody read would
    // otherwise break off what it has not read yet. `keeps` lives as long.
    template <class Keeps>
    void async_leave(Keeps keeps) {
        if (!leaves_) return;
        try {
            leave(keeps);
        } catch (std::bad_alloc const&) {
            close_medium(stream().next_layer(), true);
        }
    }

private:
    struct greeting {
        template <class Executor>
        greeting(role w, std::chrono::milliseconds t, Executor const& on) : who(w), within(t), deadline(on), done(on, instant::max()) {}
        role who;
        std::chrono::milliseconds within;
        net::steady_timer deadline, done;  // whose waits end when they are gone
        bool begun = false, took_too_long = false;
    };
    // `ready` is called behind the handshake, which the first to come begins.
    template <class Ready>
    void greet(Ready ready) {
        if (std::exchange(greeting_->begun, true)) return greeting_->done.async_wait([ready = std::move(ready)](error_code const&) mutable { ready(); });
        stream().async_handshake(greeting_->who == role::server ? net::ssl::stream_base::server : net::ssl::stream_base::client,
                                 [this, ready](error_code const& why) mutable {
                                     if (greeting_->took_too_long) this->fail(net::error::timed_out);
                                     else if (why) this->fail(why == net::error::eof ? error_code(net::ssl::error::stream_truncated) : why);
                                     greeting_.reset();
                                     ready();
                                 });
        greeting_->deadline.expires_after(greeting_->within);
        greeting_->deadline.async_wait([this, keeps = std::move(ready)](error_code const& why) {
            if (why || !greeting_) return;
            greeting_->took_too_long = true;
            close_medium(stream().next_layer(), true);
        });
    }
    template <class Keeps>
    void leave(Keeps const& keeps) {
        auto const timer = std::make_shared<net::steady_timer>(stream().get_executor(), linger);
        ::SSL_set_shutdown(stream().native_handle(), ::SSL_get_shutdown(stream().native_handle()) | SSL_RECEIVED_SHUTDOWN);  // ours alone
        stream().async_shutdown([this, timer, keeps](error_code const&) {
            error_code ignored;
            stream().next_layer().shutdown(net::socket_base::shutdown_send, ignored);
            stream().next_layer().non_blocking(true, ignored);
            hear_out(timer, keeps);
        });
        timer->async_wait([this, keeps](error_code const& why) {
            if (!why) close_medium(stream().next_layer(), true);
        });
    }
    template <class Keeps>
    void hear_out(std::shared_ptr<net::steady_timer> const& timer, Keeps keeps) {
        auto& socket = stream().next_layer();
        auto const until = [this, timer, keeps](error_code why) {
            std::array<char, 4096> nobody;
            for (int i = 0; !why && i < 16; ++i) (void)stream().next_layer().read_some(net::buffer(nobody), why);
            if (!why || why == net::error::would_block) return hear_out(timer, keeps);
            close_medium(stream().next_layer(), false);
            timer->cancel();
        };
        try {
            socket.async_wait(Socket::wait_read, until);
        } catch (std::bad_alloc const&) {
            close_medium(socket, true);
            timer->cancel();
        }
    }

    std::unique_ptr<greeting> greeting_;
    bool leaves_ = false;
};

template <class Socket>
struct channel_over<net::ssl::stream<Socket>> {
    using type = tls_channel<Socket>;
};
using tls = net::ssl::stream<net::ip::tcp::socket>;

// TLS 1.2 and 1.3, without renegotiation and compression, with little memory where nothing is going on. A client verifies
// its peer against the system's authorities; a server needs a certificate and its key.
inline net::ssl::context tls_context(role who) {
    net::ssl::context c(who == role::server ? net::ssl::context::tls_server : net::ssl::context::tls_client);
    ::SSL_CTX_set_min_proto_version(c.native_handle(), TLS1_2_VERSION);
    ::SSL_CTX_set_options(c.native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    ::SSL_CTX_set_mode(c.native_handle(), SSL_MODE_RELEASE_BUFFERS);
    if (who == role::client) {
        error_code ignored;  // none may be installed: then nobody is trusted
        c.set_default_verify_paths(ignored);
        c.set_verify_mode(net::ssl::verify_peer);
    }
    return c;
}

// The connected socket's server, or client of a host whose certificate must be for that name. RFC 6066 3: the name is
// told to the server, "Literal IPv4 and IPv6 addresses are not permitted" there.
template <class Socket>
tls_channel<Socket> tls_server(Socket s, net::ssl::context& c, std::chrono::milliseconds within = tls_channel<Socket>::patience) {
    return {net::ssl::stream<Socket>(std::move(s), c), role::server, within};
}
template <class Socket>
tls_channel<Socket> tls_client(Socket s, net::ssl::context& c, std::string const& host, std::chrono::milliseconds within = tls_channel<Socket>::patience) {
    net::ssl::stream<Socket> stream(std::move(s), c);
    error_code not_an_address;
    net::ip::make_address(host, not_an_address);
    if (not_an_address) ::SSL_set_tlsext_host_name(stream.native_handle(), host.c_str());
    stream.set_verify_callback(net::ssl::host_name_verification(host));
    return {std::move(stream), role::client, within};
}

}  // namespace segue::asio
