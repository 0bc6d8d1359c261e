#include "segue/protocol/task.hpp"

#include <memory>
#include <stdexcept>
#include <string>

#include "catch.hpp"
#include "segue/protocol/script.hpp"

namespace {

using namespace segue;

task<int> twice(int n) { co_return 2 * n; }
task<std::string> joined(int depth) {
    if (depth == 0) co_return std::string();
    std::string const below = co_await joined(depth - 1);
    co_return below + 'x';
}
task<> fails() {
    throw std::runtime_error("as told");
    co_return;
}

TEST_CASE("task: its result goes to whoever awaits it") {
    script s([](wire&) -> task<int> {
        int const a = co_await twice(4);
        int const b = co_await twice(a);
        co_return a + b;
    });
    CHECK(is<event::closed>(s.next_event()));
    REQUIRE(s.has_result());
    CHECK(s.result() == 24);
}

TEST_CASE("task: tasks nest") {
    script s([](wire&) -> task<std::size_t> {
        std::string const all = co_await joined(100);
        co_return all.size();
    });
    (void)s.next_event();
    CHECK(s.result() == 100);
}

TEST_CASE("task: a million in a row need no stack") {
    script s([](wire&) -> task<long> {
        long sum = 0;
        for (int i = 0; i < 1'000'000; ++i) {
            int const one = co_await twice(i & 1);
            sum += one;
        }
        co_return sum;
    });
    (void)s.next_event();
    CHECK(s.result() == 1'000'000);
}

TEST_CASE("task: an exception goes up to whoever catches it, and out of the script where nobody does") {
    script caught([](wire&) -> task<std::string> {
        std::string what;
        try {
            co_await fails();
        } catch (std::runtime_error const& e) {
            what = e.what();
        }
        co_return what;
    });
    (void)caught.next_event();
    CHECK(caught.result() == "as told");

    script loose([](wire&) -> task<> { co_await fails(); });
    CHECK_THROWS_AS(loose.next_event(), std::runtime_error);
    CHECK(is<event::closed>(loose.next_event()));
    CHECK_FALSE(loose.has_result());
}

TEST_CASE("task: a result need not be copyable") {
    script s([](wire&) -> task<std::unique_ptr<int>> { co_return std::make_unique<int>(5); });
    (void)s.next_event();
    CHECK(*s.result() == 5);
}

TEST_CASE("task: one that is never awaited is destroyed without having begun") {
    bool begun = false;
    auto const f = [&begun]() -> task<> {
        begun = true;
        co_return;
    };
    { task<> const t = f(); }
    CHECK_FALSE(begun);
}

}  // namespace
