// What an input says of a suspension: copied out of it, because the input itself must not have an address.
#pragma once

#include <cstddef>
#include <string_view>

#include "segue/core/inlining.hpp"

namespace segue {

struct suspension {
    char const* at = nullptr;        // the first byte of the active leaf
    std::size_t need = 0;
    std::string_view streamed{};
    std::size_t framed_by = 0;
    bool collected = false;
    bool const* quiet = nullptr;
    std::size_t quiet_left = 0;

    constexpr suspension() = default;
    template <class In>
    SEGUE_INLINE explicit suspension(In const& in)
        : at(in.at), need(in.need), streamed(in.streamed), framed_by(in.framed_by), collected(in.collected), quiet(in.quiet), quiet_left(in.quiet_left) {}
};

}  // namespace segue
