#include "segue/transport/posix_loop.hpp"

#include <csignal>
#include <functional>
#include <string>
#include <sys/time.h>

#include "catch.hpp"
#include "segue/transport/posix_open.hpp"

namespace {

using namespace segue;
using namespace std::chrono_literals;

struct client final : loop_client {
    void on_readable() override { ++reads; if (then) then(); }
    void on_writable() override { ++writes; wants_to_write = false; }
    void on_time() override { ++times; wakes_at.reset(); }
    int reads = 0, writes = 0, times = 0;
    std::function<void()> then{};
};
void write(posix::channel& c, std::string_view all) {
    std::string_view const pieces[]{all};
    (void)c.write(pieces);
}

TEST_CASE("posix_loop: who waits for nothing is not asked about, and the loop says so") {
    posix::loop loop;
    auto ends = posix::socket_pair();
    client me;
    loop.add(me, ends->first);
    write(ends->second, "x");
    CHECK_FALSE(loop.turn());
    CHECK(me.reads == 0);
    me.wants_to_read = true;
    CHECK(loop.turn());
    CHECK(me.reads == 1);
    me.wants_to_write = true;
    CHECK(loop.turn());
    CHECK(me.reads == 2);
    CHECK(me.writes == 1);
    loop.remove(me);
    CHECK_FALSE(loop.turn());
}

TEST_CASE("posix_loop: a client may remove another that is ready in the same turn") {
    posix::loop loop;
    auto one = posix::socket_pair(), two = posix::socket_pair();
    client a, b;
    a.then = [&] { loop.remove(b); };
    b.then = [&] { loop.remove(a); };
    a.wants_to_read = b.wants_to_read = true;
    loop.add(a, one->first);
    loop.add(b, two->first);
    write(one->second, "x");
    write(two->second, "x");
    CHECK(loop.turn());
    CHECK(a.reads + b.reads == 1);
}

instant told{};

TEST_CASE("posix_loop: deadlines follow the clock it was given, which may jump but not go back") {
    told = instant{} + 100s;
    posix::loop loop([] { return told; });
    auto ends = posix::socket_pair();
    client me;
    loop.add(me, ends->first);
    me.wakes_at = loop.now() + 10s;
    CHECK(loop.turn(0ms));
    CHECK(me.times == 0);
    told += 1000h;
    CHECK(loop.turn(0ms));
    CHECK(me.times == 1);
    instant const before = loop.now();
    told -= 500h;
    me.wakes_at = before + 1s;
    CHECK(loop.turn(0ms));
    CHECK(loop.now() == before);
    CHECK(me.times == 1);
}

TEST_CASE("posix_loop: an interrupted wait is no error") {
    posix::loop loop;
    auto ends = posix::socket_pair();
    client me;
    me.wants_to_read = true;
    loop.add(me, ends->first);
    struct sigaction quiet {}, before {};
    quiet.sa_handler = [](int) {};
    REQUIRE(::sigaction(SIGALRM, &quiet, &before) == 0);  // without SA_RESTART
    itimerval const soon{{0, 0}, {0, 2000}};
    REQUIRE(::setitimer(ITIMER_REAL, &soon, nullptr) == 0);
    CHECK(loop.turn());  // nothing but the signal ends this
    CHECK(me.reads == 0);
    ::sigaction(SIGALRM, &before, nullptr);
}

TEST_CASE("posix_loop: it runs until it is stopped or nobody waits") {
    posix::loop loop;
    auto ends = posix::socket_pair();
    client me;
    me.wants_to_read = true;
    me.then = [&] {
        if (me.reads == 3) loop.stop();
    };
    loop.add(me, ends->first);
    write(ends->second, "x");
    loop.run();
    CHECK(me.reads == 3);
    me.wants_to_read = false;
    loop.run();
    CHECK(me.reads == 3);
}

TEST_CASE("posix_loop: what is long due is due at once, and a negative patience is none") {
    posix::loop loop;
    auto ends = posix::socket_pair();
    client me;
    me.wants_to_read = true;
    loop.add(me, ends->first);
    CHECK(loop.turn(-5ms));
    me.wakes_at = instant::min();
    auto const begun = std::chrono::steady_clock::now();
    CHECK(loop.turn(2000ms));
    CHECK(me.times == 1);
    CHECK(std::chrono::steady_clock::now() - begun < 1s);
    me.wakes_at = instant::max();
    CHECK(loop.turn(1ms));
    CHECK(me.times == 1);
}

}  // namespace
