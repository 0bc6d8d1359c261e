#include "segue/protocol/operation.hpp"

#include <string>

#include "catch.hpp"
#include "segue/content/bytes.hpp"
#include "segue/segment/delimited.hpp"

namespace {

using namespace segue;
using namespace std::chrono_literals;

inline constexpr auto line = delimited<"\n">(bytes);
using end_type = script_end<limits{}>;
using any = operation<limits{}>;  // as the loop that runs the script sees them

any& of(any& o) { return o; }

TEST_CASE("operation: a read is ready, needs more, or says why it never will be") {
    end_type e;
    read_operation<limits{}, std::remove_const_t<decltype(line)>, std::string> r(e, line);
    CHECK(of(r).attempt() == wait_progress::need);
    CHECK(e.minimum == 1);
    CHECK_FALSE(r.await_ready());
    r.await_suspend({});
    CHECK(e.waiting == &r);
    of(r).feed("ab\n");
    CHECK(of(r).attempt() == wait_progress::ready);
    CHECK(r.await_resume() == "ab");
    e.in.close();
    CHECK(of(r).attempt() == wait_progress::ended);
}

TEST_CASE("operation: what stands in the way of reading stands in the way of a read") {
    end_type e(role::server, {.out = {.low = 0, .high = 1, .most = 10, .reserve = 0}});
    read_operation<limits{}, std::remove_const_t<decltype(line)>, std::string> r(e, line);
    of(r).feed("ab\n");
    REQUIRE(e.out.write("x"));
    CHECK(of(r).attempt() == wait_progress::paused);
    e.out.consume(1);
    e.close();
    CHECK(of(r).attempt() == wait_progress::ended);
    e.abort();
    CHECK(of(r).attempt() == wait_progress::failed);
}

TEST_CASE("operation: after a refused write nothing is ready") {
    end_type e;
    drain_operation<limits{}> d(e);
    CHECK(d.await_ready());
    note_failure(&e.refused, errc::no_room, 0, 0, 0, {});
    CHECK_FALSE(d.await_ready());
}

TEST_CASE("operation: more bytes than a message may have are not waited for") {
    end_type e;
    take_operation<limits{}> t(e, limits{}.message + 1, true);
    CHECK(of(t).attempt() == wait_progress::failed);
    CHECK(e.in.error().code == errc::message_too_long);
}

TEST_CASE("operation: sleeping and waiting tell when they are due") {
    end_type e;
    sleep_operation<limits{}> s(e, instant{} + 3s);
    CHECK(of(s).wakes_at() == instant{} + 3s);
    CHECK(of(s).attempt() == wait_progress::paused);
    e.time.advance(instant{} + 3s);
    CHECK(of(s).attempt() == wait_progress::ready);
    wait_until_operation<limits{}> w(e, instant{} + 5s);
    CHECK(of(w).attempt() == wait_progress::need);
    e.time.advance(instant{} + 5s);
    CHECK(of(w).attempt() == wait_progress::ready);
    CHECK(w.await_resume() == waited::deadline);
}

}  // namespace
