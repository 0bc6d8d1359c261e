#include "segue/protocol/credit.hpp"

#include <memory>
#include <vector>

#include "catch.hpp"

namespace {

using namespace segue;

TEST_CASE("credit: what is lent comes back at the end of its scope") {
    credit c(10);
    {
        lease const a = c.lend(4);
        CHECK(c.outstanding() == 4);
        CHECK(c.left());
        lease const b = c.lend(6);
        CHECK_FALSE(c.left());
    }
    CHECK(c.outstanding() == 0);
}

TEST_CASE("credit: one event may be larger than what is left, and an empty one still counts") {
    credit c(1);
    lease big = c.lend(1000);
    CHECK(c.outstanding() == 1000);
    CHECK_FALSE(c.left());
    big.end();
    lease const small = c.lend(0);
    CHECK(c.outstanding() == 1);
    CHECK_FALSE(c.left());
}

TEST_CASE("credit: no credit at all tells nothing") { CHECK_FALSE(credit(0).left()); }

TEST_CASE("credit: a moved lease returns once") {
    credit c(10);
    lease a = c.lend(3);
    lease b = std::move(a);
    CHECK(a.size() == 0);
    CHECK(b.size() == 3);
    a.end();
    CHECK(c.outstanding() == 3);
    lease other = c.lend(2);
    b = std::move(other);
    CHECK(c.outstanding() == 2);
    b.end();
    b.end();
    CHECK(c.outstanding() == 0);
}

TEST_CASE("credit: leases follow a credit that moves, in whatever order they end") {
    std::vector<lease> held;
    credit c(10);
    for (int i = 0; i < 5; ++i) held.push_back(c.lend(1));
    credit moved = std::move(c);
    CHECK(moved.outstanding() == 5);
    held.erase(held.begin() + 2);
    held.erase(held.begin());
    CHECK(moved.outstanding() == 3);
    credit assigned(1);
    assigned = std::move(moved);
    held.clear();
    CHECK(assigned.outstanding() == 0);
}

TEST_CASE("credit: a lease may outlive its credit") {
    lease left;
    {
        credit c(10);
        left = c.lend(5);
    }
    CHECK(left.size() == 0);
    left.end();
}

TEST_CASE("credit: a new limit counts from now on") {
    credit c(10);
    lease const a = c.lend(5);
    c.limit(5);
    CHECK_FALSE(c.left());
    c.limit(6);
    CHECK(c.left());
}

}  // namespace
