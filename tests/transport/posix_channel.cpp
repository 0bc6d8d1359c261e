#include "segue/transport/posix_channel.hpp"

#include <csignal>
#include <string>

#include "catch.hpp"
#include "segue/transport/posix_open.hpp"

namespace {

using namespace segue;

static_assert(channel<posix::channel>);

transfer write(posix::channel& c, std::string_view all) {
    std::string_view const pieces[]{all};
    return c.write(pieces);
}

TEST_CASE("posix_channel: pieces are written with one call, as far as there is room") {
    auto ends = posix::pipe_pair();
    auto& [a, b] = *ends;
    std::string const block(5000, 'x');
    std::string_view const pieces[]{block, block, block};
    std::size_t all = 0;
    transfer t;
    while ((t = a.write(pieces)).what == transfer::result::moved) all += t.size;
    CHECK(t.what == transfer::result::later);
    CHECK(all > 15'000);
    std::string room(all + 1, ' ');
    std::size_t heard = 0;
    while ((t = b.read(room)).what == transfer::result::moved) heard += t.size;
    CHECK(heard == all);
}

TEST_CASE("posix_channel: nobody at the other end is an error, not a signal") {
    std::signal(SIGPIPE, SIG_DFL);
    for (bool socket : {true, false}) {
        auto ends = socket ? posix::socket_pair() : posix::pipe_pair();
        auto& [a, b] = *ends;
        b.close(false);
        transfer const t = write(a, "anyone?");
        CHECK(t.what == transfer::result::broken);
        CHECK(t.why == std::errc::broken_pipe);
        sigset_t pending;
        sigpending(&pending);
        CHECK(sigismember(&pending, SIGPIPE) == 0);
    }
}

TEST_CASE("posix_channel: a program's own blocked SIGPIPE stays pending") {
    sigset_t pipe, before;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, &before);
    raise(SIGPIPE);
    auto ends = posix::pipe_pair();
    ends->second.close(false);
    CHECK(write(ends->first, "anyone?").what == transfer::result::broken);
    sigset_t pending;
    sigpending(&pending);
    CHECK(sigismember(&pending, SIGPIPE) == 1);
    timespec const at_once{};
    CHECK(sigtimedwait(&pipe, nullptr, &at_once) == SIGPIPE);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

TEST_CASE("posix_channel: directions end one by one") {
    for (bool socket : {true, false}) {
        auto ends = socket ? posix::socket_pair() : posix::pipe_pair();
        auto& [a, b] = *ends;
        CHECK(a.can_end_writing());
        CHECK_FALSE(a.end_writing());
        char room[8];
        CHECK(b.read(room).what == transfer::result::ended);
        CHECK(write(b, "hi").size == 2);
        CHECK(a.read(room).size == 2);
        CHECK(write(a, "x").what == transfer::result::broken);
    }
}

TEST_CASE("posix_channel: one without a direction") {
    posix::channel c(posix::descriptor{}, posix::descriptor{}, "none", "none", posix::ending::none);
    char room[8];
    CHECK(c.read(room).what == transfer::result::ended);
    CHECK(write(c, "x").what == transfer::result::broken);
    CHECK_FALSE(c.can_end_writing());
}

}  // namespace
