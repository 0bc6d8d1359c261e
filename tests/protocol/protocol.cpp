#include "segue/protocol/protocol.hpp"

#include "catch.hpp"

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

}  // namespace
