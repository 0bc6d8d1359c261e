#include "segue/transport/asio_listener.hpp"

#include <atomic>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/system_executor.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <memory>
#include <optional>
#include <semaphore>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "segue/protocol/chunk_protocol.hpp"
#include "segue/protocol/script.hpp"
#include "segue/transport/asio_transport.hpp"
#include "segue/transport/connections.hpp"
#include "segue/transport/posix_listener.hpp"
#include "starved.hpp"

namespace {

using namespace segue;
using namespace std::chrono_literals;
namespace net = boost::asio;
using tcp = net::ip::tcp;

tcp::endpoint const somewhere(net::ip::address_v4::loopback(), 0);

template <class Until>
bool run(net::io_context& loop, Until until) {
    for (int i = 0; i < 200'000 && !until(); ++i) {
        loop.restart();
        if (loop.run_one_for(5s) == 0) return until();
    }
    return until();
}
template <class Listener>
tcp::socket connect_to(net::io_context& loop, Listener const& l) {
    tcp::socket s(loop);
    std::string const name = l.name();
    s.connect({net::ip::address_v4::loopback(), static_cast<std::uint16_t>(std::stoi(name.substr(name.rfind(':') + 1)))});
    return s;
}

TEST_CASE("asio_listener: every connection is handed over, and nothing is under way once it is closed") {
    net::io_context loop;
    std::vector<tcp::socket> accepted, ours;
    asio::listener here(std::move(*asio::listen<tcp>(loop.get_executor(), somewhere)), [&](tcp::socket s) { accepted.push_back(std::move(s)); });
    for (int i = 0; i < 10; ++i) ours.push_back(connect_to(loop, here));
    CHECK(run(loop, [&] { return accepted.size() == 10; }));
    here.close();
    loop.restart();
    loop.run();
    CHECK(accepted.size() == 10);
}

TEST_CASE("asio_listener: without descriptors it accepts again when there are some, and does not spin until then") {
    net::io_context loop;
    std::vector<tcp::socket> accepted;
    asio::listener here(std::move(*asio::listen<tcp>(loop.get_executor(), somewhere)), [&](tcp::socket s) { accepted.push_back(std::move(s)); });
    tcp::socket const client = connect_to(loop, here);
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    posix::descriptor const highest(::dup(0));
    rlimit const none{static_cast<rlim_t>(highest.number()) + 1, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
    std::vector<posix::descriptor> fill;  // whatever is free below
    for (posix::descriptor d(::dup(0)); d; d = posix::descriptor(::dup(0))) fill.push_back(std::move(d));
    std::size_t const turns = loop.run_for(250ms);
    std::size_t const meanwhile = accepted.size();
    fill.clear();
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
    CHECK(meanwhile == 0);
    CHECK(turns < 20);
    CHECK(run(loop, [&] { return accepted.size() == 1; }));
}

TEST_CASE("asio_listener: without memory to accept it does when there is some") {
    for (int good : {0, 1}) {
        net::io_context loop;
        std::vector<tcp::socket> accepted, ours;
        worlds::starved_acceptor acceptor(std::move(*asio::listen<tcp>(loop.get_executor(), somewhere)), std::make_shared<worlds::ration>(worlds::ration{good, 2}));
        asio::listener here(std::move(acceptor), [&](tcp::socket s) { accepted.push_back(std::move(s)); });
        for (int i = 0; i < 3; ++i) ours.push_back(connect_to(loop, here));
        CHECK(run(loop, [&] { return accepted.size() == 3; }));
    }
}

TEST_CASE("asio_listener: paused, connections wait; resumed, they are handed over") {
    net::io_context loop;
    std::vector<tcp::socket> accepted, ours;
    asio::listener<tcp::acceptor> here(std::move(*asio::listen<tcp>(loop.get_executor(), somewhere)), [&](tcp::socket s) {
        accepted.push_back(std::move(s));
        here.pause();
    });
    for (int i = 0; i < 3; ++i) ours.push_back(connect_to(loop, here));
    for (std::size_t i = 1; i <= 3; ++i) {
        CHECK(run(loop, [&] { return accepted.size() == i; }));
        loop.restart();
        CHECK(loop.poll() == 0);
        here.resume();
    }
}

TEST_CASE("asio_listener: an address that is taken is an error value, unless both share it") {
    net::io_context loop;
    auto first = asio::listen<tcp>(loop.get_executor(), somewhere);
    CHECK(asio::listen<tcp>(loop.get_executor(), first->local_endpoint()).error() == std::errc::address_in_use);
    auto shared = asio::listen<tcp>(loop.get_executor(), somewhere, {.shares_port = true});
    CHECK(asio::listen<tcp>(loop.get_executor(), shared->local_endpoint(), {.shares_port = true}));
    CHECK(asio::listen<net::local::stream_protocol>(loop.get_executor(), {"/nowhere/socket"}).error() == std::errc::no_such_file_or_directory);
}

auto shout() {
    return line_protocol([](auto& self, std::string_view l) { CHECK(self.write_chunk(l)); });
}
auto ask() {
    return script([](wire& w) -> task<std::string> {
        w.write("hello\n");
        std::string const heard = co_await w.read(6);
        w.end();
        co_return heard;
    }, role::client);
}

TEST_CASE("asio_listener: destroyed by its own callback, with connections added while the loop runs") {
    for (int keep : {1, 3, 20}) {
        net::io_context loop;
        connections<asio::transport<tcp::socket>, decltype(&shout)> all(&shout);
        connections<asio::transport<tcp::socket>, decltype(&ask)> clients(&ask);
        std::optional<asio::listener<tcp::acceptor>> listening;
        int accepted = 0;
        listening.emplace(std::move(*asio::listen<tcp>(loop.get_executor(), somewhere)), [&](tcp::socket s) {
            all.add(std::move(s));
            if (++accepted == keep) listening.reset();
        });
        for (int i = 0; i < 20; ++i) clients.add(connect_to(loop, *listening));
        CHECK(run(loop, [&] {
            all.reap();
            clients.reap();
            return accepted == keep && clients.size() == 0 && all.size() == 0;
        }));
    }
}

// One connection, held by its own last operation.
struct served {
    explicit served(tcp::socket s) : transport(std::move(s)) {}
    decltype(shout()) protocol = shout();
    asio::transport<tcp::socket> transport;
    pump<decltype(protocol), asio::transport<tcp::socket>> run{protocol, transport};
};
int talk(tcp::endpoint at, int conversations) {
    int good = 0;
    net::io_context loop;
    for (int i = 0; i < conversations; ++i) {
        tcp::socket s(loop);
        s.connect(at);
        auto client = ask();
        asio::transport<tcp::socket> t(std::move(s));
        pump p(client, t);
        p.start();
        (void)run(loop, [&] { return p.finished(); });
        good += client.has_result() && client.result() == "hello\n";
    }
    return good;
}

// Every connection on a strand of its own; all that is under way has ended when this returns.
template <class Threads>
int served_on(Threads threads) {
    auto const strand = [threads] { return net::make_strand(threads); };
    std::counting_semaphore<> over(0);
    auto const on = strand();
    auto acceptor = asio::listen<tcp>(on, somewhere);
    auto const at = acceptor->local_endpoint();
    asio::listener here(std::move(*acceptor), [&over](tcp::socket s) {
        auto const there = s.get_executor();
        net::dispatch(there, [&over, s = std::move(s)]() mutable {
            auto const one = std::make_shared<served>(std::move(s));
            one->run.start();
            one->transport.async_closed([one, &over] { over.release(); });
        });
    }, strand);
    std::vector<std::thread> clients;
    std::atomic<int> good = 0;
    for (int i = 0; i < 4; ++i) clients.emplace_back([&] { good += talk(at, 25); });
    for (std::thread& c : clients) c.join();
    for (int i = 0; i < 100; ++i) CHECK(over.try_acquire_for(5s));
    net::post(on, net::use_future([&] { here.close(); })).wait();
    return good;
}

TEST_CASE("asio_listener: a pool of threads serves, each connection on a strand of its own, the system's pool, too") {
    net::thread_pool pool(3);
    CHECK(served_on(pool.get_executor()) == 100);
    pool.join();
    CHECK(served_on(net::system_executor()) == 100);
}

TEST_CASE("asio_listener: several processors, each with a loop and a listener of its own at one port") {
    std::atomic<int> accepted = 0;
    auto const serve = [&accepted](net::io_context& loop, auto& all, tcp::endpoint at) {
        return asio::listener(std::move(*asio::listen<tcp>(loop.get_executor(), at, {.shares_port = true})), [&](tcp::socket s) {
            ++accepted;
            all.reap();
            all.add(std::move(s));
        });
    };
    net::io_context one, two;
    connections<asio::transport<tcp::socket>, decltype(&shout)> at_one(&shout), at_two(&shout);
    auto first = asio::listen<tcp>(one.get_executor(), somewhere, {.shares_port = true});
    auto const at = first->local_endpoint();
    auto here = serve(one, at_one, at);
    auto there = serve(two, at_two, at);
    first->close();
    std::thread a([&] { one.run(); }), b([&] { two.run(); });
    CHECK(talk(at, 40) == 40);
    one.stop();
    two.stop();
    a.join();
    b.join();
    CHECK(accepted == 40);
}

}  // namespace
