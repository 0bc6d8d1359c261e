// An input of which only the framing counts: what is wrong inside a segment, or in what has a fixed size, is no failure.
//
// What a broken message is passed over with: its codec reads it once more, for where it ends. What decides about the
// framing, such as a length or the field that another one depends on, is read strictly.
#pragma once

#include <cstddef>

#include "segue/core/inlining.hpp"
#include "segue/wire/codec.hpp"
#include "segue/wire/input.hpp"

namespace segue {

template <class In>
struct framing_input : In {
    static constexpr bool only_framing = true;

    constexpr explicit framing_input(In const& in) : In(in) {}
    constexpr In& strict() { return *this; }
    constexpr auto plain() const { return segue::framing_input(In::plain()); }
};

// The same input, where what is read decides about the framing.
template <class In>
SEGUE_INLINE decltype(auto) strict(In& in) {
    if constexpr (In::only_framing) return in.strict();
    else return (in);
}

// So many bytes, whatever they are.
template <class In>
constexpr step pass_over(In& in, std::size_t size) {
    if (in.left() < size) return in.want(size - in.left());
    in.at += size;
    return step::done;
}

// An element, of which only the size counts where it is fixed and only the framing matters.
template <class C, class In, class State, class V>
SEGUE_INLINE step decode_framed(C const& content, In& in, State& s, V& v) {
    if constexpr (In::only_framing && exact_size<C>) return pass_over(in, content.bounds(In::defaults).fewest);
    else return content.decode(in, s, v);
}

}  // namespace segue
