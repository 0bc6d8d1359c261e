// One JSON-RPC server over HTTP, lines, netstrings and the header fields of the Language Server Protocol: the application
// (jsonrpc_methods.hpp) stays as it is, a line says on what it stands. The client is a stack of the same kind.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "jsonrpc_methods.hpp"
#include "segue/json/source.hpp"
#include "segue/transport/connections.hpp"
#include "segue/transport/posix_listener.hpp"

using namespace segue;

auto http_server() { return stack{jsonrpc::server{methods}, jsonrpc::over_http{.path = "/rpc"}, http1::server{}}; }
auto lines_server() { return stack{jsonrpc::server{methods}, jsonrpc::over_lines{}, jsonrpc::lines()}; }
auto netstrings_server() { return stack{jsonrpc::server{methods}, jsonrpc::over_netstrings{}, jsonrpc::netstrings()}; }
auto lsp_server() { return stack{jsonrpc::server{methods}, jsonrpc::over_lsp{}, jsonrpc::lsp()}; }

auto http_client() { return stack{jsonrpc::client{}, jsonrpc::over_http{.path = "/rpc"}, http1::client{}}; }
auto lines_client() { return stack{jsonrpc::client{}, jsonrpc::over_lines{}, jsonrpc::lines()}; }
auto netstrings_client() { return stack{jsonrpc::client{}, jsonrpc::over_netstrings{}, jsonrpc::netstrings()}; }
auto lsp_client() { return stack{jsonrpc::client{}, jsonrpc::over_lsp{}, jsonrpc::lsp()}; }

// Prints each answer, and closes behind the last one.
struct printing {
    template <class Client>
    void operator()(Client& c, jsonrpc::answer const& a) const {
        if (a.why) std::printf("  %d: error %d, %s\n", static_cast<int>(a.id), static_cast<int>(a.why->code), a.why->message.c_str());
        else std::printf("  %d: %.*s\n", static_cast<int>(a.id), static_cast<int>(a.result.raw().size()), a.result.raw().data());
        if (c.above().unanswered() == 0) c.close();
    }
};

inline constexpr auto& foobar = jsonrpc::method<"foobar", jsonrpc::none, std::int64_t>;

template <class Server, class Client>
bool show(char const* name, Server make_server, Client make_client) {
    posix::loop loop;
    connections<posix::transport, Server> serving(make_server);
    auto socket = posix::listen(posix::tcp_address("127.0.0.1", 0));
    if (!socket) return false;
    posix::listener listening(loop, std::move(*socket), [&](posix::channel c) { serving.add(loop, std::move(c)); });
    std::string const address = listening.name();
    auto channel = posix::connect(posix::tcp_address("127.0.0.1", static_cast<std::uint16_t>(std::atoi(address.substr(address.rfind(':') + 1).c_str()))));
    if (!channel) return false;

    std::printf("%s, at most %zu KiB of buffers for a connection\n", name, decltype(make_server())::most_memory() / 1024);
    auto client = make_client();
    posix::transport transport(loop, std::move(*channel));
    pump run(client, transport, printing{});
    jsonrpc::client& rpc = client.above();
    bool const asked = rpc.call(subtract, {42, 23}) && rpc.call(sum, {1, 2, 4}) && rpc.notify(update, {"[1,2,3]"}) && rpc.call(get_data, {}) && rpc.call(foobar, {});
    run.start();
    while (!run.finished() && loop.turn()) serving.reap();
    return asked;
}

int main() {
    bool const well = show("HTTP", http_server, http_client) && show("lines", lines_server, lines_client) &&
                      show("netstrings", netstrings_server, netstrings_client) && show("LSP headers", lsp_server, lsp_client);
    return well ? 0 : 1;
}
