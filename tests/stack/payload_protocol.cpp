#include "segue/stack/payload_protocol.hpp"

#include "catch.hpp"

namespace {

using namespace segue;

TEST_CASE("payload_queue: payloads leave in the order in which they came") {
    payload_queue q;
    CHECK(q.push("one"));
    CHECK(q.push("two"));
    CHECK(q.bytes() == 6);
    CHECK(q.front() == "one");
    q.pop();
    CHECK(q.front() == "two");
    q.pop();
    CHECK(q.empty());
    CHECK(q.bytes() == 0);
}

TEST_CASE("payload_queue: no more bytes wait than may") {
    payload_queue q(10);
    CHECK(q.push("123456"));
    CHECK_FALSE(q.push("12345"));
    CHECK(q.push("1234"));
    CHECK_FALSE(q.push("1"));
    CHECK(q.push(""));
    CHECK(q.size() == 3);
    q.pop();
    CHECK(q.push("123456"));
    CHECK_FALSE(payload_queue(3).push("1234"));
    q.clear();
    CHECK(q.empty());
}

}  // namespace
