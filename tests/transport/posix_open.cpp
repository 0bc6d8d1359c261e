#include "segue/transport/posix_open.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include "catch.hpp"
#include "segue/transport/posix_listener.hpp"
#include "worlds.hpp"

namespace {

using namespace segue;

TEST_CASE("posix_open: addresses as text") {
    auto a = posix::tcp_address("127.0.0.1", 8080);
    REQUIRE(a);
    CHECK(posix::to_text(*a) == "127.0.0.1:8080");
    auto b = posix::tcp_address("::1", 80);
    REQUIRE(b);
    CHECK(posix::to_text(*b) == "[::1]:80");
    auto c = posix::unix_address("/tmp/x");
    REQUIRE(c);
    CHECK(posix::to_text(*c) == "unix:/tmp/x");
    CHECK(posix::unix_address(std::string(200, 'x')).error() == std::errc::filename_too_long);
    CHECK(posix::tcp_address("no such host!", 1).error());
}

TEST_CASE("posix_open: a socket knows its names") {
    worlds::tcp world;
    auto const ends = world.pair();
    CHECK(ends.first.name() == ends.second.peer_name());
    CHECK(ends.second.name() == ends.first.peer_name());
    CHECK(ends.first.name().rfind("127.0.0.1:", 0) == 0);
}

TEST_CASE("posix_open: a connection that is refused is told as an abort") {
    posix::loop loop;
    std::string name;
    {
        posix::listener taken(loop, std::move(*posix::listen(posix::tcp_address("127.0.0.1", 0))), [](posix::channel) {});
        name = taken.name();
    }
    auto channel = posix::connect(posix::tcp_address("127.0.0.1", static_cast<std::uint16_t>(std::stoi(name.substr(10)))));
    if (!channel) {
        CHECK(channel.error() == std::errc::connection_refused);
        return;
    }
    struct : receiver {
        void on_bytes(std::string_view) override {}
        void on_end() override {}
        void on_abort() override { aborted = true; }
        void on_writable() override {}
        void on_time() override {}
        bool aborted = false;
    } ear;
    posix::transport t(loop, std::move(*channel));
    t.start(ear);
    for (int i = 0; i < 100 && !ear.aborted; ++i) (void)loop.turn(std::chrono::milliseconds(100));
    CHECK(ear.aborted);
    CHECK(t.error() == std::errc::connection_refused);
}

TEST_CASE("posix_open: a file is read to its end; what cannot be read says why") {
    std::string const path = (std::filesystem::temp_directory_path() / ("segue-file-" + std::to_string(::getpid()))).string();
    std::ofstream(path) << "content";
    auto file = posix::file_to_read(path);
    REQUIRE(file);
    char room[16];
    transfer const t = file->read(room);
    CHECK(std::string_view(room, t.size) == "content");
    CHECK(file->read(room).what == transfer::result::ended);
    CHECK_FALSE(file->can_end_writing());
    std::filesystem::remove(path);
    CHECK(posix::file_to_read(path).error() == std::errc::no_such_file_or_directory);
    CHECK(posix::file_to_read("/").error() == std::errc::is_a_directory);
}

}  // namespace
