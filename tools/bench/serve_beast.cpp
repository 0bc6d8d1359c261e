// The same server on Boost.Beast and Asio, one thread, as Beast's own examples read and write: serve_beast PORT
//
// Sparing it what one thread does not need: no locks in Asio, no type-erased executor, no timer for each connection.
#define BOOST_ASIO_DISABLE_THREADS
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace asio = boost::asio;
namespace http = boost::beast::http;
using executor = asio::io_context::executor_type;
using acceptor = asio::basic_socket_acceptor<asio::ip::tcp, executor>;
using stream = asio::basic_stream_socket<asio::ip::tcp, executor>;

class connection : public std::enable_shared_from_this<connection> {
public:
    explicit connection(stream s) : socket_(std::move(s)) {}

    void read() {
        request_ = {};
        http::async_read(socket_, buffer_, request_, [self = shared_from_this()](boost::system::error_code why, std::size_t) {
            if (!why) self->answer();
        });
    }

private:
    void answer() {
        response_ = {http::status::ok, request_.version()};
        response_.set(http::field::content_type, "text/plain");
        response_.keep_alive(request_.keep_alive());
        response_.body() = "hello\n";
        response_.prepare_payload();
        http::async_write(socket_, response_, [self = shared_from_this()](boost::system::error_code why, std::size_t) {
            if (!why && self->response_.keep_alive()) self->read();
        });
    }

    stream socket_;
    boost::beast::flat_buffer buffer_;
    http::request<http::string_body> request_;
    http::response<http::string_body> response_;
};

void accept(acceptor& listening) {
    listening.async_accept([&](boost::system::error_code why, stream s) {
        if (!why) {
            s.set_option(asio::ip::tcp::no_delay(true));
            std::make_shared<connection>(std::move(s))->read();
        }
        accept(listening);
    });
}

int main(int argc, char** argv) {
    asio::io_context loop(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE);
    acceptor listening(loop, {asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0)});
    std::printf("listening on 127.0.0.1:%u\n", listening.local_endpoint().port());
    std::fflush(stdout);
    accept(listening);
    loop.run();
}
