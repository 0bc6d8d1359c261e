#include "segue/transport/posix_listener.hpp"

#include <optional>
#include <string>
#include <sys/resource.h>
#include <vector>

#include "catch.hpp"
#include "segue/protocol/chunk_protocol.hpp"
#include "segue/protocol/script.hpp"
#include "segue/transport/connections.hpp"

namespace {

using namespace segue;
using namespace std::chrono_literals;

std::uint16_t port_of(posix::listener const& l) { return static_cast<std::uint16_t>(std::stoi(l.name().substr(10))); }

TEST_CASE("posix_listener: every connection is handed over") {
    posix::loop loop;
    std::vector<posix::channel> accepted, ours;
    posix::listener here(loop, std::move(*posix::listen(posix::tcp_address("127.0.0.1", 0))), [&](posix::channel c) { accepted.push_back(std::move(c)); });
    for (int i = 0; i < 10; ++i) ours.push_back(std::move(*posix::connect(posix::tcp_address("127.0.0.1", port_of(here)))));
    for (int i = 0; i < 100 && accepted.size() < 10; ++i) (void)loop.turn(100ms);
    CHECK(accepted.size() == 10);
    here.close();
    CHECK_FALSE(loop.turn());
}

TEST_CASE("posix_listener: without descriptors it accepts again when there are some") {
    posix::loop loop;
    std::vector<posix::channel> accepted;
    posix::listener here(loop, std::move(*posix::listen(posix::tcp_address("127.0.0.1", 0))), [&](posix::channel c) { accepted.push_back(std::move(c)); });
    auto client = posix::connect(posix::tcp_address("127.0.0.1", port_of(here)));
    REQUIRE(client);
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    posix::descriptor const highest(::dup(0));
    rlimit const none{static_cast<rlim_t>(highest.number()) + 1, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
    std::vector<posix::descriptor> fill;  // whatever is free below
    for (posix::descriptor d(::dup(0)); d; d = posix::descriptor(::dup(0))) fill.push_back(std::move(d));
    (void)loop.turn(100ms);
    std::size_t const meanwhile = accepted.size();
    fill.clear();
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
    CHECK(meanwhile == 0);
    for (int i = 0; i < 100 && accepted.empty(); ++i) (void)loop.turn(100ms);
    CHECK(accepted.size() == 1);
}

TEST_CASE("posix_listener: an address that is taken is an error value") {
    posix::loop loop;
    posix::listener here(loop, std::move(*posix::listen(posix::tcp_address("127.0.0.1", 0))), [](posix::channel) {});
    CHECK(posix::listen(posix::tcp_address("127.0.0.1", port_of(here))).error() == std::errc::address_in_use);
}

TEST_CASE("posix_listener: closed by its own callback, with connections added while the loop runs") {
    for (int keep : {1, 3, 20}) {
        posix::loop loop;
        auto const make = [] { return line_protocol([](auto& self, std::string_view l) { CHECK(self.write_chunk(l)); self.close(); }); };
        connections<posix::transport, decltype(make)> all(make);
        std::optional<posix::listener> listening;
        int accepted = 0;
        listening.emplace(loop, std::move(*posix::listen(posix::tcp_address("127.0.0.1", 0))), [&](posix::channel c) {
            all.add(loop, std::move(c));
            if (++accepted == keep) listening->close();
        });
        std::string const name = listening->name();
        auto const to = posix::tcp_address("127.0.0.1", static_cast<std::uint16_t>(std::stoi(name.substr(name.rfind(':') + 1))));
        auto const ask = [] {
            return script([](wire& w) -> task<std::string> {
                w.write("hello\n");
                std::string const heard = co_await w.read(6);
                co_return heard;
            }, role::client);
        };
        connections<posix::transport, decltype(ask)> clients(ask);
        for (int i = 0; i < 20; ++i) clients.add(loop, std::move(*posix::connect(to)));
        for (int i = 0; i < 10'000 && (clients.size() != 0 || all.size() != 0); ++i) {
            (void)loop.turn(std::chrono::milliseconds(100));
            all.reap();
            clients.reap();
        }
        CHECK(accepted == keep);
        CHECK(clients.size() == 0);
        CHECK(all.size() == 0);
        CHECK_FALSE(loop.turn());
    }
}

}  // namespace
