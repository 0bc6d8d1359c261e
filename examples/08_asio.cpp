// Over Boost.Asio with co_await: a server that answers each netstring, and a client, in one loop.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <string>
#include <string_view>

#include "segue/netstring/netstring.hpp"
#include "segue/transport/asio.hpp"

using namespace segue;
using boost::asio::awaitable, boost::asio::ip::tcp, boost::asio::use_awaitable;

awaitable<void> say(tcp::socket& to, std::string_view words) {
    std::string wire;
    if (encode(netstring::grammar, netstring::netstring{words}, wire)) co_await boost::asio::async_write(to, boost::asio::buffer(wire), use_awaitable);
}
awaitable<void> echo(tcp::socket peer) {
    decoder<netstring::grammar> in;
    for (;;) {
        auto const m = co_await asio::async_next(peer, in, use_awaitable);
        if (m.kind() == kind::failed) co_await say(peer, "that was no netstring");
        if (m.kind() != kind::message) co_return;
        co_await say(peer, m->payload);
    }
}
awaitable<void> talk(tcp::endpoint to, std::string_view wire) {
    tcp::socket server(co_await boost::asio::this_coro::executor);
    co_await server.async_connect(to, use_awaitable);
    co_await boost::asio::async_write(server, boost::asio::buffer(wire), use_awaitable);
    server.shutdown(tcp::socket::shutdown_send);
    decoder<netstring::grammar> in;
    for (;;) {
        auto const m = co_await asio::async_next(server, in, use_awaitable);
        if (m.kind() != kind::message) break;
        std::printf("heard: %s\n", std::string(m->payload).c_str());
    }
}

int main() {
    boost::asio::io_context loop;
    auto socket = asio::listen<tcp>(loop.get_executor(), {boost::asio::ip::address_v4::loopback(), 0});
    if (!socket) return std::fprintf(stderr, "cannot listen: %s\n", socket.error().message().c_str()), 1;
    auto const here = socket->local_endpoint();
    asio::listener listening(std::move(*socket), [](tcp::socket s) {
        auto const on = s.get_executor();
        co_spawn(on, echo(std::move(s)), boost::asio::detached);
    });
    co_spawn(loop, talk(here, "5:hello,0:,11:and goodbye,7,"), [&](std::exception_ptr) { listening.close(); });
    loop.run();
}
