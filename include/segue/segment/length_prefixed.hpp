// A segment whose length stands before it, in any codec that yields an unsigned number.
#pragma once

#include <cstddef>
#include <type_traits>
#include <cstdint>
#include <limits>

#include "segue/core/refused.hpp"
#include "segue/wire/codec.hpp"
#include "segue/wire/whole.hpp"

namespace segue {

template <class Prefix, class C, std::size_t Max = inherited, fixed_string Name = "element">
struct length_prefixed_t {
    [[no_unique_address]] Prefix prefix;
    [[no_unique_address]] C content;
    std::int64_t adjustment = 0;  // what the wire says is this much more than the content has

    using length = number_of<Prefix>;
    struct state {
        length said{};
        bool counted = false;
        [[no_unique_address]] state_of<Prefix> prefix{};
    };

    // The limit of the content, in bytes.
    template <std::size_t N, fixed_string LimitName = "element">
    constexpr length_prefixed_t<Prefix, C, N, LimitName> max() const {
        return {prefix, content, adjustment};
    }
    // The wire's number is n more than the content's size (less, where n is negative).
    constexpr length_prefixed_t plus(std::int64_t n) const {
        if (std::is_constant_evaluated() && n < 0 && content.bounds().fewest < static_cast<std::uint64_t>(-n))
            refused::an_adjustment_larger_than_the_smallest_length();
        return {prefix, content, n};
    }
    // The wire's number counts its own bytes as well.
    constexpr length_prefixed_t counting_itself() const {
        if (std::is_constant_evaluated() && !prefix.bounds().exact()) refused::a_prefix_that_counts_itself_must_have_a_fixed_size();
        return plus(static_cast<std::int64_t>(prefix.bounds().fewest));
    }

    template <class In, class V>
        requires codec_for<C, V>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        if (!s.counted) {
            char const* const start = in.at;
            if (step const r = prefix.decode(strict(in), s.prefix, s.said); r != step::done) [[unlikely]] {
                if (r == step::need_more) in.then(content.bounds(In::defaults).fewest);
                return r;
            }
            std::uint64_t size = s.said;
            if (adjustment != 0) {
                if (!adjusted(size)) [[unlikely]] return in.fail(errc::out_of_range, start, "a length that covers what it must count");
            }
            std::size_t most = in.template most<Max, &limits::element>(Name.view());
            if (std::size_t const fits = content.bounds(In::defaults).most; fits < most) most = fits;
            if (size > most) [[unlikely]] return in.fail_limit(errc::too_long, start, most, size);
            s.counted = true;
        }
        std::uint64_t size_said = s.said;  // adjusted anew: with a negative adjustment it may not fit a `length`
        if (adjustment != 0) adjusted(size_said);
        auto const size = static_cast<std::size_t>(size_said);
        if (in.left() < size) [[unlikely]] return in.want_whole(size - in.left());
        // The next length may stand behind bytes that nobody looks at, and only it says where the one after it is: where
        // they are as far apart as these, that is at hand by then.
        if constexpr (!In::in_segment) in.foretell(3 * size);
        return decode_whole(content, in, size, v);
    }

    template <class V>
        requires codec_for<C, V>
    constexpr step encode(V const& v, output& out) const {
        if (out.counting() && !out.watching()) {  // once for the content, then the prefix for that count
            std::uint64_t const before = out.written();
            if (step const r = content.encode(v, out); r != step::done) return r;
            return encode_prefix(out.written() - before, out);
        }
        std::size_t const width = prefix.bounds().exact() ? prefix.bounds().fewest : 0;
        if (char* const place = width != 0 ? out.leave(width) : nullptr) {
            std::uint64_t const before = out.written();
            if (step const r = content.encode(v, out); r != step::done) return r;
            output prefix_out = out.into(place, width);
            return encode_prefix(out.written() - before, prefix_out);
        }
        std::uint64_t size = 0;
        if (!count(content, v, out, size)) return step::failed;
        if (step const r = encode_prefix(size, out); r != step::done) return r;
        return content.encode(v, out);
    }

    constexpr size_bound bounds(limits l = {}) const {
        return prefix.bounds(l) + content.bounds(l).at_most(largest(l));
    }
    constexpr void describe(description& d) const {
        d.add({.what = shape::length_prefixed, .size = bounds(d.limits()), .most = largest(d.limits()),
               .adjustment = adjustment, .limit = Name.view()}, prefix, content);
    }
    constexpr byte_set first() const { return first_of(prefix); }

private:
    // false: the number is too small for what it says it counts
    constexpr bool adjusted(std::uint64_t& size) const {
        if (adjustment < 0) {
            auto const less = static_cast<std::uint64_t>(-adjustment);
            size = size > std::numeric_limits<std::uint64_t>::max() - less ? std::numeric_limits<std::uint64_t>::max() : size + less;
            return true;
        }
        if (size < static_cast<std::uint64_t>(adjustment)) return false;
        size -= static_cast<std::uint64_t>(adjustment);
        return true;
    }
    // the largest content: its limit, or what the prefix can say
    constexpr std::size_t largest(limits l) const {
        std::uint64_t said = std::numeric_limits<length>::max();
        if constexpr (requires { Prefix::largest; }) said = Prefix::largest;
        if (adjustment > 0) said -= static_cast<std::uint64_t>(adjustment) < said ? static_cast<std::uint64_t>(adjustment) : said;
        if (adjustment < 0) said = saturating_add(said, static_cast<std::uint64_t>(-adjustment));
        std::size_t const most = Max == inherited ? l.element : Max;
        return said < most ? said : most;
    }
    constexpr step encode_prefix(std::uint64_t size, output& out) const {
        if constexpr (Max != inherited && Max != unbounded)
            if (size > Max) return out.fail_limit(errc::too_long, Max, size);
        std::uint64_t said = size;
        if (adjustment >= 0) {
            said += static_cast<std::uint64_t>(adjustment);
        } else {
            auto const less = static_cast<std::uint64_t>(-adjustment);
            if (said < less) return out.fail(errc::wrong_size);
            said -= less;
        }
        std::uint64_t most = std::numeric_limits<length>::max();
        if constexpr (requires { Prefix::largest; }) most = Prefix::largest;
        if (said > most) return out.fail_limit(errc::too_long, most, said);
        return prefix.encode(static_cast<length>(said), out);
    }
};

// A length, then so many bytes of content.
//   length_prefixed(u16_be, text)   00 02 68 69 <-> "hi"
// Lengths in bytes; `.max<N>()`, `.plus(n)`, `.counting_itself()`. Fails with too_long before anything is buffered,
// with out_of_range, segment_too_short, trailing_bytes.
template <codec Prefix, codec C>
constexpr length_prefixed_t<Prefix, C> length_prefixed(Prefix prefix, C content) {
    if constexpr (!number_codec<Prefix>) (void)sizeof(refused::a_length_or_count_must_be_an_unsigned_number<Prefix>);
    if constexpr (streams<C>) (void)sizeof(refused::a_streamed_element_cannot_stand_inside_a_segment<C>);
    return {prefix, content};
}

}  // namespace segue
