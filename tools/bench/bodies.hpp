// The requests with bodies, how they are read, and what a reader of them has to say.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "consume.hpp"

namespace segue::bench {

inline constexpr std::size_t body_size = 64 * 1024;

inline std::string request_with_body(bool chunked) {
    std::string all = "POST /upload HTTP/1.1\r\nHost: example.com\r\nUser-Agent: bench\r\nContent-Type: application/octet-stream\r\n";
    if (!chunked) return all + "Content-Length: " + std::to_string(body_size) + "\r\n\r\n" + std::string(body_size, 'x');
    all += "Transfer-Encoding: chunked\r\n\r\n";
    for (std::size_t i = 0; i < body_size / 4096; ++i) all += "1000\r\n" + std::string(4096, 'x') + "\r\n";
    return all + "0\r\n\r\n";
}

// Reader: bool feed(std::string_view piece, std::size_t& sum), which looks at each piece of the body and adds its size.
// Pieces of one request lie behind each other in memory.
template <class Reader>
void read_bodies(benchmark::State& state, std::string_view request, std::size_t read) {
    Reader reader;
    for (auto _ : state) {
        std::size_t sum = 0;
        for (std::size_t at = 0; at < request.size(); at += read)
            if (!reader.feed(request.substr(at, read), sum)) state.SkipWithError("a request was refused");
        benchmark::DoNotOptimize(sum);
        if (sum != body_size) state.SkipWithError("bytes of the body are missing");
    }
    count_work(state, 1, request.size());
}

// Registers bodies/FORM/READ/NAME.
template <class Reader>
void add_bodies(char const* name) {
    static std::string const requests[] = {request_with_body(false), request_with_body(true)};
    for (bool const chunked : {false, true})
        for (std::size_t const read : {std::size_t{0}, std::size_t{16 * 1024}, std::size_t{1460}, std::size_t{64}}) {
            std::string const workload = std::string(chunked ? "bodies/chunked/" : "bodies/sized/") + (read != 0 ? std::to_string(read) : "whole");
            std::string_view const request = requests[chunked];
            benchmark::RegisterBenchmark((workload + "/" + name).c_str(), [=](benchmark::State& state) {
                read_bodies<Reader>(state, request, read != 0 ? read : request.size());
            });
        }
}

}  // namespace segue::bench
