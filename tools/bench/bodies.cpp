// Whole HTTP/1.1 requests with bodies of 64 KiB, by length and in chunks of 4 KiB, against llhttp, in reads of 16 KiB.
#include <benchmark/benchmark.h>
#include <llhttp.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "consume.hpp"
#include "segue/http1/http1.hpp"
#include "segue/segue.hpp"

namespace segue::bench {

namespace {

constexpr std::size_t body_size = 64 * 1024;

std::string request_with_body(bool chunked) {
    std::string all = "POST /upload HTTP/1.1\r\nHost: example.com\r\nUser-Agent: bench\r\nContent-Type: application/octet-stream\r\n";
    if (!chunked) return all + "Content-Length: " + std::to_string(body_size) + "\r\n\r\n" + std::string(body_size, 'x');
    all += "Transfer-Encoding: chunked\r\n\r\n";
    for (std::size_t i = 0; i < body_size / 4096; ++i) all += "1000\r\n" + std::string(4096, 'x') + "\r\n";
    return all + "0\r\n\r\n";
}

struct by_segue {
    decoder<http1::streamed_request_grammar> in;
    bool feed(std::string_view piece, std::size_t& sum) {
        in.feed(piece);
        for (;;) {
            auto const e = in.next();
            if (e.kind() == kind::part) {
                look_at(e.data().data());
                sum += e.data().size();
            } else if (e.kind() == kind::failed) {
                return false;
            } else if (e.kind() != kind::message) {
                return true;
            }
        }
    }
};
// The protocol as well: states, credit, keep-alive, and an answer for each request.
struct by_server {
    http1::server server;
    bool feed(std::string_view piece, std::size_t& sum) {
        server.receive(piece);
        for (;;) {
            auto const e = server.next_event();
            if (auto const* d = std::get_if<http1::event::data>(&e)) {
                look_at(d->bytes.data());
                sum += d->bytes.size();
            } else if (is<http1::event::end>(e)) {
                if (!server.respond(204, {}, "")) return false;
                server.outgoing().consume(server.outgoing().pending());
            } else if (is<event::need>(e)) {
                return true;
            } else if (!is<http1::server::request_event>(e)) {
                return false;
            }
        }
    }
};
struct by_llhttp {
    llhttp_settings_t settings;
    llhttp_t parser;
    std::size_t seen = 0;
    by_llhttp() {
        llhttp_settings_init(&settings);
        settings.on_body = [](llhttp_t* p, char const* at, std::size_t n) {
            look_at(at);
            *static_cast<std::size_t*>(p->data) += n;
            return 0;
        };
        llhttp_init(&parser, HTTP_REQUEST, &settings);
        parser.data = &seen;
    }
    bool feed(std::string_view piece, std::size_t& sum) {
        seen = 0;
        bool const well = llhttp_execute(&parser, piece.data(), piece.size()) == HPE_OK;
        sum += seen;
        return well;
    }
};

template <class Reader>
void run(benchmark::State& state, std::string const& request) {
    Reader reader;
    for (auto _ : state) {
        std::size_t sum = 0;
        std::string_view const all = request;
        for (std::size_t at = 0; at < all.size(); at += 16 * 1024)
            if (!reader.feed(all.substr(at, 16 * 1024), sum)) state.SkipWithError("a request was refused");
        benchmark::DoNotOptimize(sum);
        if (sum != body_size) state.SkipWithError("bytes of the body are missing");
    }
    count_work(state, 1, request.size());
}

[[maybe_unused]] bool const added = [] {
    for (bool chunked : {false, true}) {
        static std::string const requests[] = {request_with_body(false), request_with_body(true)};
        std::string const& request = requests[chunked];
        std::string const name = chunked ? "bodies/chunked/" : "bodies/sized/";
        auto const add = [&](char const* reader, auto read) {
            benchmark::RegisterBenchmark((name + reader).c_str(), [&request, read](benchmark::State& state) { read(state, request); });
        };
        add("segue", run<by_segue>);
        add("segue_server", run<by_server>);
        add("llhttp", run<by_llhttp>);
    }
    return true;
}();

}  // namespace

}  // namespace segue::bench
