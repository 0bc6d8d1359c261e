// Protocols on transports: the same values run unchanged in every world that SEGUE_WORLDS names, before this is
// included; those of SEGUE_ENDING_WORLDS tell the peer of an end, those of SEGUE_HALF_CLOSING_WORLDS, if
// there are any, of one in one direction alone.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "catch.hpp"
#include "segue/content/integer.hpp"
#include "segue/protocol/chunk_protocol.hpp"
#include "segue/protocol/script.hpp"
#include "segue/segment/length_prefixed.hpp"
#include "segue/transport/pump.hpp"

namespace conversations {

using namespace segue;

inline constexpr auto frame = length_prefixed(u16_be, bytes);

struct checksum {
    void add(std::string_view all) {
        for (char const c : all) sum = (sum ^ static_cast<unsigned char>(c)) * 1099511628211u;
        size += all.size();
    }
    std::uint64_t sum = 14695981039346656037u;
    std::size_t size = 0;
    friend bool operator==(checksum const&, checksum const&) = default;
};
inline std::string message(std::size_t i) { return std::string((i * 7919) % 700, static_cast<char>('a' + i % 26)); }

struct tally {
    checksum sent{}, back{};
};

// Sends so many frames without waiting for answers, and reads them all back; where it can, it has ended by then.
inline auto talker(std::size_t count, bool ends_first) {
    return script([count, ends_first](wire& w) -> task<tally> {
        tally t;
        std::size_t read = 0;
        for (std::size_t i = 0; i < count; ++i) {
            std::string const m = message(i);
            w.write(frame, m);
            t.sent.add(m);
            while (i - read >= 16) {
                std::string const m2 = co_await w.read(frame);
                t.back.add(m2);
                ++read;
            }
        }
        if (ends_first) w.end();
        for (; read < count; ++read) {
            std::string const m = co_await w.read(frame);
            t.back.add(m);
        }
        w.end();
        co_return t;
    }, role::client);
}
inline auto echo() {
    return chunk_protocol(frame, [](auto& self, std::string_view chunk) { CHECK(self.write_chunk(chunk)); });
}

TEMPLATE_TEST_CASE("pump: nothing is lost in either direction, and both ends close", "", SEGUE_WORLDS) {
    TestType world;
    auto channels = world.pair();
    typename TestType::transport_type a(world.loop, std::move(channels.first)), b(world.loop, std::move(channels.second));
    auto one = talker(500, TestType::half_closes);
    auto other = echo();
    pump at_one(one, a);
    pump at_other(other, b);
    at_other.start();
    at_one.start();
    CHECK(world.run([&] { return at_one.finished() && at_other.finished(); }));
    REQUIRE(one.has_result());
    CHECK(one.result().sent == one.result().back);
    CHECK(one.result().sent.size > 100'000);
    CHECK_FALSE(a.error());
    if (TestType::tells_ends) CHECK_FALSE(b.error());
}

TEMPLATE_TEST_CASE("pump: who asks without listening stops itself, with memory bounded", "", SEGUE_WORLDS) {
    TestType world;
    auto channels = world.pair();
    typename TestType::transport_type a(world.loop, std::move(channels.first)), b(world.loop, std::move(channels.second));
    auto server = echo();
    pump at_server(server, b);
    at_server.start();
    // a peer that writes and never reads
    struct deaf final : receiver {
        void on_bytes(std::string_view) override {}
        void on_end() override {}
        void on_abort() override {}
        void on_writable() override {}
        void on_time() override {}
    } nobody;
    a.start(nobody);
    a.pause_reading();
    std::string one;
    REQUIRE(encode(frame, std::string(1000, 'x'), one));
    std::size_t most = 0;
    int idle = 0;
    std::string left;
    for (int i = 0; i < 100'000 && idle < 20; ++i) {
        if (left.empty()) left = one;
        std::string_view const pieces[]{left};
        std::size_t const n = a.write_many(pieces);
        left.erase(0, n);
        idle = n == 0 ? idle + 1 : 0;
        world.step();
        most = std::max(most, server.outgoing().pending() + server.heap());
    }
    CHECK(idle == 20);  // the sender stands still
    CHECK(most < 300'000);
    a.resume_reading();
    CHECK(world.run([&] { return server.outgoing().pending() == 0; }));
}

// Writes frames until it sees that too much is pending, and goes on when it is told.
struct sender {
    std::size_t left;
    std::size_t stops = 0, told = 0, most_pending = 0;
    bool writes = false;

    void go_on(auto& p) {
        writes = true;
        for (; left != 0 && !p.outgoing().congested(); --left) CHECK(p.write_chunk(message(left)));
        writes = false;
        most_pending = std::max(most_pending, p.outgoing().pending());
        if (p.outgoing().congested()) ++stops;
        if (left == 0) p.outgoing().end();
    }
    void drained(auto& p) {
        CHECK_FALSE(writes);
        CHECK(stops == ++told);
        CHECK_FALSE(p.outgoing().congested());
        go_on(p);
    }
};

TEMPLATE_TEST_CASE("pump: who stops at the high mark is told once that there is room again, and never within a write", "", SEGUE_WORLDS) {
    constexpr water_marks marks{.low = 1000, .high = 4000, .most = 5000, .reserve = 0};
    TestType world;
    auto channels = world.pair();
    typename TestType::transport_type a(world.loop, std::move(channels.first)), b(world.loop, std::move(channels.second));
    struct slow final : receiver {
        void on_bytes(std::string_view arrived) override {
            heard.add(arrived);
            at->pause_reading();
        }
        void on_end() override {}
        void on_abort() override {}
        void on_writable() override {}
        void on_time() override {}
        typename TestType::transport_type* at = nullptr;
        checksum heard{};
    } reader;
    reader.at = &a;
    checksum all;
    for (std::size_t i = 500; i != 0; --i) {
        std::string one;
        REQUIRE(encode(frame, message(i), one));
        all.add(one);
    }
    sender sends{500};
    chunk_protocol server(frame, as_events{}, role::server, {.out = marks});
    pump at_server(server, b, [&sends]<class E>(auto& p, E&) {
        if constexpr (std::same_as<E, event::drained>) sends.drained(p);
    });
    a.start(reader);
    at_server.start();
    sends.go_on(server);
    CHECK(sends.stops == 1);
    CHECK(sends.told == 0);
    at_server.go_on();
    CHECK(world.run([&] {
        a.resume_reading();
        return reader.heard.size == all.size;
    }));
    CHECK(reader.heard == all);
    CHECK(sends.told > 10);
    CHECK(sends.stops == sends.told);
    CHECK(sends.most_pending <= marks.most);
}

#ifdef SEGUE_HALF_CLOSING_WORLDS
TEMPLATE_TEST_CASE("pump: half-close by either side at every message boundary", "", SEGUE_HALF_CLOSING_WORLDS) {
    for (std::size_t boundary = 0; boundary <= 3; ++boundary)
        for (bool client_ends : {true, false}) {
            TestType world;
            auto channels = world.pair();
            typename TestType::transport_type a(world.loop, std::move(channels.first)), b(world.loop, std::move(channels.second));
            auto const side = [boundary](bool ends) {
                return script([boundary, ends](wire& w) -> task<std::size_t> {
                    std::size_t heard = 0;
                    for (std::size_t i = 0; i < 3; ++i) {
                        if (ends && i == boundary) w.end();
                        if (!ends || i < boundary) w.write(frame, std::to_string(i));
                    }
                    if (ends && boundary == 3) w.end();
                    while (co_await w.wait()) {
                        std::string const m = co_await w.read(frame);
                        heard += m.size();
                    }
                    co_return heard;
                });
            };
            auto one = side(client_ends), other = side(!client_ends);
            pump at_one(one, a);
            pump at_other(other, b);
            at_one.start();
            at_other.start();
            // who ends hears all three; the other hears what was said before, ends in answer, and all is closed
            CHECK(world.run([&] { return (client_ends ? other : one).has_result(); }));
            CHECK((client_ends ? other : one).result() == boundary);
            CHECK(world.run([&] { return at_one.finished() && at_other.finished(); }));
            CHECK((client_ends ? one : other).result() == 3);
        }
}
#endif

TEMPLATE_TEST_CASE("pump: malformed input ends the conversation, and what was answered before arrives", "", SEGUE_ENDING_WORLDS) {
    TestType world;
    auto channels = world.pair();
    typename TestType::transport_type a(world.loop, std::move(channels.first)), b(world.loop, std::move(channels.second));
    auto server = chunk_protocol(length_prefixed(u8, bytes).template max<5>(), [](auto& self, std::string_view c) { CHECK(self.write_chunk(c)); });
    errc told = errc::none;
    pump at_server(server, b, [&told](auto& p, event::failed const& f) {
        told = f.why->code;
        CHECK(p.write_chunk("bad"));
    });
    script client([](wire& w) -> task<std::string> {
        w.write("\x02hi\xff and more that is never read");
        std::string all;
        while (co_await w.wait()) {
            std::string const m = co_await w.read(length_prefixed(u8, bytes));
            all += m + ' ';
        }
        co_return all;
    }, role::client);
    pump at_client(client, a);
    at_server.start();
    at_client.start();
    CHECK(world.run([&] { return at_client.finished() && at_server.finished(); }));
    CHECK(told == errc::too_long);
    REQUIRE(client.has_result());
    CHECK(client.result() == "hi bad ");
}

}  // namespace conversations
