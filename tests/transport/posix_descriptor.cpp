#include "segue/transport/posix_descriptor.hpp"

#include <sys/wait.h>
#include <vector>

#include "catch.hpp"

namespace {

using segue::posix::descriptor;
using segue::posix::made_nonblocking;

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }
bool waits(int fd) { return (::fcntl(fd, F_GETFL) & O_NONBLOCK) == 0; }

struct pipe_ends {
    pipe_ends() {
        int fd[2];
        REQUIRE(::pipe(fd) == 0);
        in = descriptor(fd[0]);
        out = descriptor(fd[1]);
    }
    descriptor in, out;
};

TEST_CASE("posix_descriptor: it closes what it owns, once") {
    int number = -1;
    {
        pipe_ends p;
        number = p.in.number();
        descriptor moved = std::move(p.in);
        CHECK_FALSE(p.in);
        CHECK(moved.number() == number);
        CHECK(is_open(number));
    }
    CHECK_FALSE(is_open(number));
}

TEST_CASE("posix_descriptor: non-blocking only as long as it is borrowed") {
    pipe_ends p;
    {
        made_nonblocking a(p.in.number());
        CHECK_FALSE(waits(p.in.number()));
        made_nonblocking const moved = std::move(a);
        CHECK_FALSE(waits(p.in.number()));
    }
    CHECK(waits(p.in.number()));
    made_nonblocking b(p.in.number());
    b.put_back();
    CHECK(waits(p.in.number()));
}

TEST_CASE("posix_descriptor: what was non-blocking before stays so") {
    pipe_ends p;
    ::fcntl(p.in.number(), F_SETFL, ::fcntl(p.in.number(), F_GETFL) | O_NONBLOCK);
    { made_nonblocking const a(p.in.number()); }
    CHECK_FALSE(waits(p.in.number()));
}

TEST_CASE("posix_descriptor: a program that exits in the middle puts it back") {
    pipe_ends p;
    pid_t const child = ::fork();
    if (child == 0) {
        static made_nonblocking* const never_destroyed = new made_nonblocking(p.in.number());
        std::exit(never_destroyed && !waits(p.in.number()) ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    CHECK(waits(p.in.number()));
}

TEST_CASE("posix_descriptor: what is opened after standard output was closed is not standard output") {
    int const saved = ::fcntl(STDIN_FILENO, F_DUPFD, 10);
    int const place = ::open("/dev/null", O_RDONLY);  // standard input is there, whatever the test was started with
    REQUIRE(place >= 0);
    if (place != STDIN_FILENO) REQUIRE(::dup2(place, STDIN_FILENO) == STDIN_FILENO);
    { descriptor const standard(STDIN_FILENO); }
    int const next = ::open("/dev/null", O_RDONLY);
    CHECK(next > STDIN_FILENO);
    char c = 0;
    CHECK(::read(STDIN_FILENO, &c, 1) < 0);
    ::close(next);
    if (place > STDIN_FILENO) ::close(place);
    if (saved >= 0) {
        ::dup2(saved, STDIN_FILENO);
        ::close(saved);
    }
}

TEST_CASE("posix_descriptor: however many are borrowed, all are given back as they were") {
    pipe_ends pipes[12];
    {
        std::vector<made_nonblocking> borrowed;
        for (pipe_ends const& p : pipes) borrowed.emplace_back(p.in.number());
        for (pipe_ends const& p : pipes) CHECK_FALSE(waits(p.in.number()));
    }
    for (pipe_ends const& p : pipes) CHECK(waits(p.in.number()));
}

}  // namespace
