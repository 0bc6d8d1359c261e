// A JSON-RPC server with the methods of the specification's section 7, over any wire, on Boost.Asio.
//
//   jsonrpc_server --http PORT | --lines PORT | --netstrings PORT    on 127.0.0.1; 0 takes a free port
//       --unix PATH                a Unix socket instead of a port; one that a server left behind is replaced
//       --tls CERTIFICATE KEY      over TLS; both in PEM
//       --threads N                a loop and a listener for each
//   jsonrpc_server --lsp           on standard input and output
//
// SIGTERM ends it when what is under way has been answered.
#include <CLI/CLI.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <list>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "jsonrpc_methods.hpp"
#include "jsonrpc_worker.hpp"
#include "segue/json/source.hpp"
#include "segue/transport/asio_tls.hpp"

using namespace segue;
using boost::asio::ip::tcp;
using unix_socket = boost::asio::local::stream_protocol;

// Who does not let us finish by then is broken off.
constexpr std::chrono::seconds patience{5};

struct options {
    bool lsp = false;
    std::uint16_t port = 0;
    std::string path;
    std::vector<std::string> tls;
    unsigned threads = 1;
};

int cannot(char const* what, std::error_code why) {
    std::fprintf(stderr, "jsonrpc_server: cannot %s: %s\n", what, why.message().c_str());
    return 1;
}

template <class Stream, class Make>
class workers {
public:
    workers(Make const& make, unsigned n) {
        while (all_.size() != n) all_.emplace_back(make);
    }
    auto& first() { return all_.front(); }
    auto& all() { return all_; }
    // Each in turn.
    auto& next() {
        if (turn_ == all_.end()) turn_ = all_.begin();
        return *turn_++;
    }
    int run() {
        boost::asio::signal_set stopping(first().executor(), SIGTERM, SIGINT);
        stopping.async_wait([&](boost::system::error_code why, int) {
            if (!why)
                for (auto& one : all_) one.stop();
        });
        std::vector<std::thread> others;
        for (auto one = std::next(all_.begin()); one != all_.end(); ++one) others.emplace_back([one] {
            one->run();
            one->finish(patience);
        });
        first().run();
        stopping.cancel();
        first().finish(patience);
        for (auto& other : others) other.join();
        return 0;
    }

private:
    std::list<worker<Stream, Make>> all_;
    typename std::list<worker<Stream, Make>>::iterator turn_ = all_.end();
};

void say(std::string const& where) {
    std::printf("listening on %s\n", where.c_str());
    std::fflush(stdout);
}

// Each thread has a listener at the same port. `wrap` makes of a socket what its transport is made of.
template <class Stream, class Make, class Wrap>
int serve_port(Make make, options const& o, Wrap wrap) {
    workers<Stream, Make> them(make, o.threads);
    std::string name;
    tcp::endpoint here(boost::asio::ip::address_v4::loopback(), o.port);
    for (auto& one : them.all()) {
        auto socket = asio::listen<tcp>(one.executor(), here, {.shares_port = o.threads > 1});
        if (!socket) return cannot("listen at the port", socket.error());
        here = socket->local_endpoint();
        auto listening = std::make_shared<asio::listener<tcp::acceptor>>(std::move(*socket), [&](tcp::socket s) { one.add(wrap(std::move(s))); });
        name = listening->name();
        one.keep(std::move(listening));
    }
    say(name);
    return them.run();
}
// One listener hands its connections to all threads.
template <class Make>
int serve_path(Make make, options const& o) {
    workers<unix_socket::socket, Make> them(make, o.threads);
    if (auto const why = posix::remove_abandoned_socket(o.path)) return cannot("listen at the path", why);
    auto* taker = &them.first();
    auto socket = asio::listen<unix_socket>(taker->executor(), o.path);
    if (!socket) return cannot("listen at the path", socket.error());
    auto listening = std::make_shared<asio::listener<unix_socket::acceptor>>(
        std::move(*socket), [&](unix_socket::socket s) { taker->add(std::move(s)); }, [&]() -> boost::asio::any_io_executor {
            taker = &them.next();
            return taker->executor();
        });
    std::string const name = listening->name();
    them.first().keep(std::move(listening));
    say(name);
    int const result = them.run();
    (void)posix::remove_abandoned_socket(o.path);  // ours, if nobody has taken the place
    return result;
}
template <class Make>
int serve(Make make, options const& o) {
    if (!o.path.empty()) return serve_path(make, o);
    if (o.tls.empty()) return serve_port<tcp::socket>(make, o, [](tcp::socket s) { return s; });
    auto context = asio::tls_context(role::server);
    boost::system::error_code why;
    context.use_certificate_chain_file(o.tls[0], why);
    if (!why) context.use_private_key_file(o.tls[1], boost::asio::ssl::context::pem, why);
    if (why) return cannot("use the certificate and its key", why);
    return serve_port<asio::tls>(make, o, [&](tcp::socket s) { return asio::tls_server(std::move(s), context); });
}
template <class Make>
int serve_standard_streams(Make make) {
    workers<asio::duplex<>, Make> one(make, 1);
    one.first().end_when_idle();
    one.first().add(asio::standard_streams(one.first().executor()));
    return one.run();
}

int main(int argc, char** argv) {
    options o;
    CLI::App app("A JSON-RPC server over any wire, on 127.0.0.1.");
    auto* const wires = app.add_option_group("wires");
    wires->require_option(1);
    auto* const http = wires->add_option("--http", o.port, "HTTP/1.1, POST to /rpc")->expected(0, 1)->type_name("PORT");
    auto* const lines = wires->add_option("--lines", o.port, "a call on each line")->expected(0, 1)->type_name("PORT");
    auto* const netstrings = wires->add_option("--netstrings", o.port, "a call in each netstring")->expected(0, 1)->type_name("PORT");
    auto* const lsp = wires->add_flag("--lsp", o.lsp, "as language servers do, on standard input and output");
    auto* const path = app.add_option("--unix", o.path, "a Unix socket instead of a port")->excludes(lsp)->type_name("PATH");
    app.add_option("--tls", o.tls, "certificate chain and private key, in PEM")->expected(2)->excludes(lsp)->excludes(path)->check(CLI::ExistingFile);
    path->check([](std::string const& p) {
        constexpr std::size_t most = sizeof(sockaddr_un::sun_path) - 1;
        return p.size() <= most ? "" : "a socket's path has at most " + std::to_string(most) + " bytes";
    });
    app.add_option("--threads", o.threads, "a loop and a listener for each")->excludes(lsp)->check(CLI::Range(1, 1024));
    CLI11_PARSE(app, argc, argv);

    if (*http) return serve([] { return stack{jsonrpc::server{methods}, jsonrpc::over_http{.path = "/rpc"}, http1::server{{.head_within = patience}}}; }, o);
    if (*lines) return serve([] { return stack{jsonrpc::server{methods}, jsonrpc::over_lines{}, jsonrpc::lines()}; }, o);
    if (*netstrings) return serve([] { return stack{jsonrpc::server{methods}, jsonrpc::over_netstrings{}, jsonrpc::netstrings()}; }, o);
    return serve_standard_streams([] { return stack{jsonrpc::server{methods}, jsonrpc::over_lsp{}, jsonrpc::lsp()}; });
}
