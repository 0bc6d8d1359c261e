// Where a recursive codec is suspended: the state of each level, kept outside of the codec's own, which would hold itself.
//
// Of a message that lies whole in the bytes at hand nothing comes here. A suspension puts one state a level, from the
// innermost on outwards; a resumption takes them from the outermost on inwards.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

#include "segue/core/inlining.hpp"
#include "segue/wire/buffer.hpp"
#include "segue/wire/spare.hpp"

namespace segue {

class frames {
public:
    static constexpr std::size_t largest = 112;  // bytes of one level's state

    constexpr frames() = default;
    constexpr frames(frames&&) noexcept = default;
    constexpr frames& operator=(frames&&) noexcept = default;

    template <class S>
    SEGUE_COLD void put(std::uint32_t level, S const& state) {
        static_assert(std::is_trivially_copyable_v<S>);
        static_assert(sizeof(S) <= largest, "segue: a level of this recursion keeps too much: put some of it in a segment");
        std::size_t const wanted = (level + std::size_t{1}) * largest;
        buffer old;
        if (wanted > levels_.size()) {
            levels_.reserve(wanted - levels_.size(), old);
            levels_.grow(wanted - levels_.size());
        }
        std::memcpy(levels_.data() + level * largest, &state, sizeof state);
    }
    template <class S>
    SEGUE_COLD void get(std::uint32_t level, S& state) const {
        std::memcpy(&state, levels_.data() + level * largest, sizeof state);
    }
    constexpr std::size_t heap() const { return levels_.capacity(); }
    constexpr void release() { levels_.release(); }

    segue::spare spare;  // what a message need not ask for again

private:
    buffer levels_;
};

}  // namespace segue
