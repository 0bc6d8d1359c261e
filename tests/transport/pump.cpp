// The conversations, in memory and on poll(2); and what only a network that is told what to do can show.
#include "segue/transport/pump.hpp"

#include <cstdint>
#include <new>
#include <stdexcept>
#include <string>

#include "catch.hpp"
#include "contract_ear.hpp"
#include "segue/content/integer.hpp"
#include "segue/protocol/chunk_protocol.hpp"
#include "segue/protocol/script.hpp"
#include "segue/segment/length_prefixed.hpp"
#include "worlds.hpp"

#define SEGUE_WORLDS SEGUE_ALL_WORLDS
#define SEGUE_ENDING_WORLDS SEGUE_ALL_WORLDS
#define SEGUE_HALF_CLOSING_WORLDS SEGUE_ALL_WORLDS
#include "conversations.hpp"

namespace {

using namespace segue;
using namespace std::chrono_literals;

using conversations::frame, conversations::echo;

TEST_CASE("pump: a reset in mid-message aborts both ends, at every byte") {
    std::string wire_bytes;
    for (std::size_t i = 0; i < 3; ++i) REQUIRE(encode(frame, std::to_string(i), wire_bytes));
    for (std::size_t at = 0; at <= wire_bytes.size(); ++at) {
        memory_loop loop;
        auto channels = memory_pair({.breaks_after = at});
        memory_transport a(loop, std::move(channels.first)), b(loop, std::move(channels.second));
        auto server = echo();
        bool aborted = false;
        pump at_server(server, b, [&aborted](auto&, event::aborted const&) { aborted = true; });
        script client([](wire& w) -> task<> {
            for (std::size_t i = 0; i < 3; ++i) w.write(frame, std::to_string(i));
            while (co_await w.wait()) (void)co_await w.read(frame);
        }, role::client);
        pump at_client(client, a);
        at_server.start();
        at_client.start();
        CHECK(loop.run());
        CHECK(aborted);
        CHECK(at_server.finished());
        CHECK(at_client.finished());
        CHECK(b.error() == std::errc::connection_reset);
    }
}

TEST_CASE("pump: the end of input at every byte is told as what it is") {
    std::string wire_bytes;
    for (std::size_t i = 0; i < 2; ++i) REQUIRE(encode(frame, std::to_string(i), wire_bytes));
    for (std::size_t at = 0; at <= wire_bytes.size(); ++at) {
        memory_loop loop;
        auto channels = memory_pair({.ends_after = at});
        memory_transport a(loop, std::move(channels.first)), b(loop, std::move(channels.second));
        REQUIRE_FALSE(a.write(wire_bytes));
        std::string told;
        chunk_protocol server(frame);
        pump at_server(server, b, [&told]<class E>(auto& p, E& e) {
            if constexpr (std::same_as<E, event::message<std::string_view>>) told += *e;
            if constexpr (std::same_as<E, event::ended>) {
                told += '$';
                p.close();
            }
            if constexpr (std::same_as<E, event::failed>) told += name_of(e.why->code);
        });
        at_server.start();
        CHECK(loop.run());
        CHECK(told == (at == 0 ? "$" : at < 3 ? "truncated" : at == 3 ? "0$" : at < 6 ? "0truncated" : "01$"));
    }
}

TEST_CASE("pump: deadlines run on the transport's clock, and a jump only makes them due") {
    memory_loop loop;
    auto channels = memory_pair();
    memory_transport a(loop, std::move(channels.first)), b(loop, std::move(channels.second));
    script server([](wire& w) -> task<int> {
        int pings = 0;
        while (pings < 3) {
            waited const what = co_await w.wait_until(w.now() + 10s);
            if (what == waited::deadline) {
                ++pings;
                w.write("ping\n");
            } else {
                (void)co_await w.read();
            }
        }
        co_return pings;
    });
    pump at_server(server, b);
    at_server.start();
    CHECK(loop.run());
    loop.advance(9s);
    CHECK(loop.run());
    CHECK_FALSE(a.medium().readable());
    loop.advance(1s);
    CHECK(loop.run());
    CHECK(a.medium().readable());
    loop.advance(1000h);
    CHECK(loop.run());
    CHECK_FALSE(server.has_result());
    loop.advance(10s);
    CHECK(loop.run());
    CHECK(server.has_result());
}

TEST_CASE("pump: a peer that never closes is left after a while") {
    memory_loop loop;
    auto channels = memory_pair();
    memory_transport a(loop, std::move(channels.first)), b(loop, std::move(channels.second));
    script server([](wire& w) -> task<> {
        w.write("bye");
        co_return;
    });
    pump at_server(server, b);
    at_server.start();
    CHECK(loop.run());
    CHECK_FALSE(at_server.finished());
    CHECK_FALSE(a.write("I have more to say"));
    CHECK(loop.run());
    CHECK_FALSE(at_server.finished());
    loop.advance(decltype(at_server)::linger);
    CHECK(loop.run());
    CHECK(at_server.finished());
}

TEST_CASE("pump: credit that comes back later lets it go on") {
    memory_loop loop;
    auto channels = memory_pair();
    memory_transport a(loop, std::move(channels.first)), b(loop, std::move(channels.second));
    REQUIRE_FALSE(a.write("a\nb\nc\n"));
    auto server = line_protocol(as_events{}, role::server, {.credit = 1});
    std::string told;
    lease held;
    pump at_server(server, b, [&](auto&, event::message<std::string_view>& m) {
        told += *m;
        held = std::move(m.held);
    });
    at_server.start();
    CHECK(loop.run());
    CHECK(told == "a");
    held.end();
    at_server.go_on();
    CHECK(told == "ab");
    held.end();
    at_server.go_on();
    CHECK(loop.run());
    CHECK(told == "abc");
}

TEST_CASE("pump: who was refused is told, below the high mark too; who can write no more is not") {
    enum class after : std::uint8_t { goes_on, closes, aborts };
    for (after const then : {after::goes_on, after::closes, after::aborts}) {
        memory_loop loop;
        auto channels = memory_pair({.capacity = 1}, {.capacity = 10});
        memory_transport a(loop, std::move(channels.first)), b(loop, std::move(channels.second));
        auto server = line_protocol(as_events{}, role::server, {.out = {.low = 20, .high = 90, .most = 100, .reserve = 0}});
        int told = 0;
        pump at_server(server, b, [&told](auto& p, event::drained const&) {
            ++told;
            CHECK(p.outgoing().write(std::string(60, 'y')));
        });
        at_server.start();
        REQUIRE(server.outgoing().write(std::string(50, 'x')));
        REQUIRE(server.outgoing().write(std::string(60, 'y')).error().code == errc::no_room);
        if (then == after::closes) server.close();
        if (then == after::aborts) server.abort();
        at_server.go_on();
        CHECK(told == 0);
        contract::ear ear;
        a.start(ear);
        CHECK(loop.run());
        CHECK(told == (then == after::goes_on ? 1 : 0));
        CHECK(ear.heard.size() == (then == after::goes_on ? 110 : then == after::closes ? 50 : 0));
    }
}

TEST_CASE("pump: who floods when it is told that there is room leaves the others their turn") {
    memory_loop loop;
    auto channels = memory_pair({.capacity = unbounded}, {.capacity = unbounded});
    memory_transport b(loop, std::move(channels.second));
    auto server = line_protocol(as_events{}, role::server, {.out = {.low = 10, .high = 100, .most = 1000, .reserve = 0}});
    int told = 0;
    pump at_server(server, b, [&told](auto& p, event::drained const&) {
        if (++told < 1000) CHECK(p.write_chunk(std::string(200, 'x')));
    });
    at_server.start();
    REQUIRE(server.write_chunk(std::string(200, 'x')));
    at_server.go_on();
    CHECK(told > 0);
    CHECK(told < 100);
    CHECK(loop.run(1000));
    CHECK(told == 1000);
}

TEMPLATE_TEST_CASE("pump: an exception breaks the connection off, and nothing is called any more", "", SEGUE_ALL_WORLDS) {
    for (bool const by_application : {true, false}) {
        TestType world;
        auto channels = world.pair();
        typename TestType::transport_type a(world.loop, std::move(channels.first)), b(world.loop, std::move(channels.second));
        int calls = 0;
        auto server = line_protocol([&](auto& self, std::string_view) {
            ++calls;
            if (!by_application) throw std::runtime_error("as told");
            self.close();
        });
        pump at_server(server, b, [&](auto&, event::closed const&) {
            if (by_application) throw std::runtime_error("as told");
        });
        at_server.start();
        CHECK_FALSE(a.write("a\nb\nc\n"));
        CHECK_THROWS_AS(world.run([&] { return at_server.finished(); }), std::runtime_error);
        CHECK(at_server.finished());
        at_server.go_on();
        for (int i = 0; i < 10; ++i) world.step();
        CHECK(calls == 1);
    }
}

// Finds no memory for what arrives, or to keep it.
template <class P>
struct exhausted : P {
    exhausted(P lines, bool w) : P(std::move(lines)), when_it_keeps(w) {}
    void receive(std::string_view arrived) {
        if (!when_it_keeps) throw std::bad_alloc();
        P::receive(arrived);
    }
    void keep() {
        if (when_it_keeps) throw std::bad_alloc();
        P::keep();
    }
    bool when_it_keeps;
};

TEMPLATE_TEST_CASE("pump: what cannot be taken or kept breaks the connection off", "", SEGUE_ALL_WORLDS) {
    for (bool const when_it_keeps : {true, false}) {
        TestType world;
        auto channels = world.pair();
        typename TestType::transport_type a(world.loop, std::move(channels.first)), b(world.loop, std::move(channels.second));
        int calls = 0;
        exhausted server(line_protocol([&](auto&, std::string_view) { ++calls; }), when_it_keeps);
        pump at_server(server, b);
        at_server.start();
        CHECK_FALSE(a.write("a\nb"));
        CHECK_THROWS_AS(world.run([&] { return at_server.finished(); }), std::bad_alloc);
        CHECK(at_server.finished());
        CHECK(calls <= (when_it_keeps ? 1 : 0));
    }
}

TEST_CASE("pump: who writes for ever to one that takes all leaves the others their turn") {
    memory_loop loop;
    auto channels = memory_pair({.capacity = unbounded});
    auto others = memory_pair();
    memory_transport a(loop, std::move(channels.first)), c(loop, std::move(others.first)), d(loop, std::move(others.second));
    bool heard = false;
    script floods([&heard](wire& w) -> task<int> {
        int rounds = 0;
        while (!heard && rounds < 5000) {
            w.write(std::string(100, 'x'));
            co_await w.drained();
            ++rounds;
        }
        co_return rounds;
    }, role::server, {.out = {.low = 10, .high = 100, .most = 1000, .reserve = 0}});
    auto listens = line_protocol([&heard](auto&, std::string_view) { heard = true; });
    pump at_a(floods, a);
    pump at_c(listens, c);
    CHECK_FALSE(d.write("stop\n"));
    at_a.start();
    at_c.start();
    CHECK_FALSE(floods.has_result());
    CHECK(loop.run(100));
    CHECK(heard);
    REQUIRE(floods.has_result());
    CHECK(floods.result() < 1000);
}

TEST_CASE("pump: a connection that waits for its peer does not spin, whatever was due") {
    memory_loop loop;
    auto channels = memory_pair({.capacity = 10}, {.capacity = 10});
    memory_transport a(loop, std::move(channels.first)), b(loop, std::move(channels.second));
    script server([](wire& w) -> task<> {
        w.expect_by(w.now() + 1s);
        w.write(std::string(100, 'x'));
        co_await w.drained();
        (void)co_await w.read(1);
    }, role::server, {.out = {.low = 0, .high = 100, .most = 1000, .reserve = 0}});
    pump at_server(server, b);
    at_server.start();
    for (int i = 0; i < 5; ++i) {
        CHECK(loop.run(20));
        loop.advance(1s);
    }
    auto paused = line_protocol(as_events{}, role::server, {.credit = 1});
    lease held;
    pump at_paused(paused, a, [&held](auto&, event::message<std::string_view>& m) { held = std::move(m.held); });
    at_paused.start();
    CHECK(loop.run(200));
}

TEST_CASE("pump: what others put into the transport's queue does not stop it") {
    memory_loop loop;
    auto channels = memory_pair({.capacity = 64}, {.capacity = 64});
    memory_transport a(loop, std::move(channels.first)), b(loop, std::move(channels.second));
    struct : receiver {
        void on_bytes(std::string_view all) override { heard += all; }
        void on_end() override {}
        void on_abort() override {}
        void on_writable() override {}
        void on_time() override {}
        std::string heard{};
    } ear;
    a.start(ear);
    CHECK_FALSE(b.write(std::string(1000, 'q')));
    script server([](wire& w) -> task<> {
        w.write(std::string(1000, 'p'));
        co_await w.drained();
        (void)co_await w.read(1);
    });
    pump at_server(server, b);
    at_server.start();
    CHECK(loop.run());
    CHECK(ear.heard == std::string(1000, 'q') + std::string(1000, 'p'));
}

}  // namespace
