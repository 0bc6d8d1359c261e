#include "segue/protocol/handover.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "segue/content/number.hpp"
#include "segue/protocol/chunk_protocol.hpp"
#include "segue/protocol/script.hpp"
#include "segue/segment/length_prefixed.hpp"

namespace {

using namespace segue;

inline constexpr auto counted = length_prefixed(delimited<":">(number<std::uint32_t>), bytes);

// Lines until one says "switch", then counted strings; both echoed in capitals or not.
struct run {
    std::string answers{};
    std::vector<std::string> chunks{};
    bool ended = false;
};

run converse(std::string const& wire, std::size_t cut, bool accept) {
    run r;
    auto const greet = [&r](auto& self, std::string_view line) {
        r.chunks.emplace_back(line);
        CHECK(self.write_chunk("ok"));
        if (line == "switch") self.propose();
    };
    auto lines = line_protocol(greet);
    std::optional<chunk_protocol<std::remove_const_t<decltype(counted)>>> next;
    for (std::string const& piece : {wire.substr(0, cut), wire.substr(cut)}) {
        if (!next) lines.receive(piece);
        else next->receive(piece);
        if (!next) {
            auto e = lines.next_event();
            if (lines.proposed()) {
                CHECK(is<event::paused>(e));
                CHECK(is<event::paused>(lines.next_event()));
                if (accept) {
                    next.emplace(lines.hand_over(), counted);
                    CHECK(is<event::closed>(lines.next_event()));
                    CHECK(lines.write_chunk("late").error().code == errc::closed);
                } else {
                    lines.refuse();
                    (void)lines.next_event();
                }
            }
        }
        while (next) {
            auto e = next->next_event();
            auto* m = std::get_if<event::message<std::string_view>>(&e);
            if (!m) break;
            r.chunks.emplace_back(**m);
        }
        lines.keep();
        if (next) next->keep();
    }
    if (next) {
        next->receive_eof();
        r.ended = is<event::ended>(next->next_event());
        r.answers = next->outgoing().take();
    } else {
        lines.receive_eof();
        r.ended = is<event::ended>(lines.next_event());
        r.answers = lines.outgoing().take();
    }
    return r;
}

TEST_CASE("handover: the next protocol begins at the exact byte, for every cut") {
    std::string const wire = "hello\nswitch\n3:a\nb4:\n\n\n\n";
    for (std::size_t cut = 0; cut <= wire.size(); ++cut) {
        run const r = converse(wire, cut, true);
        CHECK(r.chunks == std::vector<std::string>{"hello", "switch", "a\nb", "\n\n\n\n"});
        CHECK(r.answers == "ok\nok\n");
        CHECK(r.ended);
    }
}

TEST_CASE("handover: refused, the old protocol goes on at that byte") {
    std::string const wire = "hello\nswitch\nmore\n\n";
    for (std::size_t cut = 0; cut <= wire.size(); ++cut) {
        run const r = converse(wire, cut, false);
        CHECK(r.chunks == std::vector<std::string>{"hello", "switch", "more", ""});
        CHECK(r.answers == "ok\nok\nok\nok\n");
        CHECK(r.ended);
    }
}

TEST_CASE("handover: an end that is already there moves too") {
    auto lines = line_protocol([](auto& self, std::string_view) { self.propose(); });
    lines.receive("switch\n1:x");
    lines.receive_eof();
    (void)lines.next_event();
    chunk_protocol next(lines.hand_over(), counted);
    {
        auto const e = next.next_event();
        CHECK(*std::get<event::message<std::string_view>>(e) == "x");
    }
    CHECK(is<event::ended>(next.next_event()));
}

TEST_CASE("handover: a script takes over, and gives over") {
    auto lines = line_protocol([](auto& self, std::string_view) { self.propose(); });
    lines.receive("switch\n1:x2:yz");
    (void)lines.next_event();
    script then(lines.hand_over(), [](wire& w) -> task<std::string> {
        std::string s = co_await w.read(counted);
        co_return s;
    });
    CHECK(is<event::closed>(then.next_event()));
    CHECK(then.result() == "x");
    handover h = then.hand_over();
    CHECK(h.unread == "2:yz");
    CHECK(h.offset == 10);
}

TEST_CASE("handover: the chunk that asked for it can be read to the end of its handler") {
    std::string const wire = "hello\nswitch to counted strings\n1:x";
    for (std::size_t cut = 0; cut <= wire.size(); ++cut) {
        std::string said;
        std::optional<handover> over;
        auto lines = line_protocol([&](auto& self, std::string_view line) {
            if (line == "hello") return;
            over = self.hand_over();
            said = line;
        });
        for (std::string const& piece : {wire.substr(0, cut), wire.substr(cut)}) {
            if (over) break;
            lines.receive(piece);
            (void)lines.next_event();
            lines.keep();
        }
        REQUIRE(over);
        CHECK(said == "switch to counted strings");
        CHECK(over->offset == 32);
        CHECK(over->unread == (cut < 32 ? "1:x" : wire.substr(32, cut - 32)));
        CHECK(is<event::closed>(lines.next_event()));
        CHECK(lines.hand_over().unread.empty());
    }
}

TEST_CASE("handover: it keeps the bytes of a message that was cut, once") {
    auto lines = line_protocol();
    lines.receive("hal");
    (void)lines.next_event();
    CHECK(lines.hand_over().unread == "hal");
    CHECK(lines.hand_over().unread.empty());
    CHECK(is<event::closed>(lines.next_event()));
}

TEST_CASE("handover: who takes over from a script that has returned can write") {
    script greets([](wire& w) -> task<> { w.write("hello "); co_return; });
    CHECK(is<event::closed>(greets.next_event()));
    auto lines = chunk_protocol(greets.hand_over(), counted);
    CHECK(lines.write_chunk("you"));
    CHECK(lines.outgoing().take() == "hello 3:you");

    script ends([](wire& w) -> task<> { w.end(); co_return; });
    CHECK(is<event::closed>(ends.next_event()));
    CHECK(ends.hand_over().out.ending());
}

TEST_CASE("handover: what was broken off stays so") {
    auto lines = line_protocol();
    lines.abort();
    chunk_protocol next(lines.hand_over(), counted);
    CHECK(is<event::aborted>(next.next_event()));
}

}  // namespace
