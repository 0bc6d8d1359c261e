// JSON-RPC requests of 120 bytes to 2 KiB: a document, and a struct bound from it, against Boost.JSON's tree of the same
// bytes, with memory from the heap and from a resource over a buffer.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "consume.hpp"
#include "json_requests.hpp"
#include "segue/json/document.hpp"
#include "segue/json/read.hpp"

namespace segue::bench {

namespace {

struct request {
    BOOST_HANA_DEFINE_STRUCT(request, (std::string_view, jsonrpc), (std::string_view, method), (order, params), (std::int64_t, id));
};

[[maybe_unused]] bool const added = [] {
    for (std::size_t size : {120u, 512u, 2048u}) {
        auto const add = [&](char const* reader, auto read) {
            benchmark::RegisterBenchmark(("json/" + std::to_string(size) + "/" + reader).c_str(),
                                         [all = requests_of(size), read](benchmark::State& state) { read_each(state, all, read); });
        };
        add("segue", [](std::string_view wire) {
            static json::document document;
            if (document.parse(wire)) std::abort();
            look_at(document);
        });
        add("segue_bound", [](std::string_view wire) {
            static json::document document;
            static request bound;
            if (document.parse(wire) || json::read(document.root(), bound)) std::abort();
            look_at(bound);
        });
        add_boost_json(add);
    }
    return true;
}();

}  // namespace

}  // namespace segue::bench
