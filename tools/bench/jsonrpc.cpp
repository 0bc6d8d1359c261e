// JSON-RPC requests answered: the envelope, a method found by its name, its parameters in a struct, the answer written. Against
// Boost.JSON's own parse of the same bytes into its tree, which does none of that.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "consume.hpp"
#include "json_requests.hpp"
#include "segue/jsonrpc/protocol.hpp"

namespace segue::bench {

namespace {

auto make_server() {
    return jsonrpc::server{jsonrpc::methods{
        jsonrpc::method<"cancel_order", order, std::int64_t>([](order const&) { return std::int64_t{0}; }),
        jsonrpc::method<"place_order", order, std::int64_t>([](order const& o) { return static_cast<std::int64_t>(o.items.size()); }),
        jsonrpc::method<"count", jsonrpc::none, std::int64_t>([] { return std::int64_t{0}; })}};
}

[[maybe_unused]] bool const added = [] {
    for (std::size_t size : {120u, 512u, 2048u}) {
        auto const add = [&](char const* reader, auto read) {
            benchmark::RegisterBenchmark(("jsonrpc/" + std::to_string(size) + "/" + reader).c_str(),
                                         [all = requests_of(size), read](benchmark::State& state) { read_each(state, all, read); });
        };
        add("segue", [](std::string_view wire) {
            static auto server = make_server();
            server.receive(wire);
            look_at(server.outgoing().front().data());
            server.outgoing().pop();
        });
        add_boost_json(add);
    }
    return true;
}();

}  // namespace

}  // namespace segue::bench
