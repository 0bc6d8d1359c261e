// A protocol without I/O, written as a coroutine: it echoes complete lines. The same value runs over memory, and over
// TCP, without a change.
//
//   05_echo            talks to itself: over memory, cut at every byte, then over a real connection
//   05_echo PORT       serves; 0 takes a free port
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "segue/protocol/script.hpp"
#include "segue/segue.hpp"
#include "segue/transport/connections.hpp"
#include "segue/transport/posix_listener.hpp"

using namespace segue;

inline constexpr auto line = delimited<"\n">(bytes);

auto echo() {
    return script([](wire& w) -> task<> {
        while (co_await w.wait()) {
            auto const words = co_await w.read(line);
            w.write(line, words);
        }
    });
}

// Says what it is given and hears as many lines.
auto client(std::string_view words, int lines) {
    return script([words, lines](wire& w) -> task<std::string> {
        w.write(words);
        std::string heard;
        for (int i = 0; i < lines; ++i) {
            auto const one = co_await w.read(line);
            heard += one + '|';
        }
        w.end();
        co_return heard;
    }, role::client);
}

void over_memory() {
    std::string_view const words = "hello world\n\nand more\n";
    std::size_t same = 0;
    for (std::size_t cut = 0; cut <= words.size(); ++cut) {
        auto connection = echo();
        connection.send(words.substr(0, cut));
        std::string answer = connection.read();
        connection.send(words.substr(cut));
        answer += connection.read();
        same += answer == words;
    }
    std::printf("memory: %zu of %zu cuts gave the same echo\n", same, words.size() + 1);
}

int serve(std::uint16_t port, bool talk) {
    posix::loop loop;
    connections<posix::transport, decltype(&echo)> servers(&echo);
    auto socket = posix::listen(posix::tcp_address("127.0.0.1", port));
    if (!socket) return std::fprintf(stderr, "cannot listen: %s\n", socket.error().message().c_str()), 1;
    posix::listener listening(loop, std::move(*socket), [&](posix::channel c) { servers.add(loop, std::move(c)); });
    std::string const name = listening.name();
    if (!talk) {
        std::printf("listening on %s\n", name.c_str());
        std::fflush(stdout);
        while (loop.turn()) servers.reap();
        return 0;
    }
    auto const chosen = static_cast<std::uint16_t>(std::atoi(name.substr(name.rfind(':') + 1).c_str()));
    auto channel = posix::connect(posix::tcp_address("127.0.0.1", chosen));
    if (!channel) return std::fprintf(stderr, "cannot connect: %s\n", channel.error().message().c_str()), 1;
    auto talker = client("over\na socket\n", 2);
    posix::transport transport(loop, std::move(*channel));
    pump run(talker, transport);
    run.start();
    while (!run.finished() && loop.turn()) servers.reap();
    std::printf("tcp: heard %s\n", talker.has_result() ? talker.result().c_str() : "nothing");
    return 0;
}

int main(int argc, char** argv) {
    if (argc > 1) return serve(static_cast<std::uint16_t>(std::atoi(argv[1])), false);
    over_memory();
    return serve(0, true);
}
