// The same server on Boost.Beast and Asio: serve_beast PORT [gathered] [tls CERTIFICATE KEY] [threads N]
//
// As Beast's own examples read and write, each request and each answer by itself; or all answers to one read gathered in one
// write, as segue does. Spared what nobody needs here: a type-erased executor, a timer for each connection, and without
// SERVE_THREADS locks in Asio. Each thread has a loop and a listener of its own (SO_REUSEPORT).
#ifndef SERVE_THREADS
#define BOOST_ASIO_DISABLE_THREADS
#endif
#include <sys/socket.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace asio = boost::asio;
namespace http = boost::beast::http;
using executor = asio::io_context::executor_type;
using acceptor = asio::basic_socket_acceptor<asio::ip::tcp, executor>;
using plain = asio::basic_stream_socket<asio::ip::tcp, executor>;
using secure = boost::beast::ssl_stream<plain>;  // which gathers the pieces of a write in one record

void prepare(http::response<http::string_body>& answer, http::request<http::string_body> const& to) {
    answer = {http::status::ok, to.version()};
    answer.set(http::field::content_type, "text/plain");
    answer.keep_alive(to.keep_alive());
    answer.body() = "hello\n";
    answer.prepare_payload();
}

// Reads when it can: a TLS stream after its handshake.
template <class Connection, class Stream>
void begin(std::shared_ptr<Connection> one, Stream& socket) {
    if constexpr (std::is_same_v<Stream, secure>)
        socket.async_handshake(asio::ssl::stream_base::server, [one](boost::system::error_code why) {
            if (!why) one->read();
        });
    else one->read();
}

template <class Stream>
class connection : public std::enable_shared_from_this<connection<Stream>> {
public:
    template <class... How>
    explicit connection(How&&... how) : socket_(std::forward<How>(how)...) {}

    void start() { begin(this->shared_from_this(), socket_); }
    void read() {
        request_ = {};
        http::async_read(socket_, buffer_, request_, [self = this->shared_from_this()](boost::system::error_code why, std::size_t) {
            if (!why) self->answer();
        });
    }

private:
    void answer() {
        prepare(response_, request_);
        http::async_write(socket_, response_, [self = this->shared_from_this()](boost::system::error_code why, std::size_t) {
            if (!why && self->response_.keep_alive()) self->read();
        });
    }

    Stream socket_;
    boost::beast::flat_buffer buffer_;
    http::request<http::string_body> request_;
    http::response<http::string_body> response_;
};

template <class Stream>
class gathering : public std::enable_shared_from_this<gathering<Stream>> {
public:
    template <class... How>
    explicit gathering(How&&... how) : socket_(std::forward<How>(how)...) {
        next();
    }

    void start() { begin(this->shared_from_this(), socket_); }
    void read() {
        socket_.async_read_some(buffer_.prepare(64 * 1024), [self = this->shared_from_this()](boost::system::error_code why, std::size_t n) {
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
        asio::async_write(socket_, asio::buffer(out_), [self = this->shared_from_this(), goes_on](boost::system::error_code failed, std::size_t) {
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

    Stream socket_;
    boost::beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    http::response<http::string_body> response_;
    std::string out_;
};

template <template <class> class Connection>
void accept(acceptor& listening, asio::ssl::context* tls) {
    listening.async_accept([&listening, tls](boost::system::error_code why, plain s) {
        if (!why) {
            s.set_option(asio::ip::tcp::no_delay(true));
            if (tls) std::make_shared<Connection<secure>>(std::move(s), *tls)->start();
            else std::make_shared<Connection<plain>>(std::move(s))->start();
        }
        accept<Connection>(listening, tls);
    });
}

class server {
public:
    explicit server(std::uint16_t port) : listening_(loop_) {
        asio::ip::tcp::endpoint const here(asio::ip::address_v4::loopback(), port);
        listening_.open(here.protocol());
        listening_.set_option(asio::socket_base::reuse_address(true));
        listening_.set_option(asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>(true));
        listening_.bind(here);
        listening_.listen();
    }
    std::uint16_t port() const { return listening_.local_endpoint().port(); }
    void run(bool gathered, asio::ssl::context* tls) {
        if (gathered) accept<gathering>(listening_, tls);
        else accept<connection>(listening_, tls);
        loop_.run();
    }

private:
    asio::io_context loop_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE};
    acceptor listening_;
};

int main(int argc, char** argv) {
    bool gathered = false;
    int threads = 1;
    std::optional<asio::ssl::context> tls;
    for (int i = 2; i < argc; ++i) {
        std::string_view const what = argv[i];
        if (what == "gathered") gathered = true;
        if (what == "threads" && i + 1 < argc) threads = std::atoi(argv[++i]);
        if (what == "tls" && i + 2 < argc) {
            tls.emplace(asio::ssl::context::tls_server);
            tls->use_certificate_chain_file(argv[++i]);
            tls->use_private_key_file(argv[++i], asio::ssl::context::pem);
        }
    }
    std::vector<std::unique_ptr<server>> all;
    for (int i = 0; i < threads; ++i)
        all.push_back(std::make_unique<server>(all.empty() ? static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0) : all[0]->port()));
    std::printf("listening on 127.0.0.1:%u\n", all[0]->port());
    std::fflush(stdout);
    std::vector<std::thread> others;
    for (int i = 1; i < threads; ++i) others.emplace_back([&, i] { all[static_cast<std::size_t>(i)]->run(gathered, tls ? &*tls : nullptr); });
    all[0]->run(gathered, tls ? &*tls : nullptr);
    for (auto& other : others) other.join();
}
