#include "segue/protocol/endpoint.hpp"

#include "catch.hpp"
#include "segue/content/bytes.hpp"
#include "segue/segment/fixed.hpp"

namespace {

using namespace segue;
using namespace std::chrono_literals;

TEST_CASE("endpoint: what stands in the way of reading, the most final first") {
    endpoint<> e(role::client, {.credit = 4, .out = {.low = 1, .high = 2, .most = 10, .reserve = 0}});
    CHECK(e.role() == role::client);
    CHECK(e.stands() == endpoint_standing::open);
    lease held = e.credit.lend(4);
    CHECK(e.stands() == endpoint_standing::paused);
    held.end();
    REQUIRE(e.out.write("ab"));
    CHECK(e.stands() == endpoint_standing::paused);
    e.out.consume(1);
    CHECK(e.stands() == endpoint_standing::open);
    e.propose();
    CHECK(e.stands() == endpoint_standing::paused);
    e.time.set(instant{} + 1s);
    e.time.advance(instant{} + 1s);
    CHECK(e.stands() == endpoint_standing::failed);
    CHECK(e.in.error().code == errc::timed_out);
    e.close();
    CHECK(e.stands() == endpoint_standing::closed);
    e.abort();
    CHECK(e.stands() == endpoint_standing::aborted);
}

TEST_CASE("endpoint: everything goes with a handover, and this end is over") {
    endpoint<limits{.adjustable = true}> e;
    std::string value;
    nothing none;
    REQUIRE(e.in.lower("element", 3));
    e.in.feed("abcdef", none);
    auto const two = fixed(2, bytes);
    stateless state;
    REQUIRE(e.in.read(two, state, value) == kind::message);
    e.in.close();
    REQUIRE(e.out.write("answer"));
    e.time.advance(instant{} + 7s);
    handover h = e.hand_over();
    CHECK(h.unread == "cdef");
    CHECK(h.offset == 2);
    CHECK(h.ended);
    CHECK(h.time.now() == instant{} + 7s);
    CHECK(e.stands() == endpoint_standing::closed);
    CHECK(e.in.ahead().empty());

    endpoint<limits{.adjustable = true}> next(std::move(h));
    CHECK(next.out.take() == "answer");
    CHECK(next.in.lowered().most("element", 100) == 3);
    REQUIRE(next.in.read(two, state, value) == kind::message);
    CHECK(value == "cd");
    CHECK(next.in.offset() == 4);
    REQUIRE(next.in.read(two, state, value) == kind::message);
    CHECK(next.in.read(two, state, value) == kind::end);
}

}  // namespace
