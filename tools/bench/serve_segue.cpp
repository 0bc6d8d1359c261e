// The smallest HTTP server on segue: every request is answered with the same six bytes. serve_segue PORT
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "segue/http1/http1.hpp"
#include "segue/transport/connections.hpp"
#include "segue/transport/posix_listener.hpp"

using namespace segue;

struct application {
    void operator()(http1::server& s, http1::event::end const&) const {
        if (!s.respond(200, {{"Content-Type", "text/plain"}}, "hello\n")) s.abort();
    }
};
http1::server make() { return http1::server(); }

int main(int argc, char** argv) {
    posix::loop loop;
    connections<posix::transport, decltype(&make), application> all(&make);
    auto socket = posix::listen(posix::tcp_address("127.0.0.1", static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0)));
    if (!socket) return std::fprintf(stderr, "cannot listen: %s\n", socket.error().message().c_str()), 1;
    posix::listener listening(loop, std::move(*socket), [&](posix::channel c) { all.add(loop, std::move(c)); });
    std::printf("listening on %s\n", listening.name().c_str());
    std::fflush(stdout);
    while (loop.turn()) all.reap();
}
