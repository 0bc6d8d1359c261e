// JSON-RPC requests of 120 bytes to 2 KiB, each of them different, and the peer that reads them into its tree.
#pragma once

#include <benchmark/benchmark.h>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "consume.hpp"
#include "segue/message/members.hpp"

namespace segue::bench {

struct line_item {
    BOOST_HANA_DEFINE_STRUCT(line_item, (std::string_view, sku), (std::int32_t, quantity), (double, price), (bool, gift));
};
struct order {
    BOOST_HANA_DEFINE_STRUCT(order, (std::string_view, customer), (std::string_view, note), (std::vector<line_item>, items));
};
// `items` lines in an order; every fourth note has escapes.
inline std::string request_of(std::size_t items, std::size_t number) {
    auto const text_of = [](std::size_t n) { return std::to_string(n); };
    std::string out = R"({"jsonrpc":"2.0","method":"place_order","params":{"customer":"c-)";
    out += text_of(10000 + number);
    out += number % 4 == 0 ? R"(","note":"\"fragile\"\n","items":[)" : R"(","note":"leave it","items":[)";
    for (std::size_t i = 0; i < items; ++i) {
        if (i != 0) out += ',';
        out.append(R"({"sku":"AB-)").append(text_of(1000 * number + i));
        out.append(R"(","quantity":)").append(text_of(i + 1));
        out.append(R"(,"price":)").append(text_of(i));
        out += i % 3 == 0 ? R"(.95,"gift":true})" : R"(.95,"gift":false})";
    }
    return out.append(R"(]},"id":)").append(text_of(number)) + "}";
}

inline std::vector<std::string> requests_of(std::size_t size) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < 64; ++i) all.push_back(request_of(size <= 120 ? 0 : (size - 110) / 56, i));
    return all;
}

template <class Read>
void read_each(benchmark::State& state, std::vector<std::string> const& all, Read read) {
    std::size_t size = 0;
    for (std::string const& one : all) size += one.size();
    for (auto _ : state)
        for (std::string const& one : all) read(one);
    count_work(state, all.size(), size);
}

// add(name, reader): memory from the heap, and from a resource over a buffer.
template <class Add>
void add_boost_json(Add add) {
    add("boost_heap", [](std::string_view wire) {
        boost::json::error_code failure;
        boost::json::value const tree = boost::json::parse({wire.data(), wire.size()}, failure);
        look_at(tree.kind() == boost::json::kind::object ? wire.data() : nullptr);
    });
    add("boost_monotonic", [](std::string_view wire) {
        static unsigned char room[16 * 1024];
        boost::json::error_code failure;
        boost::json::monotonic_resource memory(room, sizeof room);
        boost::json::value const tree = boost::json::parse({wire.data(), wire.size()}, failure, &memory);
        look_at(tree.kind() == boost::json::kind::object ? wire.data() : nullptr);
    });
}

}  // namespace segue::bench
