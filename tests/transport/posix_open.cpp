#include "segue/transport/posix_open.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

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

TEST_CASE("posix_open: a Unix socket's path is removed where nobody answers, and only there") {
    worlds::unix_socket const world;
    std::string const path = world.folder + "/place";
    auto const left = [&] { return std::filesystem::exists(std::filesystem::symlink_status(path)); };
    CHECK_FALSE(posix::remove_abandoned_socket(path));
    {
        auto const listening = posix::listen(posix::unix_address(path));
        CHECK(posix::remove_abandoned_socket(path) == std::errc::address_in_use);
        for (int i = 0; i < 10'000 && posix::connect(posix::unix_address(path)); ++i) {}
        CHECK(posix::remove_abandoned_socket(path) == std::errc::address_in_use);
        CHECK(left());
    }
    CHECK_FALSE(posix::remove_abandoned_socket(path));
    CHECK_FALSE(left());
    for (auto const& put : std::vector<std::function<void()>>{[&] { std::ofstream(path) << "kept"; }, [&] { std::filesystem::create_directory(path); },
                                                              [&] { std::filesystem::create_symlink("/nowhere", path); }}) {
        put();
        CHECK(posix::remove_abandoned_socket(path) == std::errc::file_exists);
        CHECK(left());
        std::filesystem::remove(path);
    }
    CHECK(posix::remove_abandoned_socket(path + std::string(200, 'x')) == std::errc::filename_too_long);
}

TEST_CASE("posix_open: a socket knows its names") {
    worlds::tcp world;
    auto const ends = world.pair();
    CHECK(ends.first.name() == ends.second.peer_name());
    CHECK(ends.second.name() == ends.first.peer_name());
    CHECK(ends.first.name().rfind("127.0.0.1:", 0) == 0);
}

TEST_CASE("posix_open: a connection that is refused is told as an abort, and as no end, whoever asks the socket first") {
    bool const writes = GENERATE(false, true);
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
        void on_end() override { ended = true; }
        void on_abort() override { aborted = true; }
        void on_writable() override {}
        void on_time() override {}
        bool aborted = false, ended = false;
    } ear;
    posix::transport t(loop, std::move(*channel));
    t.start(ear);
    if (writes) (void)t.write("hello");
    for (int i = 0; i < 100 && !ear.aborted; ++i) (void)loop.turn(std::chrono::milliseconds(100));
    CHECK(ear.aborted);
    CHECK_FALSE(ear.ended);
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

struct quiet_ear : receiver {
    void on_bytes(std::string_view) override {}
    void on_end() override {}
    void on_abort() override { aborted = true; }
    void on_writable() override {}
    void on_time() override {}
    bool aborted = false;
};

// A port where connections stay half made: the queue of those that wait to be accepted is full.
struct full_port {
    full_port() {
        auto at = posix::tcp_address("127.0.0.1", 0);
        listening = posix::descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        REQUIRE(::bind(listening.number(), at->get(), at->size) == 0);
        REQUIRE(::listen(listening.number(), 0) == 0);
        std::string const name = posix::local_name(listening.number());
        to = posix::tcp_address("127.0.0.1", static_cast<std::uint16_t>(std::stoi(name.substr(name.rfind(':') + 1))));
        for (int i = 0; i < 4; ++i) waiting.push_back(std::move(*posix::connect(to)));
    }
    posix::descriptor listening;
    posix::opened<posix::address> to = std::error_code();
    std::vector<posix::channel> waiting;
};

TEST_CASE("posix_open: whom it connects to is known before it is connected") {
    full_port port;
    auto c = posix::connect(port.to);
    REQUIRE(c);
    CHECK(c->peer_name() == posix::to_text(*port.to));
}

TEST_CASE("posix_open: who has nothing to say may end while it is still connecting") {
    full_port port;
    posix::loop loop;
    quiet_ear ear;
    posix::transport t(loop, std::move(*posix::connect(port.to)));
    t.start(ear);
    CHECK_FALSE(t.end_writing());
    for (int i = 0; i < 5; ++i) (void)loop.turn(std::chrono::milliseconds(2));
    CHECK_FALSE(ear.aborted);
    CHECK(t.open());
    CHECK_FALSE(t.error());
}

std::size_t open_descriptors() {
    std::size_t n = 0;
    for (auto const& one : std::filesystem::directory_iterator("/proc/self/fd")) n += one.path().empty() ? 0 : 1;
    return n;
}
TEST_CASE("posix_open: what fails leaves no descriptor behind") {
    if (!std::filesystem::exists("/proc/self/fd")) return;
    auto const folder = std::filesystem::temp_directory_path().string();
    std::size_t const before = open_descriptors();
    for (int i = 0; i < 10; ++i) {
        CHECK(posix::connect(posix::unix_address(folder + "/segue-nobody")).error());
        CHECK(posix::connect(posix::unix_address(std::string(200, 'x'))).error());
        CHECK(posix::listen(posix::unix_address("/no/such/folder/socket")).error());
        CHECK(posix::file_to_read("/").error());
    }
    CHECK(open_descriptors() == before);
}

}  // namespace
