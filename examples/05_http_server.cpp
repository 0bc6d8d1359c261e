// An HTTP/1.1 server on poll, and a client that fetches from it: both are protocols without I/O on the transports of 05_echo.
//
//   05_http_server            starts a server, fetches from it, and ends
//   05_http_server PORT       serves; 0 takes a free port. Try: curl -v --data-binary @file http://127.0.0.1:PORT/echo
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "segue/http1/http1.hpp"
#include "segue/transport/connections.hpp"
#include "segue/transport/posix_listener.hpp"

using namespace segue;

// Answers /echo with the body of the request, piece by piece as it arrives, and anything else with a greeting.
struct application {
    void operator()(http1::server& s, http1::server::request_event const& request) {
        echoes = request->target == "/echo";
        if (!echoes) return;
        bool const chunked = request->version != "1.0";
        http1::headers fields;
        if (chunked) fields.push_back({"Transfer-Encoding", "chunked"});
        if (!s.send(http1::response{"1.1", 200, "OK", std::move(fields), {}, {}})) s.abort();
    }
    void operator()(http1::server& s, http1::event::data const& piece) {
        if (echoes && !s.send_data(piece.bytes)) s.abort();
    }
    void operator()(http1::server& s, http1::event::end const&) {
        if (!(echoes ? s.send_end() : s.respond(200, {{"Content-Type", "text/plain"}}, "hello\n"))) s.abort();
    }
    bool echoes = false;
};

std::chrono::sys_seconds now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

http1::server make() {
    using std::chrono::seconds;
    return http1::server({.most_body = 64 << 20, .idle_within = seconds(60), .head_within = seconds(10), .body_within = seconds(10), .wall_clock = &now});
}

int main(int argc, char** argv) {
    posix::loop loop;
    connections<posix::transport, decltype(&make), application> all(&make);
    auto socket = posix::listen(posix::tcp_address("127.0.0.1", static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0)));
    if (!socket) return std::fprintf(stderr, "cannot listen: %s\n", socket.error().message().c_str()), 1;
    posix::listener listening(loop, std::move(*socket), [&](posix::channel c) { all.add(loop, std::move(c)); });
    std::string const name = listening.name();
    if (argc > 1) {
        std::printf("listening on %s\n", name.c_str());
        std::fflush(stdout);
        while (loop.turn()) all.reap();
        return 0;
    }

    auto channel = posix::connect(posix::tcp_address("127.0.0.1", static_cast<std::uint16_t>(std::atoi(name.substr(name.rfind(':') + 1).c_str()))));
    if (!channel) return std::fprintf(stderr, "cannot connect: %s\n", channel.error().message().c_str()), 1;
    http1::client client;
    posix::transport transport(loop, std::move(*channel));
    pump run(client, transport, []<class E>(http1::client& c, E& e) {
        if constexpr (std::same_as<E, http1::client::response_event>) std::printf("%u %.*s: ", e->status, static_cast<int>(e->reason.size()), e->reason.data());
        if constexpr (std::same_as<E, http1::event::data>) std::printf("%.*s", static_cast<int>(e.bytes.size()), e.bytes.data());
        if constexpr (std::same_as<E, http1::event::end>) {
            std::printf("\n");
            if (c.unanswered() == 0) c.close();
        }
    });
    bool const asked = client.ask("GET", "/", {{"Host", name}}) && client.ask("POST", "/echo", {{"Host", name}}, "what is said comes back");
    run.start();
    while (!run.finished() && loop.turn()) all.reap();
    return asked ? 0 : 1;
}
