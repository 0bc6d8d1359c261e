// An HTTP/1.1 server on poll, and a client that fetches from it: both are protocols without I/O on the transports of 05_echo.
//
//   05_http_server            starts a server, fetches from it, and ends
//   05_http_server PORT       serves; 0 takes a free port. Try: curl -v --data-binary @file http://127.0.0.1:PORT/echo,
//                             or http://127.0.0.1:PORT/page in a browser
//   05_http_server HOST:PORT METHOD TARGET ['NAME: VALUE']... [METHOD TARGET ...]    fetches, all on one connection
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/http1/http1.hpp"
#include "segue/transport/connections.hpp"
#include "segue/transport/posix_listener.hpp"

using namespace segue;

// A page that posts what it is to /echo, in three lengths, and says whether it came back.
constexpr std::string_view page = R"(<!doctype html><title>segue</title><pre id=said>asking</pre><script>
Promise.all([1, 100000, 3000000].map(async n => {
    const answer = await fetch("/echo", {method: "POST", body: "x".repeat(n)});
    return await answer.text() === "x".repeat(n) ? n + " echoed" : n + " lost";
})).then(all => said.textContent = all.join(", "));
</script>
)";

// Answers /echo with the body of the request, piece by piece as it arrives, /page with the page, and anything else with a
// greeting.
struct application {
    void operator()(http1::server&, http1::server::request_event const& request) {
        echoes = request->target == "/echo";
        shows = request->target == "/page";
        begun = false;
    }
    void operator()(http1::server& s, http1::event::data const& piece) {
        if (echoes && !(begin(s) && s.send_data(piece.bytes))) s.abort();
    }
    void operator()(http1::server& s, http1::event::end const&) {
        http1::headers const type{{"Content-Type", shows ? "text/html" : "text/plain"}};
        if (!(echoes ? begin(s) && s.send_end() : bool(s.respond(200, type, shows ? page : "hello\n")))) s.abort();
    }
    bool begin(http1::server& s) {
        if (std::exchange(begun, true)) return true;
        http1::headers fields;
        if (s.present().version != "1.0") fields.push_back({"Transfer-Encoding", "chunked"});
        return bool(s.send(http1::response{"1.1", 200, "OK", std::move(fields), {}, {}}));
    }
    bool echoes = false, shows = false, begun = false;
};

// Asks for all at once, and prints what is answered. True where everything was.
struct question {
    std::string_view method, target;
    http1::headers fields;
    std::string_view body;
};
template <class Meanwhile>
bool fetch(posix::loop& loop, std::string const& host, std::vector<question> const& questions, Meanwhile meanwhile) {
    std::size_t const colon = host.rfind(':');
    int const port = colon == std::string::npos ? 80 : std::atoi(host.c_str() + colon + 1);
    auto channel = posix::connect(posix::tcp_address(host.substr(0, colon), static_cast<std::uint16_t>(port)));
    if (!channel) return std::fprintf(stderr, "cannot connect: %s\n", channel.error().message().c_str()), false;
    http1::client client;
    bool well = true;
    for (question const& q : questions) {
        http1::headers fields{{"Host", host}};
        fields.insert(fields.end(), q.fields.begin(), q.fields.end());
        well = well && client.ask(q.method, q.target, std::move(fields), q.body);
    }
    posix::transport transport(loop, std::move(*channel));
    pump run(client, transport, []<class E>(http1::client& c, E& e) {
        if constexpr (std::same_as<E, http1::client::response_event>) std::printf("%u %.*s: ", e->status, static_cast<int>(e->reason.size()), e->reason.data());
        if constexpr (std::same_as<E, http1::event::data>) std::fwrite(e.bytes.data(), 1, e.bytes.size(), stdout);
        if constexpr (std::same_as<E, http1::event::end>) {
            std::printf("\n");
            if (c.unanswered() == 0) c.close();
        }
        if constexpr (std::same_as<E, event::failed>) std::fprintf(stderr, "no answer: %s\n", std::string(sentence(e.why->code)).c_str());
    });
    run.start();
    while (!run.finished() && loop.turn()) meanwhile();
    return well && client.unanswered() == 0;
}
// METHOD TARGET ['NAME: VALUE']..., again and again
std::vector<question> questions_of(char** word, char** end) {
    std::vector<question> all;
    while (word != end) {
        std::string_view const method = *word++;
        if (word == end) break;
        question& q = all.emplace_back(question{method, *word++, {}, {}});
        for (; word != end; ++word) {
            std::string_view const field = *word;
            std::size_t const colon = field.find(": ");
            if (colon == std::string_view::npos) break;
            q.fields.push_back({field.substr(0, colon), field.substr(colon + 2)});
        }
    }
    return all;
}

std::chrono::sys_seconds now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

http1::server make() {
    using std::chrono::seconds;
    return http1::server({.most_body = 64 << 20, .idle_within = seconds(60), .head_within = seconds(10), .body_within = seconds(10), .wall_clock = &now});
}

int main(int argc, char** argv) {
    posix::loop loop;
    if (argc > 2) return fetch(loop, argv[1], questions_of(argv + 2, argv + argc), [] {}) ? 0 : 1;

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
    std::vector<question> const two{{"GET", "/", {}, {}}, {"POST", "/echo", {}, "what is said comes back"}};
    return fetch(loop, name, two, [&] { all.reap(); }) ? 0 : 1;
}
