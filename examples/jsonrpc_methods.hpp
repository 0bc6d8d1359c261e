// The application: it knows methods and their types, and nothing of how a call travels.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "segue/jsonrpc/jsonrpc.hpp"

struct operands {
    BOOST_HANA_DEFINE_STRUCT(operands, (std::int64_t, minuend), (std::int64_t, subtrahend));
};
using numbers = std::vector<std::int64_t>;
using text_and_number = std::tuple<std::string, std::int64_t>;

// The methods of the specification's section 7, and one that says what it hears.
inline constexpr auto& subtract = segue::jsonrpc::method<"subtract", operands, std::int64_t>;
inline constexpr auto& sum = segue::jsonrpc::method<"sum", numbers, std::int64_t>;
inline constexpr auto& get_data = segue::jsonrpc::method<"get_data", segue::jsonrpc::none, text_and_number>;
inline constexpr auto& update = segue::jsonrpc::method<"update", segue::json::raw>;
inline constexpr auto& notify_hello = segue::jsonrpc::method<"notify_hello", segue::json::raw>;
inline constexpr auto& notify_sum = segue::jsonrpc::method<"notify_sum", numbers>;
inline constexpr auto& echo = segue::jsonrpc::method<"echo", segue::json::raw, segue::json::raw>;

// Wraps, as the processor does: a peer may send any numbers.
inline std::int64_t wrapped(std::uint64_t n) { return static_cast<std::int64_t>(n); }

inline constexpr segue::jsonrpc::methods methods{
    subtract([](operands const& o) { return wrapped(static_cast<std::uint64_t>(o.minuend) - static_cast<std::uint64_t>(o.subtrahend)); }),
    sum([](numbers const& all) {
        std::uint64_t total = 0;
        for (std::int64_t const n : all) total += static_cast<std::uint64_t>(n);
        return wrapped(total);
    }),
    get_data([] { return text_and_number{"hello", 5}; }),
    update([](segue::json::raw) {}),
    notify_hello([](segue::json::raw) {}),
    notify_sum([](numbers const&) {}),
    echo([](segue::json::raw given) { return given; }),
};
