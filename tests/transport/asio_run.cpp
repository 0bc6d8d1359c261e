#include "segue/transport/asio_run.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <string>

#include "asio_worlds.hpp"
#include "catch.hpp"
#include "segue/protocol/chunk_protocol.hpp"
#include "segue/protocol/script.hpp"
#include "starved.hpp"

namespace {

using namespace segue;
using boost::asio::use_awaitable;

auto shout() {
    return line_protocol([](auto& self, std::string_view l) { CHECK(self.write_chunk(l)); });
}

TEST_CASE("asio_run: a client and a server are awaited to the end of their conversation") {
    worlds::asio_tcp world;
    auto ends = world.pair();
    auto server = shout();
    script client([](wire& w) -> task<std::string> {
        w.write("hello\n");
        std::string const heard = co_await w.read(6);
        w.end();
        co_return heard;
    }, role::client);
    int over = 0;
    auto const count = [&](std::exception_ptr, std::error_code why) { over += !why; };
    co_spawn(world.loop, asio::async_run(std::move(ends.second), server, use_awaitable), count);
    co_spawn(world.loop, asio::async_run(std::move(ends.first), client, use_awaitable), count);
    CHECK(world.run([&] { return over == 2; }));
    REQUIRE(client.has_result());
    CHECK(client.result() == "hello\n");
}

TEST_CASE("asio_run: the error that broke the connection is told, and the application had the events") {
    worlds::asio_tcp world;
    auto ends = world.pair();
    auto server = line_protocol(as_events{});
    std::string heard;
    std::error_code told;
    bool over = false, aborted = false;
    auto const app = [&]<class E>(auto&, E& e) {
        if constexpr (std::same_as<E, event::message<std::string_view>>) heard += *e;
        aborted |= std::same_as<E, event::aborted>;
    };
    asio::async_run(std::move(ends.second), server, app, [&](std::error_code why) {
        told = why;
        over = true;
    });
    boost::asio::write(ends.first, boost::asio::buffer("hello\n", 6));
    CHECK(world.run([&] { return heard == "hello"; }));
    ends.first.set_option(boost::asio::socket_base::linger(true, 0));
    ends.first.close();
    CHECK(world.run([&] { return over; }));
    CHECK(aborted);
    CHECK(told == std::errc::connection_reset);
}

TEST_CASE("asio_run: without memory to begin, the caller has the exception, and nothing else is told") {
    worlds::asio_tcp world;
    auto ends = world.pair();
    bool const empty = true;
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, worlds::starved_executor<>> socket({world.loop.get_executor(), &empty}, boost::asio::ip::tcp::v4(),
                                                                                            ends.second.release());
    auto server = shout();
    CHECK_THROWS_AS(asio::async_run(std::move(socket), server, [](std::error_code) { FAIL("it was thrown"); }), std::bad_alloc);
    char one = 0;
    boost::system::error_code why;
    CHECK(boost::asio::read(ends.first, boost::asio::buffer(&one, 1), why) == 0);
    CHECK(why);  // the peer is told
    world.loop.restart();
    CHECK(world.loop.poll() == 0);
}

TEST_CASE("asio_run: with its loop gone, nothing is left behind") {
    for (int steps : {0, 1, 2, 5}) {
        auto server = shout();
        worlds::asio_tcp world;
        auto ends = world.pair();
        asio::async_run(std::move(ends.second), server, [](std::error_code) { FAIL("nobody closed it"); });
        for (int i = 0; i < steps; ++i) world.step();
        CHECK(server.outgoing().pending() == 0);
    }
}

}  // namespace
