#include "segue/protocol/wire.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "segue/content/integer.hpp"
#include "segue/content/number.hpp"
#include "segue/message/record.hpp"
#include "segue/protocol/script.hpp"
#include "segue/segment/delimited.hpp"
#include "segue/segment/length_prefixed.hpp"

namespace {

using namespace segue;
using namespace std::chrono_literals;

inline constexpr auto line = delimited<"\n">(bytes);
inline constexpr auto frame = length_prefixed(u8, bytes);

struct reading {
    BOOST_HANA_DEFINE_STRUCT(reading, (std::uint8_t, sensor), (std::string_view, label));
};
inline constexpr auto reading_frame = record<reading>(field<"sensor">(u8), field<"label">(delimited<"\n">(text)));

// Fed in pieces of every size, a script gives the same result.
template <class Start, class Result>
void gives(Start start, std::string const& bytes_in, Result const& expected) {
    for (std::size_t piece = 1; piece <= bytes_in.size() + 1; ++piece) {
        script s(start);
        for (std::size_t at = 0; at < bytes_in.size(); at += piece) {
            std::string const here = bytes_in.substr(at, piece);
            s.receive(here);
            (void)s.next_event();
            s.keep();
        }
        s.receive_eof();
        (void)s.next_event();
        INFO("pieces of " << piece);
        REQUIRE(s.has_result());
        CHECK(s.result() == expected);
    }
}

TEST_CASE("wire: reads of different codecs follow each other, wherever the bytes were cut") {
    gives([](wire& w) -> task<std::string> {
        std::string all;
        std::string const first = co_await w.read(line);
        std::uint16_t const size = co_await w.read_as<std::uint16_t>(u16_be);
        std::string const rest = co_await w.read(size);
        std::string const next = co_await w.read(frame);
        reading const r = co_await w.read(reading_frame);
        all = first + '|' + rest + '|' + next + '|' + std::string(r.label) + std::to_string(r.sensor);
        co_return all;
    }, std::string("head\n\0\3abc\2xy\7cut\n", 18), std::string("head|abc|xy|cut7"));
}

TEST_CASE("wire: peek leaves the bytes where they are") {
    gives([](wire& w) -> task<std::string> {
        std::string const seen = co_await w.peek(3);
        std::string const read = co_await w.read(5);
        std::string const none = co_await w.peek(0);
        co_return seen + '|' + read + '|' + none;
    }, "abcdef", std::string("abc|abcde|"));
}

TEST_CASE("wire: wait tells bytes from the end, and eof is known then") {
    gives([](wire& w) -> task<std::string> {
        std::string all;
        while (co_await w.wait()) {
            std::string const one = co_await w.read(1);
            all += one;
        }
        co_return w.eof() ? all + '$' : all;
    }, "abc", std::string("abc$"));
}

TEST_CASE("wire: read without a size gives what is there") {
    script s([](wire& w) -> task<std::string> {
        std::string const a = co_await w.read();
        std::string const b = co_await w.read();
        co_return a + '|' + b;
    });
    (void)s.send("abc");
    (void)s.send("d");
    CHECK(s.result() == "abc|d");
}

TEST_CASE("wire: need says how many bytes are missing") {
    script s([](wire& w) -> task<> {
        (void)co_await w.read(10);
        (void)co_await w.peek(4);
        (void)co_await w.wait();
    });
    auto const need = [](auto e) { return std::get<event::need>(e).minimum; };
    CHECK(need(s.next_event()) == 10);
    CHECK(need(s.send("abc")) == 7);
    CHECK(need(s.send("defghijK")) == 3);
    CHECK(is<event::closed>(s.send("LMN")));
}

TEST_CASE("wire: try_read answers errors and the end, and the script goes on") {
    script s([](wire& w) -> task<std::string> {
        std::string all;
        for (;;) {
            auto const r = co_await w.try_read(length_prefixed(delimited<":">(number<std::uint32_t>), text));
            if (r.ended()) co_return all + "end";
            if (!r) {
                w.write("bad: " + std::string(name_of(r.error().code)) + '\n');
                co_return all;
            }
            all += *r + ' ';
        }
    });
    (void)s.send("1:a2:bc");
    s.receive_eof();
    (void)s.next_event();
    CHECK(s.result() == "a bc end");

    script t([](wire& w) -> task<> {
        auto r = co_await w.try_read(delimited<":">(number<std::uint32_t>));
        if (!r) w.write(std::string(name_of(r.error().code)));
    });
    CHECK(is<event::closed>(t.send("x")));
    CHECK(t.read() == "mismatch");
}

TEST_CASE("wire: a write that has no room ends the script at its next await, unless it looks") {
    flow const small{.out = {.low = 1, .high = 100, .most = 4, .reserve = 0}};
    script careless([](wire& w) -> task<> {
        w.write("12345");
        (void)co_await w.read(1);
    }, role::server, small);
    CHECK(is<event::failed>(careless.next_event()));
    CHECK(careless.error().code == errc::no_room);

    script careful([](wire& w) -> task<int> {
        if (!w.write("12345")) w.forgive();
        w.write("123");
        (void)co_await w.read(1);
        co_return 1;
    }, role::server, small);
    (void)careful.send("x");
    CHECK(careful.has_result());
    CHECK(careful.read() == "123");
}

TEST_CASE("wire: drained waits until what was written is taken") {
    script s([](wire& w) -> task<> {
        for (int i = 0; i < 3; ++i) {
            w.write("12345678");
            co_await w.drained();
        }
    }, role::client, {.out = {.low = 2, .high = 8, .most = 8, .reserve = 0}});
    CHECK(is<event::paused>(s.next_event()));
    CHECK(s.outgoing().take(5) == "12345");
    CHECK(is<event::paused>(s.next_event()));
    CHECK(s.outgoing().take(1) == "6");
    CHECK(is<event::failed>(s.next_event()));  // 2 pending and 8 more do not fit: the script was told so
    CHECK(s.error().code == errc::no_room);
}

TEST_CASE("wire: deadlines") {
    script waits([](wire& w) -> task<std::string> {
        std::string all;
        for (;;) {
            waited const what = co_await w.wait_until(w.now() + 10s);
            if (what == waited::deadline) {
                all += "ping ";
                continue;
            }
            if (what == waited::ended) co_return all + "end";
            std::string const one = co_await w.read();
            all += one + ' ';
        }
    });
    (void)waits.next_event();
    CHECK(waits.next_deadline() == instant{} + 10s);
    waits.advance(instant{} + 10s);
    (void)waits.next_event();
    waits.advance(instant{} + 15s);
    (void)waits.send("abc");
    CHECK(waits.next_deadline() == instant{} + 25s);
    waits.advance(instant{} + 3s);  // a clock that jumped back changes nothing
    (void)waits.next_event();
    CHECK(waits.next_deadline() == instant{} + 25s);
    waits.receive_eof();
    (void)waits.next_event();
    CHECK(waits.result() == "ping abc end");

    script sleeps([](wire& w) -> task<> { co_await w.sleep_until(w.now() + 1s); });
    CHECK(is<event::paused>(sleeps.next_event()));
    sleeps.advance(instant{} + 1s);
    CHECK(is<event::closed>(sleeps.next_event()));

    script expects([](wire& w) -> task<> {
        w.expect_by(w.now() + 5s);
        (void)co_await w.read(line);
        w.no_deadline();
        (void)co_await w.read(line);
    });
    (void)expects.send("a\n");
    expects.advance(instant{} + 5s);
    CHECK(is<event::need>(expects.send("b")));
    script late([](wire& w) -> task<> {
        w.expect_by(w.now() + 5s);
        (void)co_await w.read(line);
    });
    (void)late.send("a");
    late.advance(instant{} + 5s);
    CHECK(is<event::failed>(late.next_event()));
    CHECK(late.error().code == errc::timed_out);
}

TEST_CASE("wire: reading no bytes waits for none, also at the end") {
    script s([](wire& w) -> task<std::string> {
        std::string const none = co_await w.read(0);
        std::uint8_t const size = co_await w.read_as<std::uint8_t>(u8);
        std::string const rest = co_await w.read(size);
        co_return '[' + none + rest + ']';
    });
    CHECK(is<event::closed>(s.send(std::string_view("\0", 1))));
    REQUIRE(s.has_result());
    CHECK(s.result() == "[]");

    script at_end([](wire& w) -> task<int> {
        (void)co_await w.wait();
        (void)co_await w.read(0);
        co_return 1;
    });
    at_end.receive_eof();
    CHECK(is<event::closed>(at_end.next_event()));
    CHECK(at_end.has_result());
}

TEST_CASE("wire: more bytes than a message may have are refused before they arrive") {
    for (std::size_t const n : {limits{}.message + 1, unbounded / 2, unbounded}) {
        script reads([n](wire& w) -> task<> { (void)co_await w.read(n); });
        CHECK(is<event::failed>(reads.send("abc")));
        CHECK(reads.error().code == errc::message_too_long);
        CHECK(reads.error().offset == 0);
        script peeks([n](wire& w) -> task<> { (void)co_await w.peek(n); });
        CHECK(is<event::failed>(peeks.send("abc")));
        CHECK(peeks.error().code == errc::message_too_long);
    }
}

TEST_CASE("wire: after an error no wait succeeds, whether more bytes have arrived or not") {
    for (bool const together : {true, false}) {
        script s([](wire& w) -> task<> {
            auto r = co_await w.try_read(delimited<":">(number<std::uint32_t>));
            if (!r) w.write("bad");
            (void)co_await w.wait();
            w.write(" and more");
        });
        s.receive(together ? "xyz" : "x");
        CHECK(is<event::failed>(s.next_event()));
        CHECK(s.outgoing().take() == "bad");
    }
}

TEST_CASE("wire: a deadline that does not end a wait is not told as one that is due") {
    script drains([](wire& w) -> task<> {
        w.expect_by(w.now() + 5s);
        w.write("12345678");
        co_await w.drained();
        (void)co_await w.read(line);
    }, role::server, {.out = {.low = 0, .high = 8, .most = 8, .reserve = 0}});
    drains.advance(instant{} + 1s);
    CHECK(is<event::paused>(drains.next_event()));
    drains.advance(instant{} + 9s);
    CHECK(is<event::paused>(drains.next_event()));
    CHECK_FALSE(drains.next_deadline());
    (void)drains.outgoing().take();
    CHECK(is<event::failed>(drains.next_event()));
    CHECK(drains.error().code == errc::timed_out);

    script sleeps([](wire& w) -> task<> {
        w.expect_by(w.now() + 1s);
        co_await w.sleep_until(w.now() + 5s);
    });
    (void)sleeps.next_event();
    CHECK(sleeps.next_deadline() == instant{} + 5s);
}

}  // namespace
