// A segment of a size that the grammar knows: fixed (strict) and padded.
#pragma once

#include <cstddef>
#include <type_traits>

#include "segue/core/refused.hpp"
#include "segue/wire/codec.hpp"
#include "segue/wire/whole.hpp"

namespace segue {

template <class C>
struct fixed_t {
    std::size_t size = 0;  // 0: known only when the record has been read so far
    [[no_unique_address]] C content;

    static constexpr bool exact_size = true;
    using state = stateless;

    template <class In, class V>
        requires codec_for<C, V>
    SEGUE_INLINE step decode(In& in, state&, V& v) const {
        if (in.left() < size) [[unlikely]] return in.want_whole(size - in.left());
        return decode_whole(content, in, size, v);
    }
    template <class V>
        requires codec_for<C, V>
    constexpr step encode(V const& v, output& out) const {
        std::uint64_t const before = out.written();
        if (step const r = content.encode(v, out); r != step::done) return r;
        return out.written() - before == size ? step::done : out.fail(errc::wrong_size);
    }
    constexpr size_bound bounds(limits = {}) const { return size != 0 ? size_bound::exactly(size) : size_bound{}; }
    constexpr void describe(description& d) const { d.add({.what = shape::fixed, .size = bounds()}, content); }
    constexpr byte_set first() const { return first_of(content); }
};

// Exactly n bytes, which the content must fill: nothing is padded or cut.
//   fixed(4, text)   "abcd" <-> "abcd"
// n in bytes. Fails with truncated, trailing_bytes; encoding with wrong_size.
template <codec C>
constexpr fixed_t<C> fixed(std::size_t n, C content) {
    if constexpr (streams<C>) (void)sizeof(refused::a_streamed_element_cannot_stand_inside_a_segment<C>);
    if (std::is_constant_evaluated() && n == 0) refused::a_size_of_zero();
    if (std::is_constant_evaluated() && !content.bounds().contains(n)) refused::a_content_that_cannot_have_the_size_of_its_segment();
    return {n, content};
}

template <char Fill, class C>
struct padded_t {
    std::size_t size = 0;
    [[no_unique_address]] C content;

    static constexpr bool exact_size = true;
    static constexpr char filling[2] = {Fill, 0};
    using state = stateless;

    template <class In, class V>
        requires codec_for<C, V>
    SEGUE_INLINE step decode(In& in, state&, V& v) const {
        if (in.left() < size) [[unlikely]] return in.want_whole(size - in.left());
        std::size_t used = size;
        while (used != 0 && in.at[used - 1] == Fill) --used;
        step const r = decode_whole(content, in, used, v);
        if (r == step::done) in.at += size - used;
        return r;
    }
    template <class V>
        requires codec_for<C, V>
    constexpr step encode(V const& v, output& out) const {
        std::uint64_t const before = out.written();
        guard last({}, out.watching());
        out.watch(last);
        step const r = content.encode(v, out);
        out.unwatch(last);
        if (r != step::done) return r;
        std::uint64_t const used = out.written() - before;
        if (used > size) return out.fail(errc::wrong_size);
        if (used != 0 && last.last() == Fill) return out.fail(errc::delimiter_in_content, "content that does not end with the fill byte");
        for (std::uint64_t i = used; i < size; ++i)
            if (step const filled = out.put({filling, 1}); filled != step::done) return filled;
        return step::done;
    }
    constexpr size_bound bounds(limits = {}) const { return size_bound::exactly(size); }
    constexpr void describe(description& d) const {
        d.add({.what = shape::padded, .size = bounds(), .bytes = {filling, 1}}, content);
    }
    constexpr byte_set first() const { return first_of(content) | byte_set::of({filling, 1}); }
};

// Exactly n bytes: the content, then as many fill bytes as are left; the content must not end with one.
//   padded<' '>(6, text)   "abcd  " <-> "abcd"
// n in bytes. Fails with truncated; encoding with wrong_size, delimiter_in_content.
template <char Fill, codec C>
constexpr padded_t<Fill, C> padded(std::size_t n, C content) {
    if constexpr (streams<C>) (void)sizeof(refused::a_streamed_element_cannot_stand_inside_a_segment<C>);
    if (std::is_constant_evaluated() && n == 0) refused::a_size_of_zero();
    return {n, content};
}

}  // namespace segue
