// One shot: bytes that are all there, as a datagram or a file.
#pragma once

#include <string_view>
#include <utility>

#include "segue/wire/codec.hpp"

namespace segue {

// A value, or the error that kept it from being one.
template <class T>
class decoded {
public:
    constexpr decoded(T value) : value_(std::move(value)) {}
    constexpr decoded(segue::error const& e) : error_(e) {}

    explicit constexpr operator bool() const { return !error_; }
    constexpr T& operator*() { return value_; }
    constexpr T const& operator*() const { return value_; }
    constexpr T* operator->() { return &value_; }
    constexpr T const* operator->() const { return &value_; }
    constexpr segue::error const& error() const { return error_; }

private:
    T value_{};
    segue::error error_{};
};

// The one message that these bytes are; its views point into them. Fails with trailing_bytes where there are more.
// The pieces of a streamed_bytes member are passed over: a decoder hands them out.
template <limits L = limits{}, codec C, class T = value_of<C>>
constexpr decoded<T> decode(C const& codec, std::string_view whole) {
    segue::error e;
    T value{};
    if (whole.size() > L.message) {
        note_failure(&e, errc::message_too_long, L.message, L.message, whole.size(), {});
        return e;
    }
    lowered_limits_of<L> lowered{};
    basic_input<sets<>, L> in(whole.data(), whole.data() + whole.size(), true, &e, lowered, whole.data(), 0);
    state_of<C> state{};
    step r = codec.decode(in, state, value);
    while (r == step::part) r = codec.decode(in, state, value);
    if (r == step::done) in.at = skip<between_of<C>>(in.at, in.end);
    if (r == step::done && in.at != in.end) r = in.fail(errc::trailing_bytes, in.at);
    if (r == step::failed && !e) note_failure(&e, errc::truncated, whole.size(), 0, 0, {});  // nothing but what may stand before a message
    if (r != step::done) return e;
    return value;
}

}  // namespace segue
