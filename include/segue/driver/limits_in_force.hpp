// The limits of a driver: compile-time constants, or, where they are adjustable, what they were lowered to.
#pragma once

#include <cstddef>
#include <string_view>

#include "segue/wire/input.hpp"

namespace segue {

template <limits L>
class limits_in_force {
public:
    SEGUE_INLINE static std::size_t message() { return L.message; }
    SEGUE_INLINE static std::size_t begun() { return L.message; }
    SEGUE_INLINE static void begin_message() {}
    SEGUE_INLINE static lowered_limits_of<L> lowered() { return {}; }
};

template <limits L>
    requires(L.adjustable)
class limits_in_force<L> {
public:
    SEGUE_INLINE std::size_t message() const { return lowered_.most("message", L.message); }
    // of the message under way: lowering it counts from the next one on
    constexpr std::size_t begun() const { return begun_; }
    constexpr void begin_message() { begun_ = message(); }
    SEGUE_INLINE lowered_limits const* lowered() const { return &lowered_; }
    constexpr bool lower(std::string_view name, std::size_t most) { return lowered_.lower(name, most); }
    // What was lowered elsewhere is lowered here.
    constexpr void adopt(lowered_limits const& from) { lowered_ = from; }

private:
    lowered_limits lowered_;
    std::size_t begun_ = L.message;
};

}  // namespace segue
