// The places where a transport can be: each gives both ends of a connection and runs them.
#pragma once

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "segue/transport/memory.hpp"
#include "segue/transport/posix_listener.hpp"

namespace worlds {

using namespace segue;

struct memory {
    static constexpr char const* medium = "memory";
    using loop_type = memory_loop;
    using transport_type = memory_transport;
    static constexpr bool half_closes = true, tells_ends = true;

    auto pair() { return memory_pair(); }
    template <class Until>
    bool run(Until until) {
        for (int i = 0; i < 1'000'000 && !until(); ++i)
            if (!loop.turn()) return until();
        return until();
    }
    void step() { (void)loop.turn(); }
    memory_loop loop;
};
struct memory_byte_by_byte : memory {
    auto pair() {
        faults const slow{.capacity = 7, .most_read = 1, .most_written = 2, .interrupted = 3};
        return memory_pair(slow, slow);
    }
};

// Real descriptors on a loop that waits at most so long for what must come.
struct posix_world {
    using loop_type = posix::loop;
    using transport_type = posix::transport;
    static constexpr bool half_closes = true, tells_ends = true;

    template <class Until>
    bool run(Until until) {
        for (int i = 0; i < 200'000 && !until(); ++i)
            if (!loop.turn(std::chrono::milliseconds(100))) return until();
        return until();
    }
    // whatever can be done now
    void step() { (void)loop.turn(std::chrono::milliseconds(1)); }
    posix::loop loop;

protected:
    std::pair<posix::channel, posix::channel> accepted(posix::opened<posix::address> at) {
        std::optional<posix::channel> theirs;
        posix::listener listening(loop, std::move(*posix::listen(at)), [&](posix::channel c) { theirs.emplace(std::move(c)); });
        std::string const name = listening.name();
        auto ours = posix::connect(at->family() == AF_UNIX ? at : posix::tcp_address("127.0.0.1", port_of(name)));
        (void)run([&] { return theirs.has_value(); });
        return {std::move(*ours), std::move(*theirs)};
    }
    static std::uint16_t port_of(std::string const& name) {
        return static_cast<std::uint16_t>(std::atoi(name.substr(name.rfind(':') + 1).c_str()));
    }
};
struct tcp : posix_world {
    static constexpr char const* medium = "TCP";
    auto pair() { return accepted(posix::tcp_address("127.0.0.1", 0)); }
};
struct unix_socket : posix_world {
    static constexpr char const* medium = "Unix sockets";
    ~unix_socket() { std::filesystem::remove_all(folder); }
    auto pair() { return accepted(posix::unix_address(folder + "/socket" + std::to_string(++count))); }

    std::string folder = [] {
        std::string name = (std::filesystem::temp_directory_path() / "segue-XXXXXX").string();
        return std::string(::mkdtemp(name.data()));
    }();
    int count = 0;
};
struct socket_pair : posix_world {
    static constexpr char const* medium = "socket pairs";
    auto pair() { return std::move(*posix::socket_pair()); }
};
struct pipes : posix_world {
    static constexpr char const* medium = "pipes";
    auto pair() { return std::move(*posix::pipe_pair()); }
};

}  // namespace worlds

#define SEGUE_ALL_WORLDS \
    worlds::memory, worlds::memory_byte_by_byte, worlds::tcp, worlds::unix_socket, worlds::socket_pair, worlds::pipes
