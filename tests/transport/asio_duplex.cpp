#include "segue/transport/asio_duplex.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <unistd.h>

#include "asio_worlds.hpp"
#include "catch.hpp"
#include "contract_ear.hpp"

namespace {

using namespace segue;
using contract::ear;

// Standard input for the length of a test.
struct as_standard_input {
    explicit as_standard_input(int fd) : before(::dup(0)) { ::dup2(fd, 0); }
    ~as_standard_input() {
        ::dup2(before, 0);
        ::close(before);
    }
    int before;
};

TEST_CASE("asio_duplex: a file as standard input is read to its end, although nobody can wait for it") {
    std::string name = (std::filesystem::temp_directory_path() / "segue-XXXXXX").string();
    posix::descriptor const file(::mkstemp(name.data()));
    std::filesystem::remove(name);
    std::string const all(200'000, 'x');
    REQUIRE(::write(file.number(), all.data(), all.size()) == static_cast<ssize_t>(all.size()));
    REQUIRE(::lseek(file.number(), 0, SEEK_SET) == 0);
    as_standard_input const in(file.number());
    boost::asio::io_context loop;
    ear heard;
    asio::transport t(asio::standard_input(loop.get_executor()));
    t.start(heard);
    loop.run();
    CHECK(heard.ends == 1);
    CHECK(heard.heard == all);
    CHECK(t.end_writing() == std::errc::not_supported);
}

TEST_CASE("asio_duplex: the flags of standard input are put back, and its place is not left free") {
    auto pipes = posix::pipe_numbers();
    REQUIRE(pipes);
    posix::descriptor& reading = (*pipes)[0];
    ::fcntl(reading.number(), F_SETFL, ::fcntl(reading.number(), F_GETFL) & ~O_NONBLOCK);
    as_standard_input const in(reading.number());
    boost::asio::io_context loop;
    {
        asio::transport t(asio::standard_input(loop.get_executor()));
        CHECK((::fcntl(reading.number(), F_GETFL) & O_NONBLOCK) != 0);
    }
    CHECK((::fcntl(reading.number(), F_GETFL) & O_NONBLOCK) == 0);
    CHECK(::fcntl(0, F_GETFL) >= 0);
}

TEST_CASE("asio_duplex: a pipe without a reader is an error value, not a signal") {
    boost::asio::io_context loop;
    auto ends = asio::pipe_pair(loop.get_executor());
    REQUIRE(ends);
    ear heard;
    asio::transport t(std::move(ends->first));
    t.start(heard);
    t.pause_reading();
    ends->second.close_medium(true);
    (void)t.write("anybody?");
    loop.run();
    CHECK(heard.aborts == 1);
    CHECK(t.error() == std::errc::broken_pipe);
}

}  // namespace
