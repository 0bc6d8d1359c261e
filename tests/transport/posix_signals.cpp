#include "segue/transport/posix_signals.hpp"

#include <csignal>
#include <vector>

#include "catch.hpp"

namespace {

using namespace segue;

TEST_CASE("posix_signals: a signal is an event of the loop, and what it did before comes back") {
    struct sigaction before {}, after {};
    ::sigaction(SIGUSR1, nullptr, &before);
    {
        posix::loop loop;
        std::vector<int> told;
        posix::signals watching(loop, {SIGUSR1, SIGUSR2}, [&](int s) { told.push_back(s); });
        ::raise(SIGUSR1);
        ::raise(SIGUSR2);
        CHECK(told.empty());
        for (int i = 0; i < 10 && told.size() < 2; ++i) CHECK(loop.turn());
        CHECK(told == std::vector<int>{SIGUSR1, SIGUSR2});
    }
    ::sigaction(SIGUSR1, nullptr, &after);
    CHECK(before.sa_handler == after.sa_handler);
}

}  // namespace
