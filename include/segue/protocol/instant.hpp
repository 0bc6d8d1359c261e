// Time as a protocol knows it: a value that the caller brings, never a clock that is asked.
#pragma once

#include <chrono>
#include <optional>

namespace segue {

using instant = std::chrono::steady_clock::time_point;

// A deadline and the latest time that was told. Time does not go back: an earlier instant changes nothing.
class deadline {
public:
    constexpr instant now() const { return now_; }
    constexpr std::optional<instant> next() const { return at_; }
    constexpr bool passed() const { return at_ && *at_ <= now_; }

    constexpr void advance(instant now) {
        if (now > now_) now_ = now;
    }
    constexpr void set(instant at) { at_ = at; }
    constexpr void clear() { at_.reset(); }

private:
    instant now_{};
    std::optional<instant> at_;
};

// The one that comes first, if there is any.
constexpr std::optional<instant> earliest(std::optional<instant> a, std::optional<instant> b) {
    if (!a || !b) return a ? a : b;
    return *a < *b ? a : b;
}

}  // namespace segue
