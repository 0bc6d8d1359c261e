#include "segue/protocol/endpoint_protocol.hpp"

#include <string>

#include "catch.hpp"
#include "segue/protocol/protocol.hpp"

namespace {

using namespace segue;
using namespace std::chrono_literals;

// Tells how many bytes came; what else a protocol must have, its base has.
class counting : public endpoint_protocol<> {
public:
    struct arrived {
        std::size_t bytes;
    };
    using event_type = event_of<arrived>;

    explicit counting(flow f = {}) : endpoint_protocol(role::client, f) {}
    explicit counting(handover&& from) : endpoint_protocol(std::move(from), {}) {}

    void receive(std::string_view all) { end_.in.feed(all, none_); }
    void keep() { end_.in.keep(none_); }
    event_type next_event() {
        if (endpoint_standing const s = end_.stands(); s != endpoint_standing::open) return end_.tell<event_type>(s);
        std::size_t const n = end_.in.ahead().size();
        if (n == 0) return end_.in.closed() ? event_type(event::ended{}) : event_type(event::need{1});
        end_.in.skip(n);
        return arrived{n};
    }
    void expect_by(instant t) { end_.time.set(t); }
    void propose() { end_.propose(); }

private:
    nothing none_;
};
static_assert(protocol<counting>);

TEST_CASE("a protocol of one endpoint says only what is its own: ends, deadlines and handover are its base's") {
    counting p;
    CHECK(p.role() == role::client);
    p.receive("abc");
    CHECK(std::get<counting::arrived>(p.next_event()).bytes == 3);
    CHECK(is<event::need>(p.next_event()));
    CHECK(p.heap() == 0);
    p.expect_by(instant{} + 5s);
    CHECK(p.next_deadline() == instant{} + 5s);
    p.propose();
    CHECK(p.proposed());
    CHECK(is<event::paused>(p.next_event()));
    p.receive("de");
    counting next(p.hand_over());
    CHECK(is<event::closed>(p.next_event()));
    CHECK(std::get<counting::arrived>(next.next_event()).bytes == 2);
    next.advance(instant{} + 5s);
    CHECK(next.now() == instant{} + 5s);
    CHECK(is<event::failed>(next.next_event()));
    CHECK(next.error().code == errc::timed_out);
}

TEST_CASE("a protocol of one endpoint ends as its peer, or its user, says") {
    counting peer_ends, we_close, broken, we_abort;
    peer_ends.receive_eof();
    CHECK(is<event::ended>(peer_ends.next_event()));
    we_close.close();
    CHECK(is<event::closed>(we_close.next_event()));
    CHECK(we_close.outgoing().ended());
    broken.receive_abort();
    CHECK(is<event::aborted>(broken.next_event()));
    we_abort.abort();
    CHECK(we_abort.outgoing().aborted());
}

}  // namespace
