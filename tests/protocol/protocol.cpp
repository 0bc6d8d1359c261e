#include "segue/protocol/protocol.hpp"

#include <algorithm>
#include <memory>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "segue/content/number.hpp"
#include "segue/protocol/chunk_protocol.hpp"
#include "segue/protocol/script.hpp"
#include "segue/segment/length_prefixed.hpp"

namespace {

using namespace segue;

// The smallest there is: it counts bytes.
struct counter {
    using event_type = event_of<>;
    void receive(std::string_view arrived) { seen += arrived.size(); }
    void receive_eof() { over = true; }
    void receive_abort() { over = true; }
    event_type next_event() {
        if (over) return event::ended{};
        return event::need{};
    }
    void keep() {}
    outbox& outgoing() { return out; }
    std::optional<instant> next_deadline() const { return std::nullopt; }
    void advance(instant) {}

    outbox out{};
    std::size_t seen = 0;
    bool over = false;
};
static_assert(protocol<counter>);
static_assert(!protocol<outbox>);

TEST_CASE("protocol: the concept is what a pump needs, and no more") {
    counter c;
    c.receive("abc");
    CHECK(std::get<event::need>(c.next_event()).minimum == 1);
    c.receive_eof();
    CHECK(is_last(c.next_event()));
    CHECK(c.seen == 3);
}

// What a peer sees of a protocol: the bytes it is sent, and how it all ends.
struct outcome {
    std::string sent{}, end{};
    friend bool operator==(outcome const&, outcome const&) = default;
};
std::ostream& operator<<(std::ostream& to, outcome const& o) { return to << o.sent << " / " << o.end; }

// Drives a protocol to its end: bytes arrive in pieces of any size, each in memory of its own that goes when it may;
// events are asked for now and then, the output is taken in any amount.
template <class P>
outcome drive(P& p, std::string const& wire, std::mt19937& any, std::size_t largest) {
    outcome o;
    std::vector<std::unique_ptr<std::string>> lent;
    bool told_end = false;
    std::size_t at = 0;
    auto const chance = [&any](unsigned n) { return any() % n == 0; };
    for (int i = 0; i < 100'000; ++i) {
        if (at < wire.size() && !chance(3)) {
            std::size_t const n = std::min(1 + any() % largest, wire.size() - at);
            lent.push_back(std::make_unique<std::string>(wire.substr(at, n)));
            lent.back()->shrink_to_fit();
            p.receive(*lent.back());
            at += n;
        } else if (at == wire.size() && !told_end && chance(3)) {
            p.receive_eof();
            told_end = true;
        }
        if (chance(2)) {
            auto const e = p.next_event();
            if (is_last(e)) {
                o.end = is<event::failed>(e) ? std::string(name_of(p.error().code)) + '@' + std::to_string(p.error().offset) : is<event::ended>(e) ? "ended" : "closed";
                CHECK(is_last(p.next_event()));
                o.sent += p.outgoing().take();
                return o;
            }
            if (is<event::need>(e)) lent.clear();
        }
        if (chance(3)) {
            p.keep();
            lent.clear();
        }
        if (chance(2)) o.sent += p.outgoing().take(any() % 20);
    }
    o.end = "stands still";
    return o;
}
template <class Make>
void is_the_same_however_driven(Make make, std::string const& wire) {
    std::mt19937 any(7);
    auto whole = make();
    outcome const expected = drive(whole, wire, any, wire.size() + 1);
    for (unsigned seed = 0; seed < 60; ++seed) {
        any.seed(seed);
        auto p = make();
        INFO("seed " << seed << ", wire " << wire);
        CHECK(drive(p, wire, any, seed % 3 == 0 ? 1 : seed % 3 == 1 ? 3 : 12) == expected);
    }
}

flow const narrow{.credit = 8, .out = {.low = 3, .high = 9, .most = 4000, .reserve = 0}};
inline constexpr auto counted = length_prefixed(delimited<":">(number<std::uint32_t>), bytes).max<30>();

TEST_CASE("protocol: a script gives the same however it is driven") {
    auto const make = [] {
        return script([](wire& w) -> task<> {
            while (co_await w.wait()) {
                std::string const what = co_await w.peek(1);
                if (what == "#") {
                    std::string const head = co_await w.read(2);
                    std::string const body = co_await w.read(static_cast<std::size_t>(head[1] - '0'));
                    w.write('<' + body + '>');
                } else if (what == "?") {
                    (void)co_await w.read(1);
                    std::string const ahead = co_await w.peek(4);
                    w.write('{' + ahead + '}');
                    co_await w.drained();
                } else if (what == "!") {
                    (void)co_await w.read(1);
                    auto r = co_await w.try_read(counted);
                    if (r) w.write('[' + *r + ']');
                    else w.write(r.ended() ? std::string("end") : std::string(name_of(r.error().code)));
                } else {
                    std::string const all = co_await w.read(counted);
                    w.write('(' + all + ')');
                }
            }
            w.write("bye");
        }, role::server, narrow);
    };
    std::string const good = "3:abc#0#3xyz0:?!2:hi12:long and long?#1a!0:#9123456789";
    for (std::size_t n = 0; n <= good.size(); ++n) is_the_same_however_driven(make, good.substr(0, n));
    is_the_same_however_driven(make, good + "!x:more");
    is_the_same_however_driven(make, good + "!31:more");
    is_the_same_however_driven(make, good + "4294967296:");
    is_the_same_however_driven(make, good + "!12");
}

TEST_CASE("protocol: chunks are the same however they are driven") {
    auto const make = [] {
        return chunk_protocol(counted, [](auto& self, std::string_view chunk) {
            CHECK(self.write_chunk(chunk));
            if (chunk == "end") self.close();
        }, role::server, narrow);
    };
    std::string const good = "3:abc0:12:long and long2:hi";
    for (std::size_t n = 0; n <= good.size(); ++n) is_the_same_however_driven(make, good.substr(0, n));
    is_the_same_however_driven(make, good + "x:");
    is_the_same_however_driven(make, good + "31:more");
    is_the_same_however_driven(make, good + "3:end3:not");
}

}  // namespace
