// A JSON-RPC server with the methods of the specification's section 7.
//
//   jsonrpc_server --http PORT | --lines PORT | --netstrings PORT      on 127.0.0.1; 0 takes a free port
//   jsonrpc_server --lsp                                                on standard input and output
//
// SIGTERM ends it when what is under way has been answered.
#include <csignal>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "jsonrpc_methods.hpp"
#include "segue/json/source.hpp"
#include "segue/transport/connections.hpp"
#include "segue/transport/posix_listener.hpp"
#include "segue/transport/posix_signals.hpp"

using namespace segue;

// Who does not let us finish by then is broken off.
constexpr std::chrono::seconds patience{5};

template <class Make>
int serve(Make make, char const* port) {
    posix::loop loop;
    connections<posix::transport, Make> all(make);
    bool stops = false;
    posix::signals stopping(loop, {SIGTERM, SIGINT}, [&](int) { stops = true; });
    if (!port) {
        all.add(loop, posix::standard_streams());
        while (all.size() != 0 && !stops) {
            loop.turn();
            all.reap();
        }
    } else {
        auto socket = posix::listen(posix::tcp_address("127.0.0.1", static_cast<std::uint16_t>(std::atoi(port))));
        if (!socket) return std::fprintf(stderr, "jsonrpc_server: cannot listen on port %s: %s\n", port, socket.error().message().c_str()), 1;
        posix::listener listening(loop, std::move(*socket), [&](posix::channel c) { all.add(loop, std::move(c)); });
        std::printf("listening on %s\n", listening.name().c_str());
        std::fflush(stdout);
        while (!stops) {
            loop.turn();
            all.reap();
        }
    }
    for (auto& one : all.all()) {
        one.protocol().finish();
        one.go_on();
    }
    auto const until = loop.now() + patience;
    for (all.reap(); all.size() != 0 && loop.now() < until; all.reap()) loop.turn(std::chrono::milliseconds(100));
    return 0;
}

int main(int argc, char** argv) {
    std::string_view const how = argc > 1 ? argv[1] : "";
    char const* const port = argc > 2 ? argv[2] : nullptr;
    if (how == "--lsp" && argc == 2) return serve([] { return stack{jsonrpc::server{methods}, jsonrpc::over_lsp{}, jsonrpc::lsp()}; }, nullptr);
    if (argc == 3) {
        if (how == "--http") return serve([] { return stack{jsonrpc::server{methods}, jsonrpc::over_http{.path = "/rpc"}, http1::server{{.head_within = patience}}}; }, port);
        if (how == "--lines") return serve([] { return stack{jsonrpc::server{methods}, jsonrpc::over_lines{}, jsonrpc::lines()}; }, port);
        if (how == "--netstrings") return serve([] { return stack{jsonrpc::server{methods}, jsonrpc::over_netstrings{}, jsonrpc::netstrings()}; }, port);
    }
    std::fputs("usage: jsonrpc_server --http PORT | --lines PORT | --netstrings PORT | --lsp\n", stderr);
    return 2;
}
