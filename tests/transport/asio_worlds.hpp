// The places where a transport over Asio can be: each gives both ends of a connection and runs them.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/serial_port.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fcntl.h>
#include <string>
#include <unistd.h>
#include <utility>

#include "segue/transport/asio_duplex.hpp"
#include "segue/transport/asio_transport.hpp"

namespace worlds {

using namespace segue;
namespace net = boost::asio;

template <class Stream>
struct asio_world {
    using loop_type = net::io_context;
    using stream_type = Stream;
    static constexpr bool half_closes = true, tells_ends = true;

    // as the other worlds' transports are made
    struct transport_type : asio::transport<Stream> {
        transport_type(net::io_context&, asio::channel<Stream> c, water_marks marks = {}) : asio::transport<Stream>(std::move(c), marks) {}
    };

    template <class Until>
    bool run(Until until) {
        for (int i = 0; i < 2'000'000 && !until(); ++i) {
            loop.restart();
            if (loop.run_one_for(std::chrono::seconds(5)) == 0) return until();
        }
        return until();
    }
    // whatever can be done now
    void step() {
        loop.restart();
        if (loop.poll() == 0) (void)loop.run_one_for(std::chrono::milliseconds(1));
    }
    net::io_context loop;
};

template <class Protocol>
auto connected(net::io_context& on, typename Protocol::endpoint at) {
    typename Protocol::acceptor listening(on, at);
    typename Protocol::socket ours(on);
    ours.connect(listening.local_endpoint());
    auto theirs = listening.accept();
    return std::pair(std::move(ours), std::move(theirs));
}
inline auto tcp_pair(net::io_context& on) { return connected<net::ip::tcp>(on, {net::ip::address_v4::loopback(), 0}); }

struct asio_tcp : asio_world<net::ip::tcp::socket> {
    static constexpr char const* medium = "TCP";
    auto pair() { return tcp_pair(loop); }
};
struct asio_unix : asio_world<net::local::stream_protocol::socket> {
    static constexpr char const* medium = "Unix sockets";
    ~asio_unix() { std::filesystem::remove_all(folder); }
    auto pair() { return connected<net::local::stream_protocol>(loop, folder + "/socket" + std::to_string(++count)); }

    std::string folder = [] {
        std::string name = (std::filesystem::temp_directory_path() / "segue-XXXXXX").string();
        return std::string(::mkdtemp(name.data()));
    }();
    int count = 0;
};
struct asio_socket_pair : asio_world<net::local::stream_protocol::socket> {
    static constexpr char const* medium = "socket pairs";
    auto pair() {
        stream_type a(loop), b(loop);
        net::local::connect_pair(a, b);
        return std::pair(std::move(a), std::move(b));
    }
};
struct asio_pipes : asio_world<asio::duplex<>> {
    static constexpr char const* medium = "pipes";
    auto pair() { return std::move(*asio::pipe_pair(loop.get_executor())); }
};
// A serial line: both ends of a pseudo-terminal. When it is hung up the other end hears of an error; what it had not
// read yet is lost where it was on its way to the terminal.
struct asio_serial : asio_world<net::serial_port> {
    static constexpr char const* medium = "serial lines, terminals";
    static constexpr bool half_closes = false, tells_ends = false;

    auto pair() {
        int const line = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
        if (line < 0 || ::grantpt(line) != 0 || ::unlockpt(line) != 0) std::abort();
        net::serial_port terminal(loop, ::ptsname(line));
        return std::pair(std::move(terminal), net::serial_port(loop, line));
    }
};

// A stream that can do no more than an AsyncStream must.
class plain {
public:
    using executor_type = net::any_io_executor;
    explicit plain(net::ip::tcp::socket s) : socket_(std::move(s)) {}

    executor_type get_executor() { return socket_.get_executor(); }
    template <class Buffers, class Token>
    auto async_read_some(Buffers const& to, Token&& token) { return socket_.async_read_some(to, std::forward<Token>(token)); }
    template <class Buffers, class Token>
    auto async_write_some(Buffers const& from, Token&& token) { return socket_.async_write_some(from, std::forward<Token>(token)); }
    void close() { socket_.close(); }

private:
    net::ip::tcp::socket socket_;
};
struct asio_plain : asio_world<plain> {
    static constexpr char const* medium = "any other AsyncStream";
    static constexpr bool half_closes = false, tells_ends = true;

    auto pair() {
        auto sockets = tcp_pair(loop);
        return std::pair(plain(std::move(sockets.first)), plain(std::move(sockets.second)));
    }
};

}  // namespace worlds
