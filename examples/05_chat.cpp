// A line protocol with a handler: it answers `You sent: ...` and closes on a single dot. Try it with telnet or nc.
//
//   05_chat            the conversation below, over memory
//   05_chat PORT       serves; 0 takes a free port
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "segue/protocol/chunk_protocol.hpp"
#include "segue/segue.hpp"
#include "segue/transport/connections.hpp"
#include "segue/transport/posix_listener.hpp"

using namespace segue;

auto chat() {
    return line_protocol([](auto& self, std::string_view words) {
        if (words == ".") return self.close();
        // a refused answer is too long for a line, or the peer does not listen
        if (!self.write_chunk("You sent: " + std::string(words))) self.abort();
    });
}

int main(int argc, char** argv) {
    if (argc < 2) {
        auto p = chat();
        p.receive("hello\r\nhow are you?\n.\nnobody hears this\n");
        bool const closed = is<event::closed>(p.next_event());
        std::printf("%s%s\n", p.outgoing().take().c_str(), closed ? "closed" : "open");
        return 0;
    }
    posix::loop loop;
    connections<posix::transport, decltype(&chat)> servers(&chat);
    auto socket = posix::listen(posix::tcp_address("127.0.0.1", static_cast<std::uint16_t>(std::atoi(argv[1]))));
    if (!socket) return std::fprintf(stderr, "cannot listen: %s\n", socket.error().message().c_str()), 1;
    posix::listener listening(loop, std::move(*socket), [&](posix::channel c) { servers.add(loop, std::move(c)); });
    std::printf("listening on %s\n", listening.name().c_str());
    std::fflush(stdout);
    while (loop.turn()) servers.reap();
}
