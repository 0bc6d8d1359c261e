#include "segue/stack/stack.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "../transport/contract_ear.hpp"
#include "catch.hpp"
#include "segue/protocol/chunk_protocol.hpp"
#include "segue/transport/memory.hpp"
#include "segue/transport/pump.hpp"

namespace {

using namespace segue;

// Answers each word with its reverse, "-" with nothing, "later" when it is told to, and "bye" by closing.
class reverser {
public:
    using event_type = event_of<>;

    void receive(std::string_view payload) {
        ++received;
        if (payload == "-") return;
        if (payload == "bye") closes_ = true;
        if (payload == "later") return void(++owed);
        (void)out_.push(std::string(payload.rbegin(), payload.rend()));
    }
    void answer_later() {
        --owed;
        (void)out_.push("at last");
    }
    void receive_eof() { ++ends; }
    void receive_abort() { ++aborts; }
    event_type next_event() {
        if (closes_) return event::closed{};
        if (owed >= most_owed) return event::paused{};
        return event::need{};
    }
    payload_queue& outgoing() { return out_; }
    bool owes() const { return owed != 0; }
    std::optional<instant> next_deadline() const { return std::nullopt; }
    void advance(instant) {}

    static constexpr int most_owed = 2;
    int received = 0, owed = 0, ends = 0, aborts = 0;

private:
    payload_queue out_;
    bool closes_ = false;
};

static_assert(payload_protocol<reverser>);

auto reversed_lines(flow f = {}) {
    return stack{reverser{}, over_chunks<as_chunk>{}, line_protocol(as_events{}, role::server, f)};
}
static_assert(protocol<decltype(reversed_lines())>);

std::string told(decltype(reversed_lines())& s) {
    auto const e = s.next_event();
    return is<event::need>(e) ? "need" : is<event::paused>(e) ? "paused" : is<event::ended>(e) ? "ended" : is<event::closed>(e) ? "closed" :
           is<event::aborted>(e) ? "aborted" : "failed";
}

TEST_CASE("stack: payloads go up and answers come down, wherever the bytes were cut") {
    std::string const wire = "one\ntwo\r\n-\nthree\n";
    for (std::size_t a = 0; a <= wire.size(); ++a)
        for (std::size_t b = a; b <= wire.size(); ++b) {
            auto s = reversed_lines();
            std::string const pieces[]{wire.substr(0, a), wire.substr(a, b - a), wire.substr(b)};
            for (std::string const& piece : pieces) {
                s.receive(piece);
                CHECK(told(s) == "need");
                s.keep();
            }
            s.receive_eof();
            CHECK(told(s) == "ended");
            CHECK(told(s) == "ended");
            CHECK(s.outgoing().take() == "eno\nowt\neerht\n");
            CHECK(s.above().received == 4);
            CHECK(s.above().ends == 1);
        }
}

TEST_CASE("stack: an end of the peer's direction waits for the answers that are still owed") {
    auto s = reversed_lines();
    s.receive("later\nlast\n");
    CHECK(told(s) == "need");
    s.receive_eof();
    CHECK(told(s) == "paused");
    s.above().answer_later();
    CHECK(told(s) == "ended");
    CHECK(s.outgoing().take() == "tsal\nat last\n");
}

TEST_CASE("stack: nothing is read while the one above cannot take more") {
    auto s = reversed_lines();
    s.receive("later\nlater\nlater\nx\n");
    CHECK(told(s) == "paused");
    CHECK(s.above().received == 2);
    s.above().answer_later();
    CHECK(told(s) == "paused");
    CHECK(s.above().received == 3);
    s.above().answer_later();
    CHECK(told(s) == "need");
    CHECK(s.outgoing().take() == "at last\nat last\nx\n");
}

TEST_CASE("stack: a peer that asks without listening stops itself, and memory is bounded") {
    water_marks const marks{.low = 100, .high = 200, .most = 1000};
    auto s = reversed_lines({.out = marks});
    std::string lines;
    for (int i = 0; i < 1000; ++i) lines += "0123456789\n";
    s.receive(lines);
    CHECK(told(s) == "paused");
    CHECK(s.outgoing().pending() < 220);
    std::size_t taken = 0;
    for (int i = 0; i < 1000 && told(s) == "paused"; ++i) taken += s.outgoing().take(50).size();
    taken += s.outgoing().take().size();
    CHECK(told(s) == "need");
    CHECK(taken == lines.size());
}

TEST_CASE("stack: what the one above ends is closed below, when its last answer was sent") {
    auto s = reversed_lines();
    s.receive("bye\nnever read\n");
    CHECK(told(s) == "closed");
    CHECK(s.outgoing().take() == "eyb\n");
    CHECK(s.outgoing().ended());
    CHECK(s.above().received == 1);
}

TEST_CASE("stack: finish closes when what is under way has been answered") {
    auto s = reversed_lines();
    s.receive("later\n");
    CHECK(told(s) == "need");
    s.finish();
    s.receive("never read\n");
    CHECK(told(s) == "paused");
    s.above().answer_later();
    CHECK(told(s) == "closed");
    CHECK(s.outgoing().take() == "at last\n");
    CHECK(s.above().received == 1);

    auto idle = reversed_lines();
    idle.finish();
    CHECK(told(idle) == "closed");
}

TEST_CASE("stack: a broken connection and a defect are told above once") {
    auto s = reversed_lines();
    s.receive("abc");
    CHECK(told(s) == "need");
    s.receive_abort();
    CHECK(told(s) == "aborted");
    CHECK(told(s) == "aborted");
    CHECK(s.above().aborts == 1);

    auto cut = reversed_lines();
    std::string const endless(100'000, 'x');
    cut.receive(endless);
    CHECK(told(cut) == "failed");
    CHECK(cut.above().aborts == 1);
}

TEST_CASE("stack: what cannot be sent breaks the connection off") {
    auto s = reversed_lines();
    s.receive("a\rb\n\n");  // its reverse is fine
    CHECK(told(s) == "need");
    CHECK(s.outgoing().take() == "b\ra\n\n");
    CHECK(s.above().outgoing().push("two\nlines"));
    CHECK(told(s) == "aborted");
    CHECK(s.outgoing().aborted());
}

TEST_CASE("stack: it runs on a transport as any protocol does") {
    memory_loop loop;
    faults const slow{.capacity = 7, .most_read = 1, .most_written = 2, .interrupted = 3};
    auto [near, far] = memory_pair(slow, slow);
    memory_transport server_end(loop, std::move(near)), client_end(loop, std::move(far));
    auto server = reversed_lines();
    std::vector<std::string> answers;
    auto client = line_protocol();
    struct listener {
        std::vector<std::string>* all;
        void operator()(decltype(client)& c, decltype(client)::message& line) const {
            all->emplace_back(*line);
            if (all->size() == 100) c.close();
        }
    };
    pump serving(server, server_end);
    pump asking(client, client_end, listener{&answers});
    for (int i = 0; i < 100; ++i) REQUIRE(client.write_chunk("word" + std::to_string(i)));
    serving.start();
    asking.start();
    for (int i = 0; i < 100'000 && !(serving.finished() && asking.finished()); ++i) (void)loop.turn();
    REQUIRE(answers.size() == 100);
    CHECK(answers.front() == "0drow");
    CHECK(answers.back() == "99drow");
    CHECK(serving.finished());
}

TEST_CASE("stack: who was refused above is told that there is room when what waited there has gone down") {
    memory_loop loop;
    auto channels = memory_pair({}, {.capacity = 1000});
    memory_transport a(loop, std::move(channels.first)), b(loop, std::move(channels.second));
    auto s = reversed_lines();
    int told = 0;
    pump runs(s, b, [&told](auto& p, event::drained const&) {
        if (++told == 1) CHECK(p.above().outgoing().push(std::string(150'000, 'c')));
    });
    contract::ear hears;
    a.start(hears);
    runs.start();
    REQUIRE(s.above().outgoing().push(std::string(100'000, 'a')));
    runs.go_on();
    REQUIRE(s.outgoing().congested());
    REQUIRE(s.above().outgoing().push(std::string(60'000, 'b')));
    REQUIRE_FALSE(s.above().outgoing().push(std::string(150'000, 'c')));
    CHECK(loop.run());
    CHECK(told == 2);
    CHECK(hears.heard.size() == 310'003);
}

}  // namespace
