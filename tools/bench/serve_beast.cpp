// The same server on Boost.Beast and Asio, one thread: serve_beast PORT [gathered]
//
// As Beast's own examples read and write, each request and each answer by itself; or all answers to one read gathered in one
// write, as segue does. Spared what one thread does not need: locks in Asio, a type-erased executor, a timer for each connection.
#define BOOST_ASIO_DISABLE_THREADS
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace asio = boost::asio;
namespace http = boost::beast::http;
using executor = asio::io_context::executor_type;
using acceptor = asio::basic_socket_acceptor<asio::ip::tcp, executor>;
using stream = asio::basic_stream_socket<asio::ip::tcp, executor>;

void prepare(http::response<http::string_body>& answer, http::request<http::string_body> const& to) {
    answer = {http::status::ok, to.version()};
    answer.set(http::field::content_type, "text/plain");
    answer.keep_alive(to.keep_alive());
    answer.body() = "hello\n";
    answer.prepare_payload();
}

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
        prepare(response_, request_);
        http::async_write(socket_, response_, [self = shared_from_this()](boost::system::error_code why, std::size_t) {
            if (!why && self->response_.keep_alive()) self->read();
        });
    }

    stream socket_;
    boost::beast::flat_buffer buffer_;
    http::request<http::string_body> request_;
    http::response<http::string_body> response_;
};

class gathering : public std::enable_shared_from_this<gathering> {
public:
    explicit gathering(stream s) : socket_(std::move(s)) { next(); }

    void read() {
        socket_.async_read_some(buffer_.prepare(64 * 1024), [self = shared_from_this()](boost::system::error_code why, std::size_t n) {
            if (why) return;
            self->buffer_.commit(n);
            self->answer_all();
        });
    }

private:
    void next() {
        parser_.emplace();
        parser_->eager(true);
    }
    void answer_all() {
        boost::system::error_code why;
        bool goes_on = true;
        while (goes_on && !why && buffer_.size() != 0) {
            buffer_.consume(parser_->put(buffer_.data(), why));
            if (why || !parser_->is_done()) continue;
            prepare(response_, parser_->get());
            goes_on = response_.keep_alive();
            append();
            next();
        }
        if (why && why != http::error::need_more) return;
        if (out_.empty()) return read();
        asio::async_write(socket_, asio::buffer(out_), [self = shared_from_this(), goes_on](boost::system::error_code failed, std::size_t) {
            self->out_.clear();
            if (!failed && goes_on) self->read();
        });
    }
    void append() {
        http::response_serializer<http::string_body> serializer(response_);
        boost::system::error_code why;
        while (!why && !serializer.is_done())
            serializer.next(why, [&](boost::system::error_code&, auto const& pieces) {
                for (auto const piece : boost::beast::buffers_range_ref(pieces)) out_.append(static_cast<char const*>(piece.data()), piece.size());
                serializer.consume(boost::beast::buffer_bytes(pieces));
            });
    }

    stream socket_;
    boost::beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    http::response<http::string_body> response_;
    std::string out_;
};

template <class Connection>
void accept(acceptor& listening) {
    listening.async_accept([&](boost::system::error_code why, stream s) {
        if (!why) {
            s.set_option(asio::ip::tcp::no_delay(true));
            std::make_shared<Connection>(std::move(s))->read();
        }
        accept<Connection>(listening);
    });
}

int main(int argc, char** argv) {
    asio::io_context loop(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE);
    acceptor listening(loop, {asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0)});
    std::printf("listening on 127.0.0.1:%u\n", listening.local_endpoint().port());
    std::fflush(stdout);
    if (argc > 2) accept<gathering>(listening);
    else accept<connection>(listening);
    loop.run();
}
