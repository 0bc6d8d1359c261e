// An equation of numbers: nothing but its text tells where it ends, unless a mark is named.
#pragma once

#include "segue/segue.hpp"

using namespace segue;

struct pair {
    BOOST_HANA_DEFINE_STRUCT(pair, (std::uint32_t, key), (std::uint32_t, value));
};
inline constexpr auto equation = record<pair>(field<"key">(number<std::uint32_t>), literal<"=">, field<"value">(number<std::uint32_t>), literal<";">);
inline constexpr auto bare = recover(equation);
inline constexpr auto marked = recover(equation).past<";">();
