#include "segue/protocol/chunk_protocol.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"
#include "segue/content/integer.hpp"
#include "segue/content/number.hpp"
#include "segue/message/record.hpp"
#include "segue/segment/length_prefixed.hpp"

namespace {

using namespace segue;
using namespace std::chrono_literals;

struct reading {
    BOOST_HANA_DEFINE_STRUCT(reading, (std::uint8_t, sensor), (std::string, label));
};
inline constexpr auto reading_frame = record<reading>(field<"sensor">(u8), field<"label">(length_prefixed(u8, text)));

static_assert(protocol<decltype(line_protocol())>);
static_assert(protocol<decltype(chunk_protocol(reading_frame))>);

// All events as text, until the protocol wants something.
template <class P>
std::vector<std::string> told(P& p) {
    std::vector<std::string> all;
    for (;;) {
        auto e = p.next_event();
        if (auto* m = std::get_if<typename P::message>(&e)) {
            all.emplace_back(**m);
            continue;
        }
        all.emplace_back(is<event::need>(e) ? "need" : is<event::paused>(e) ? "paused" : is<event::ended>(e) ? "ended" :
                         is<event::closed>(e) ? "closed" : is<event::aborted>(e) ? "aborted" : "failed");
        return all;
    }
}
using words = std::vector<std::string>;

TEST_CASE("chunk_protocol: chunks are events, wherever the bytes were cut") {
    std::string const wire = "one\r\n\ntwo\rx\nthree\n";
    words const expected{"one", "", "two\rx", "three"};
    for (std::size_t cut = 0; cut <= wire.size(); ++cut)
        for (std::size_t piece : {std::size_t{1}, wire.size()}) {
            auto p = line_protocol();
            words all;
            for (std::size_t at = 0; at < wire.size();) {
                std::size_t const n = at < cut ? std::min(piece, cut - at) : wire.size() - at;
                std::string const here = wire.substr(at, n);
                p.receive(here);
                words const now = told(p);
                all.insert(all.end(), now.begin(), now.end() - 1);
                CHECK(now.back() == "need");
                p.keep();
                at += n;
            }
            CHECK(all == expected);
            p.receive_eof();
            CHECK(told(p) == words{"ended"});
            CHECK(told(p) == words{"ended"});
        }
}

TEST_CASE("chunk_protocol: one outstanding message at a time, between messages that are in memory already") {
    constexpr std::size_t count = 100'000;
    std::string wire;
    for (std::size_t i = 0; i < count; ++i) wire += std::to_string(i) + '\n';
    auto p = line_protocol(as_events{}, role::server, {.credit = 1});
    p.receive(wire);
    std::size_t seen = 0, most_heap = 0;
    for (;;) {
        auto e = p.next_event();
        if (is<event::need>(e)) break;
        auto& m = std::get<event::message<std::string_view>>(e);
        if (*m != std::to_string(seen)) FAIL("message " << seen << " is " << *m);
        ++seen;
        if (!is<event::paused>(p.next_event())) FAIL("a second message is told before the first is released");
        if (*m != std::to_string(seen - 1)) FAIL("the message changed while it was held");
        most_heap = std::max(most_heap, p.heap());
    }
    CHECK(seen == count);
    CHECK(most_heap == 0);
}

TEST_CASE("chunk_protocol: credit that was taken along pauses it until it is released") {
    auto p = line_protocol(as_events{}, role::server, {.credit = 4});
    p.receive("a\nb\nc\n");
    lease first, second;
    {
        auto e = p.next_event();
        first = std::move(std::get<event::message<std::string_view>>(e).held);
    }
    {
        auto e = p.next_event();
        second = std::move(std::get<event::message<std::string_view>>(e).held);
    }
    CHECK(told(p) == words{"paused"});
    p.keep();
    second.end();
    CHECK(told(p) == words{"c", "need"});
}

TEST_CASE("chunk_protocol: a handler gets each chunk and answers") {
    words seen;
    auto p = line_protocol([&seen](auto& self, std::string_view line) {
        seen.emplace_back(line);
        CHECK(self.write_chunk("you sent " + std::string(line)));
        if (line == ".") self.close();
    });
    p.receive("a\n\n.\nnever\n");
    CHECK(is<event::closed>(p.next_event()));
    CHECK(seen == words{"a", "", "."});
    CHECK(p.outgoing().take() == "you sent a\nyou sent \nyou sent .\n");
    CHECK(p.outgoing().ended());
}

TEST_CASE("chunk_protocol: a handler that holds a chunk's credit pauses what follows") {
    lease held;
    int seen = 0;
    auto p = line_protocol([&](auto& self, std::string_view) {
        ++seen;
        held = self.hold();
    }, role::server, {.credit = 1});
    p.receive("a\nb\n");
    CHECK(is<event::paused>(p.next_event()));
    CHECK(seen == 1);
    held.end();
    CHECK(is<event::paused>(p.next_event()));
    CHECK(seen == 2);
}

TEST_CASE("chunk_protocol: any codec of a message, both ways") {
    chunk_protocol p(reading_frame);
    REQUIRE(p.write_chunk(reading{7, "hot"}));
    std::string const wire = p.outgoing().take();
    CHECK(wire == "\x07\x03hot");
    p.receive(wire);
    auto e = p.next_event();
    reading const& r = *std::get<event::message<reading>>(e);
    CHECK(r.sensor == 7);
    CHECK(r.label == "hot");
}

TEST_CASE("chunk_protocol: what could not be read back is not sent") {
    auto p = line_protocol();
    CHECK(p.write_chunk("a\nb").error().code == errc::delimiter_in_content);
    CHECK(p.outgoing().pending() == 0);
}

TEST_CASE("chunk_protocol: a chunk over its limit fails at the same byte, and stays failed") {
    for (std::size_t piece : {1u, 7u, 1000u}) {
        auto p = chunk_protocol(delimited<"\n">(bytes).max<10>());
        std::string const wire = "short\n" + std::string(50, 'x') + "\nnext\n";
        words all;
        for (std::size_t at = 0; at < wire.size(); at += piece) {
            std::string const here = wire.substr(at, piece);
            p.receive(here);
            words const now = told(p);
            all.insert(all.end(), now.begin(), now.end() - 1);
            p.keep();
        }
        CHECK(all == words{"short"});
        CHECK(told(p) == words{"failed"});
        CHECK(p.error().code == errc::too_long);
        CHECK(p.error().offset == 16);
    }
}

TEST_CASE("chunk_protocol: who asks without listening is paused, and goes on when the answers are taken") {
    auto p = line_protocol([](auto& self, std::string_view line) { CHECK(self.write_chunk(line)); }, role::server,
                           {.out = {.low = 10, .high = 20, .most = 1000, .reserve = 0}});
    std::string wire;
    for (int i = 0; i < 100; ++i) wire += "12345678\n";
    p.receive(wire);
    std::string answers;
    std::size_t most = 0;
    for (int i = 0; i < 1000 && is<event::paused>(p.next_event()); ++i) {
        most = std::max(most, p.outgoing().pending());
        answers += p.outgoing().take(9);
    }
    answers += p.outgoing().take();
    CHECK(answers == wire);
    CHECK(most <= 27);
}

TEST_CASE("chunk_protocol: an end in one direction does not end the other") {
    auto p = line_protocol();
    p.receive("last\n");
    p.receive_eof();
    CHECK(told(p) == words{"last", "ended"});
    CHECK(p.write_chunk("still here"));
    CHECK(p.outgoing().take() == "still here\n");

    auto q = line_protocol();
    q.outgoing().end();
    CHECK(q.write_chunk("no").error().code == errc::closed);
    q.receive("still read\n");
    CHECK(told(q) == words{"still read", "need"});
}

TEST_CASE("chunk_protocol: the end inside a chunk is truncation, an abort is an abort") {
    auto p = line_protocol();
    p.receive("hal");
    p.receive_eof();
    CHECK(told(p) == words{"failed"});
    CHECK(p.error().code == errc::truncated);
    auto q = line_protocol();
    q.receive("hal");
    q.receive_abort();
    CHECK(told(q) == words{"aborted"});
    CHECK(q.outgoing().aborted());
}

TEST_CASE("chunk_protocol: a deadline that passes fails it; one that was taken back does not") {
    auto p = line_protocol();
    p.expect_by(instant{} + 5s);
    CHECK(p.next_deadline() == instant{} + 5s);
    p.advance(instant{} + 4s);
    CHECK(told(p) == words{"need"});
    p.no_deadline();
    p.advance(instant{} + 6s);
    CHECK(told(p) == words{"need"});
    p.expect_by(instant{} + 7s);
    p.advance(instant{} + 100s);
    CHECK(told(p) == words{"failed"});
    CHECK(p.error().code == errc::timed_out);
}

TEST_CASE("chunk_protocol: after the end it tells the end for ever, whatever the time") {
    auto p = line_protocol();
    p.expect_by(instant{} + 5s);
    p.receive("last\n");
    p.receive_eof();
    CHECK(told(p) == words{"last", "ended"});
    CHECK_FALSE(p.next_deadline());
    p.advance(instant{} + 100s);
    CHECK(told(p) == words{"ended"});
}

TEST_CASE("chunk_protocol: when it is over nothing is due any more") {
    auto p = line_protocol();
    p.expect_by(instant{} + 5s);
    p.advance(instant{} + 6s);
    CHECK(told(p) == words{"failed"});
    CHECK_FALSE(p.next_deadline());
    auto q = line_protocol();
    q.expect_by(instant{} + 5s);
    q.close();
    CHECK_FALSE(q.next_deadline());
    CHECK(told(q) == words{"closed"});
}

TEST_CASE("chunk_protocol: a handler that throws holds nothing afterwards") {
    bool throws = true;
    auto p = line_protocol([&throws](auto&, std::string_view) {
        if (std::exchange(throws, false)) throw std::runtime_error("as told");
    });
    p.receive("a\nb\n");
    CHECK_THROWS_AS(p.next_event(), std::runtime_error);
    CHECK(p.hold().size() == 0);
    CHECK(is<event::need>(p.next_event()));
}

TEST_CASE("chunk_protocol: what a grammar that recovers passes over is an event") {
    auto p = chunk_protocol(recover(length_prefixed(u8, number<std::uint32_t>)), as_events{});
    p.receive("\1" "7" "\1" "x" "\1" "8");
    std::string all;
    for (;;) {
        auto e = p.next_event();
        if (auto* m = std::get_if<decltype(p)::message>(&e)) all += std::to_string(**m) + " ";
        else if (auto* s = std::get_if<event::skipped>(&e)) all += "skipped " + std::to_string(s->what->size) + " at " + std::to_string(s->what->offset) + " ";
        else break;
    }
    CHECK(all == "7 skipped 2 at 2 8 ");
}

}  // namespace
