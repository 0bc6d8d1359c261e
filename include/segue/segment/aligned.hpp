// Padding behind what takes any number of bytes, so that the next element begins at a multiple.
//
// The multiple counts from the element's own first byte. What stands behind aligned elements only is therefore aligned to
// the start of the message, or of the segment, as well.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "segue/core/refused.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

template <std::size_t N, class C, char Fill = 0, bool AnyValue = false>
struct aligned_t {
    [[no_unique_address]] C content;

    static constexpr bool exact_size = segue::exact_size<C>;
    static constexpr byte_set continuation = continuation_of<C>;
    struct state {
        std::uint64_t behind = 0;  // bytes of the content before the one where it is suspended; all of them, in the padding
        bool padding = false;
        [[no_unique_address]] state_of<C> content{};
    };

    // What is written as padding, and must stand there.
    template <char F>
    constexpr aligned_t<N, C, F, AnyValue> filled_with() const {
        aligned_t<N, C, F, AnyValue>::check();
        return {content};
    }
    // Whatever the padding is, it is passed over; the fill is written.
    constexpr aligned_t<N, C, Fill, true> any_value() const {
        aligned_t<N, C, Fill, true>::check();
        return {content};
    }

    template <class In, class V>
        requires codec_for<C, V>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        if (!s.padding) {
            char const* const start = in.at;
            state_of<C> local = s.content;
            step const r = content.decode(in, local, v);
            s.behind += static_cast<std::uint64_t>(in.at - start);
            if (r != step::done) [[unlikely]] {
                s.content = local;
                if (r == step::need_more) in.then(known_padding());
                return r;
            }
        }
        std::size_t const size = padding_behind(s.behind);
        std::size_t const here = in.left() < size ? in.left() : size;
        if constexpr (!AnyValue && !In::only_framing)
            for (std::size_t i = 0; i < here; ++i)
                if (in.at[i] != Fill) [[unlikely]] return in.fail(errc::mismatch, in.at + i, "padding");
        if (here < size) [[unlikely]] {
            s.padding = true;
            return in.want(size - here);
        }
        in.at += size;
        return step::done;
    }
    template <class V>
        requires codec_for<C, V>
    constexpr step encode(V const& v, output& out) const {
        std::uint64_t const before = out.written();
        if (step const r = content.encode(v, out); r != step::done) return r;
        return out.put({fill.data(), padding_behind(out.written() - before)});
    }
    constexpr size_bound bounds(limits l = {}) const {
        size_bound const inside = content.bounds(l);
        return {up(inside.fewest), up(inside.most)};
    }
    constexpr void describe(description& d) const {
        d.add({.what = shape::aligned, .size = bounds(d.limits()), .bytes = {fill.data(), 1}, .least = N, .any_value = AnyValue, .suspends_within = true},
              content);
    }
    constexpr byte_set first() const {
        return first_of(content);  // no padding stands behind no bytes
    }

    static consteval void check() {
        if constexpr (N == 0) refused::a_size_of_zero();
        if constexpr (streams<C>) (void)sizeof(refused::a_streamed_element_cannot_stand_inside_what_must_be_complete<C>);
        if constexpr (takes_the_rest<C>) (void)sizeof(refused::nothing_may_follow_what_takes_the_rest_of_the_input<C>);
        if constexpr (AnyValue ? continuation != byte_set{} : continuation.has(Fill))
            (void)sizeof(refused::what_follows_could_continue_this_element<C, aligned_t>);
    }

private:
    static constexpr std::array<char, N> fill = [] {
        std::array<char, N> all{};
        all.fill(Fill);
        return all;
    }();

    static constexpr std::size_t padding_behind(std::uint64_t size) { return static_cast<std::size_t>((N - size % N) % N); }
    static constexpr std::size_t up(std::size_t size) { return size >= inherited ? size : saturating_add(size, padding_behind(size)); }
    constexpr std::size_t known_padding() const {
        if constexpr (segue::exact_size<C>) return padding_behind(content.bounds().fewest);
        else return 0;
    }
};

// The content, and behind it as many bytes of zero as make its size a multiple of N.
//   aligned<4>(length_prefixed(u8, text))   02 61 62 00 <-> "ab"
// `.filled_with<' '>()`, `.any_value()`. N in bytes. Fails with mismatch at the first byte of padding that is not the fill.
template <std::size_t N, codec C>
constexpr aligned_t<N, C> aligned(C content) {
    aligned_t<N, C>::check();
    return {content};
}

}  // namespace segue
