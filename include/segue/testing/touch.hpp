// The law of touch: fed byte by byte, a flat framing looks at each byte at most twice.
//
// Counts the bytes that searches pass over, in an input that a codec is given again after each byte, as a driver does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "segue/wire/codec.hpp"

namespace segue::testing {

template <limits L>
class touched_input : public basic_input<sets<>, L> {
public:
    using basic_input<sets<>, L>::basic_input;

    template <byte_set S>
    constexpr char const* skip(char const* p) {
        char const* const stop = basic_input<sets<>, L>::template skip<S>(p);
        touched += static_cast<std::size_t>(stop - p) + (stop != this->end);
        return stop;
    }

    std::size_t touched = 0;
};

// The bytes that were looked at in searches while `wire` came byte by byte; 0 where it is not a message.
template <class T, limits L = limits{}, codec C>
std::size_t touches(C const& codec, std::string_view wire) {
    error e;
    state_of<C> state{};
    T value{};
    std::size_t at = 0, touched = 0;
    for (std::size_t n = 1; n <= wire.size(); ++n) {
        touched_input<L> in(wire.data() + at, wire.data() + n, false, &e, {}, wire.data(), 0);
        step const r = codec.decode(in, state, value);
        touched += in.touched;
        at = static_cast<std::size_t>(in.at - wire.data());
        if (r == step::failed) return 0;
        if (r == step::done) return n == wire.size() && at == n ? touched : 0;
    }
    return 0;
}

}  // namespace segue::testing
