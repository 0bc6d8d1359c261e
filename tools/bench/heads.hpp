// The same work for every parser of request heads: streams of heads that arrive whole or in pieces.
//
// A parser has `begin(place)`, `arrived(n)`: n more bytes are there behind those before, in one contiguous place (which
// spares the peers that cannot keep bytes themselves any copying), and `weight`: the sum over the heads it has read.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <string>

#include "consume.hpp"
#include "corpora.hpp"

namespace segue::bench {

template <class Parser>
void run_heads(benchmark::State& state, corpus const& heads, std::size_t piece) {
    Parser parser;
    char const* const first = heads.stream.data();
    std::size_t const all = heads.stream.size();
    for (auto _ : state) {
        parser.weight = 0;
        parser.begin(first);
        if (piece == 0) {
            for (std::size_t size : heads.sizes) parser.arrived(size);
        } else {
            for (std::size_t at = 0; at < all; at += piece) parser.arrived(std::min(piece, all - at));
        }
        benchmark::DoNotOptimize(parser.weight);
        benchmark::ClobberMemory();
        if (parser.weight != heads.weight) [[unlikely]] {
            state.SkipWithError("the parser and the generator disagree about the heads");
            break;
        }
    }
    count_work(state, heads.sizes.size(), all);
}

// Registers heads/CORPUS/PIECES/PARSER.
template <class Parser, class Roomy = Parser>
void add_heads(std::string const& parser) {
    auto const add = [&](corpus const& heads, std::string const& cut, std::size_t piece, auto run) {
        benchmark::RegisterBenchmark(("heads/" + heads.name + "/" + cut + "/" + parser).c_str(),
                                     [&heads, piece, run](benchmark::State& state) { run(state, heads, piece); });
    };
    for (corpus const& heads : corpora()) {
        add(heads, "whole", 0, run_heads<Parser>);
        add(heads, "stream", heads.stream.size(), run_heads<Parser>);
        for (std::size_t piece : {1460u, 64u, 7u, 1u}) add(heads, std::to_string(piece), piece, run_heads<Parser>);
    }
    static corpus const large[] = {large_head(16 * 1024), large_head(64 * 1024)};
    for (corpus const& heads : large) {
        add(heads, "1460", 1460, run_heads<Roomy>);
        add(heads, "1", 1, run_heads<Roomy>);
    }
}

}  // namespace segue::bench
