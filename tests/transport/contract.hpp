// The contract of a transport, the same in every world: SEGUE_WORLDS names them, before this is included.
#pragma once

#include <chrono>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "contract_ear.hpp"
#include "segue/transport/transport.hpp"

namespace contract {

using namespace segue;
using namespace std::chrono_literals;

template <class World>
struct both {
    both() {
        a.start(at_a);
        b.start(at_b);
    }
    template <class Until>
    bool run(Until until) { return world.run(until); }

    static constexpr water_marks marks{.low = 10, .high = 1000, .most = 1 << 18, .reserve = 0};

    World world;
    decltype(world.pair()) ends = world.pair();
    ear at_a, at_b;
    typename World::transport_type a{world.loop, std::move(ends.first), marks}, b{world.loop, std::move(ends.second)};
};

TEMPLATE_TEST_CASE("transport: bytes arrive in both directions, whole or gathered", "", SEGUE_WORLDS) {
    both<TestType> t;
    CHECK_FALSE(t.a.write("hello "));
    CHECK_FALSE(t.a.write("world"));
    std::string const one = "ab", two = "cd", three = "efg";
    std::string expected;
    std::string_view pieces[]{one, two, three};
    std::size_t const taken = t.b.write_many(pieces);
    expected = std::string("abcdefg").substr(0, taken);
    CHECK(taken > 0);
    CHECK(t.run([&] { return t.at_b.heard.size() == 11 && t.at_a.heard.size() == taken; }));
    CHECK(t.at_b.heard == "hello world");
    CHECK(t.at_a.heard == expected);
    CHECK_FALSE(t.a.name().empty());
    CHECK_FALSE(t.a.peer_name().empty());
}

TEMPLATE_TEST_CASE("transport: after an end in one direction the other goes on, where a direction can end", "", SEGUE_WORLDS) {
    both<TestType> t;
    CHECK_FALSE(t.a.write("last"));
    if (!TestType::half_closes) {
        CHECK(t.a.end_writing() == std::errc::not_supported);
        CHECK_FALSE(t.a.write(" word"));
        CHECK(t.run([&] { return t.at_b.heard == "last word"; }));
        CHECK(t.at_b.ends == 0);
        return;
    }
    CHECK_FALSE(t.a.end_writing());
    CHECK_FALSE(t.a.end_writing());
    CHECK(t.a.write("more") == errc::closed);
    CHECK(t.run([&] { return t.at_b.ends == 1; }));
    CHECK(t.at_b.heard == "last");
    CHECK_FALSE(t.b.write("still here"));
    CHECK(t.run([&] { return t.at_a.heard.size() == 10; }));
    CHECK_FALSE(t.b.end_writing());
    CHECK(t.run([&] { return t.at_a.ends == 1; }));
    CHECK(t.at_a.aborts + t.at_b.aborts == 0);
}

TEMPLATE_TEST_CASE("transport: closing delivers what is queued, and writing afterwards is an error", "", SEGUE_WORLDS) {
    both<TestType> t;
    std::string const large(200'000, 'x');
    CHECK_FALSE(t.a.write(large));
    t.a.close();
    CHECK(t.a.write("more") == errc::closed);
    CHECK(t.run([&] { return t.at_b.ends == TestType::tells_ends && t.at_b.heard.size() == large.size(); }));
    CHECK(t.at_b.heard == large);
    CHECK(t.run([&] { return !t.a.open(); }));
    CHECK(t.a.write("more") == errc::closed);
    CHECK(t.a.end_writing() == errc::closed);
}

TEMPLATE_TEST_CASE("transport: paused, it takes nothing in; resumed, it loses nothing", "", SEGUE_WORLDS) {
    both<TestType> t;
    t.b.pause_reading();
    std::size_t written = 0;
    std::string const block(64 * 1024, 'y');
    // until nothing in between takes any more: the sender has stopped, and no byte was heard
    for (int i = 0; i < 1000; ++i) {
        std::string_view const pieces[]{block};
        std::size_t const n = t.a.write_many(pieces);
        written += n;
        if (n == 0) break;
    }
    CHECK(t.a.congested());
    CHECK(written < 1000 * block.size());
    t.world.step();
    CHECK(t.at_b.heard.empty());
    t.b.resume_reading();
    CHECK(t.run([&] { return t.at_b.heard.size() == written; }));
    CHECK(t.run([&] { return t.at_a.writable != 0; }));
    CHECK_FALSE(t.a.congested());
}

TEMPLATE_TEST_CASE("transport: who was told that too much is queued is told when it has gone", "", SEGUE_WORLDS) {
    both<TestType> t;
    CHECK_FALSE(t.a.write("a"));
    CHECK_FALSE(t.a.write(std::string(2000, 'b')));
    if (t.a.congested()) CHECK(t.run([&] { return t.at_a.writable == 1; }));
    CHECK_FALSE(t.a.congested());
    CHECK(t.run([&] { return t.at_b.heard.size() == 2001; }));
}

TEMPLATE_TEST_CASE("transport: the queue is bounded", "", SEGUE_WORLDS) {
    both<TestType> t;
    t.b.pause_reading();
    std::string const block(30'000, 'z');
    std::error_code why;
    std::size_t accepted = 0;
    for (int i = 0; i < 1000 && !why; ++i) {
        why = t.a.write(block);
        if (!why) accepted += block.size();
    }
    CHECK(why == errc::no_room);
    CHECK(t.a.pending() <= 1 << 18);
    t.b.resume_reading();
    CHECK(t.run([&] { return t.at_b.heard.size() == accepted; }));
}

TEMPLATE_TEST_CASE("transport: who breaks off tells nothing more; who writes to a peer that has gone is told once", "", SEGUE_WORLDS) {
    both<TestType> t;
    t.b.abort();
    CHECK_FALSE(t.b.open());
    for (int i = 0; i < 1000 && t.a.open(); ++i) {
        (void)t.a.write("are you there?");
        t.world.step();
    }
    CHECK_FALSE(t.a.open());
    CHECK(t.at_a.aborts == 1);
    CHECK(t.a.error());
    CHECK(t.a.write("more") == errc::closed);
    CHECK(t.at_b.aborts == 0);
}

TEMPLATE_TEST_CASE("transport: it wakes when it was asked to, once", "", SEGUE_WORLDS) {
    both<TestType> t;
    t.a.wake_at(t.a.now());
    CHECK(t.run([&] { return t.at_a.times == 1; }));
    CHECK(t.at_a.times == 1);
    t.a.wake_at(t.a.now() + 1h);
    t.b.wake_at(t.b.now());
    CHECK(t.run([&] { return t.at_b.times == 1; }));
    CHECK(t.at_a.times == 1);
}

TEMPLATE_TEST_CASE("transport: once it is closed nothing arrives, even when asked for", "", SEGUE_WORLDS) {
    both<TestType> t;
    t.a.pause_reading();
    CHECK_FALSE(t.b.write("too late"));
    CHECK_FALSE(t.a.write(std::string(250'000, 'x')));
    t.a.close();
    t.a.resume_reading();
    for (int i = 0; i < 50; ++i) t.world.step();
    CHECK(t.at_a.heard.empty());
}

// What the guide's table of media says of this one: | medium | half-close | gathers | the end | breaking off | peer's name |
template <class World>
std::string row() {
    both<World> t;
    REQUIRE_FALSE(t.a.write("x"));
    REQUIRE_FALSE(t.b.write("y"));
    REQUIRE(t.run([&] { return t.at_a.heard == "y" && t.at_b.heard == "x"; }));
    std::string const large(4000, 'z');
    std::string_view const pieces[]{large};
    bool gathers = false;
    for (int i = 0; i < 10 && !gathers; ++i) {  // a call may be interrupted
        gathers = t.a.write_many(pieces) != 0 && t.a.pending() == 0;
        t.world.step();
    }
    bool const named = t.b.peer_name() == t.a.name() && t.b.peer_name() != t.b.name();
    bool const ends_alone = !t.a.end_writing();
    t.a.close();
    REQUIRE(t.run([&] { return t.at_b.ends + t.at_b.aborts != 0; }));
    both<World> u;
    REQUIRE_FALSE(u.a.write("x"));
    REQUIRE(u.run([&] { return u.at_b.heard == "x"; }));
    u.a.abort();
    REQUIRE(u.run([&] { return u.at_b.ends + u.at_b.aborts != 0; }));
    auto const yes = [](bool b) { return b ? "yes" : "no"; };
    auto const how = [](ear const& e) { return e.ends != 0 ? "an end" : "an error"; };
    std::string all = "|";
    for (std::string const cell : {World::medium, yes(ends_alone), yes(gathers), how(t.at_b), how(u.at_b), yes(named)}) all += ' ' + cell + " |";
    return all;
}

TEMPLATE_TEST_CASE("transport: its medium can do what the guide's table says", "", SEGUE_WORLDS) {
    std::ifstream page(SEGUE_SOURCE_DIR "/docs/guide.md");
    std::string const text{std::istreambuf_iterator<char>(page), {}}, ours = row<TestType>();
    INFO(ours);
    CHECK(text.find(ours) != std::string::npos);
}

}  // namespace contract
