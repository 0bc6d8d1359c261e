// A large payload that is handed out as it arrives and never held whole.
//
// The struct decides: a member of type `streamed_bytes` has only the payload's size, and its bytes come in pieces
// between the members before and after it; a member that owns bytes collects them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

#include "segue/core/refused.hpp"
#include "segue/wire/byte_value.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

// The member that stands for a payload told in pieces.
struct streamed_bytes {
    using holds_no_views = void;
    static constexpr std::uint64_t unknown = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t size = unknown;  // bytes, where the wire says it before the payload; to encode, it must be known

    friend constexpr bool operator==(streamed_bytes, streamed_bytes) = default;
};

// Hands out what is here of a payload of which `left` bytes are to come, and owes its driver the rest: whoever resumes
// takes back `in.owed`.
template <class In, class V>
    requires std::same_as<V, streamed_bytes> || byte_owner<V>
SEGUE_INLINE step hand_out(In& in, std::uint64_t& left, V& v) {
    std::size_t const size = in.left() < left ? in.left() : static_cast<std::size_t>(left);
    in.streamed = in.at;
    in.at += size;
    left -= size;
    in.goes_on = left != 0;
    in.need = 1;
    if constexpr (byte_owner<V>) {
        append_bytes(v, {in.streamed, size});
        in.collected = true;
    } else {
        in.owed = std::exchange(left, 0);
    }
    return step::part;
}

// How many bytes there are: a length before them, a number that the grammar knows, or all until the end of the input.
struct until_the_end {};
struct known_size {
    std::uint64_t size;
};

template <std::size_t Max, class Prefix>
struct streamed_t {
    [[no_unique_address]] Prefix prefix;

    static constexpr bool streaming = true;
    static constexpr bool counted = codec<Prefix>;
    static constexpr bool takes_rest = std::same_as<Prefix, until_the_end>;

    template <class P>
    struct state_for {
        std::uint64_t left = 0;
        bool begun = false;
    };
    template <codec P>
    struct state_for<P> {
        std::uint64_t left = 0;
        bool begun = false;
        [[no_unique_address]] state_of<P> prefix{};
    };
    using state = state_for<Prefix>;

    template <class In, class V>
        requires std::same_as<V, streamed_bytes> || byte_owner<V>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        static_assert(!In::in_segment, "segue: a streamed element cannot stand inside a segment");
        if (!s.begun) {
            if (step const r = begin(in, s, v); r != step::done) return r;
            s.begun = true;
        }
        s.left += std::exchange(in.owed, 0);
        if (s.left == 0) {
            if constexpr (takes_rest) {
                if (in.left() != 0) return in.fail_limit(errc::too_long, in.at, Max);
                if (!in.closed) return in.want(1);
            }
            return step::done;
        }
        if (in.left() == 0) {
            if constexpr (takes_rest)
                if (in.closed) return step::done;
            return in.want(1);
        }
        return hand_out(in, s.left, v);
    }

    // A streamed_bytes member writes only its length: an encoder takes the payload piece by piece.
    template <class V>
        requires std::same_as<V, streamed_bytes> || byte_owner<V>
    constexpr step encode(V const& v, output& out) const {
        std::uint64_t size = 0;
        if constexpr (byte_owner<V>) size = v.size();
        else size = v.size;
        if constexpr (std::same_as<Prefix, known_size>)
            if (size != prefix.size) return out.fail(errc::wrong_size);
        if ((counted || size != streamed_bytes::unknown) && size > Max) return out.fail_limit(errc::too_long, Max, size);
        if constexpr (counted) {
            if (size > std::numeric_limits<number_of<Prefix>>::max())
                return out.fail_limit(errc::too_long, std::numeric_limits<number_of<Prefix>>::max(), size);
            if (step const r = prefix.encode(static_cast<number_of<Prefix>>(size), out); r != step::done) return r;
        }
        if constexpr (byte_owner<V>) return out.put_payload(characters_of(v));
        else return out.leave_streamed(size, Max);
    }
    constexpr size_bound bounds(limits l = {}) const {
        if constexpr (counted) return prefix.bounds(l) + size_bound{0, Max}.at_most(std::numeric_limits<number_of<Prefix>>::max());
        else if constexpr (takes_rest) return {0, Max};
        else return size_bound::exactly(static_cast<std::size_t>(prefix.size));
    }
    constexpr void describe(description& d) const {
        node const self{.what = shape::streamed, .size = bounds(d.limits()), .most = Max, .suspends_within = true};
        if constexpr (counted) d.add(self, prefix);
        else d.add(self);
    }
    constexpr byte_set first() const {
        if constexpr (counted) return first_of(prefix);
        else return byte_set::all();
    }

private:
    template <class In, class V>
    SEGUE_INLINE step begin(In& in, state& s, V& v) const {
        if constexpr (counted) {
            char const* const start = in.at;
            number_of<Prefix> size{};
            if (step const r = prefix.decode(in, s.prefix, size); r != step::done) return r;
            if (size > Max) return in.fail_limit(errc::too_long, start, Max, size);
            s.left = size;
        } else if constexpr (takes_rest) {
            s.left = Max;
        } else {
            if (prefix.size > Max) return in.fail_limit(errc::too_long, in.at, Max, prefix.size);
            s.left = prefix.size;
        }
        if constexpr (byte_owner<V>) v.clear();
        else v.size = takes_rest ? streamed_bytes::unknown : s.left;
        return step::done;
    }
};

// A length, then a payload of at most Max bytes that is handed out as it arrives.
//   streamed<1'000'000>(u32_be)   00 00 00 02 68 69 <-> size 2, then pieces "hi"
// Fails with too_long on the length alone, truncated.
template <std::size_t Max, codec Prefix>
constexpr streamed_t<Max, Prefix> streamed(Prefix prefix) {
    if constexpr (!number_codec<Prefix>) (void)sizeof(refused::a_length_or_count_must_be_an_unsigned_number<Prefix>);
    return {prefix};
}
// A payload of exactly n bytes.
template <std::size_t Max>
constexpr streamed_t<Max, known_size> streamed(std::uint64_t n) {
    if (std::is_constant_evaluated() && n == 0) refused::a_size_of_zero();
    return {{n}};
}
// A payload that ends with the input.
template <std::size_t Max>
constexpr streamed_t<Max, until_the_end> streamed() {
    return {};
}

}  // namespace segue
