// A grammar that goes on behind what is broken.
//
// Without a mark the framing is trusted: the broken message is read once more for its framing alone, and what comes
// behind it is the next. With a mark nothing is trusted: the search begins one byte behind where the broken message did,
// so that no good one is passed over, and goes on until a whole message has been decoded. A driver does both; a
// codec of what is to be passed over says how.
#pragma once

#include <cstddef>
#include <cstdint>

#include "segue/core/refused.hpp"
#include "segue/wire/codec.hpp"
#include "segue/wire/delimiters.hpp"
#include "segue/wire/framing_input.hpp"

namespace segue {

enum class mark : std::uint8_t { none, begins, ends };

// The whole of a message whose segments, and what has a fixed size, may hold anything.
template <class C>
struct broken_message_t {
    C const& content;

    using state = state_of<C>;

    template <class In, class V>
    step decode(In& in, state& s, V& v) const {
        if constexpr (exact_size<C>) {
            return pass_over(in, content.bounds().fewest);
        } else {
            framing_input<In> same(in);
            step const r = content.decode(same, s, v);
            in = same;
            if (r != step::failed) in.forgive();
            return r;
        }
    }
    constexpr size_bound bounds(limits l = {}) const { return content.bounds(l); }
};

// Bytes up to a mark behind the first of them, or past the first mark; all, where the input ends without one.
template <fixed_string Mark, mark Which, std::size_t Max, fixed_string Name>
struct up_to_mark_t {
    std::uint64_t before = 0;  // bytes that were passed over already

    static constexpr bool streaming = true;  // nothing of it is kept
    using found = delimiters<Mark>;

    struct state {
        std::uint64_t passed = 0;  // bytes
        bool begun = false;
    };

    template <class In, class V>
    step decode(In& in, state& s, V&) const {
        char const* stop = Which == mark::begins && !s.begun ? in.at + 1 : in.at;
        std::size_t size = 0;
        for (;; ++stop) {
            stop = in.template skip<~found::firsts>(stop);
            if (stop == in.end) break;
            size = found::match_here(stop, in.end);
            if (size != 0 || (!in.closed && found::could_begin(stop, in.end))) break;
        }
        std::size_t const most = in.template most<Max, &limits::skipped>(Name.view());
        char const* const from = in.at;
        char const* const to = Which == mark::ends ? stop + size : stop;
        std::uint64_t const passed = before + s.passed;
        std::uint64_t const room = passed < most ? most - passed : 0;  // the limit may have been lowered since
        if (static_cast<std::uint64_t>(to - from) > room) [[unlikely]] return in.fail_limit(errc::too_much_skipped, from + room, most);
        s.passed += static_cast<std::uint64_t>(to - from);
        s.begun = s.begun || to != from;
        in.at = to;
        if (size != 0 || in.closed) return step::done;
        if (to == from) return in.want(found::missing(to, in.end));
        in.streamed = from;
        in.collected = true;
        return step::part;
    }
    constexpr size_bound bounds(limits = {}) const { return {1, unbounded}; }
};

template <class C, mark Which = mark::none, fixed_string Mark = "", std::size_t Max = inherited, fixed_string Name = "skipped">
struct recover_t {
    [[no_unique_address]] C content;

    static constexpr bool recovering = true;
    static constexpr bool resynchronizing = Which != mark::none;
    static constexpr bool exact_size = segue::exact_size<C>;
    static constexpr bool takes_rest = takes_the_rest<C>;
    static constexpr byte_set continuation = continuation_of<C>;
    static constexpr byte_set between = between_of<C>;
    using state = state_of<C>;

    // On to the next mark, with which a message begins.
    template <fixed_string Bytes>
    constexpr recover_t<C, mark::begins, Bytes, Max, Name> to() const {
        check_mark<Bytes>();
        return {content};
    }
    // On behind the next mark, with which a message ends.
    template <fixed_string Bytes>
    constexpr recover_t<C, mark::ends, Bytes, Max, Name> past() const {
        check_mark<Bytes>();
        return {content};
    }
    // The limit of bytes that are passed over with no message between.
    template <std::size_t N, fixed_string LimitName = "skipped">
    constexpr recover_t<C, Which, Mark, N, LimitName> max() const {
        return {content};
    }

    template <class In, class V>
        requires codec_for<C, V>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        return content.decode(in, s, v);
    }
    template <class V>
        requires codec_for<C, V>
    constexpr step encode(V const& v, output& out) const {
        return content.encode(v, out);
    }
    constexpr size_bound bounds(limits l = {}) const { return content.bounds(l); }
    constexpr void describe(description& d) const {
        d.add({.what = shape::recover, .size = bounds(d.limits()), .bytes = Mark.view(), .most = most(d.limits()), .limit = Name.view(),
               .to = Which == mark::none ? "the next" : Which == mark::begins ? "to" : "past", .suspends_within = true}, content);
    }
    constexpr byte_set first() const { return first_of(content); }

    // What passes over a broken message, or goes on with it behind so many bytes.
    constexpr auto passing([[maybe_unused]] std::uint64_t before) const {
        if constexpr (resynchronizing) return up_to_mark_t<Mark, Which, Max, Name>{before};
        else return broken_message_t<C>{content};
    }
    static constexpr std::size_t most(limits l) { return Max == inherited ? l.skipped : Max; }
    static constexpr std::string_view limit_name = Name.view();

private:
    template <fixed_string Bytes>
    static consteval void check_mark() {
        if constexpr (Bytes.size == 0) (void)sizeof(refused::a_delimiter_must_not_be_empty<Bytes>);
    }
};

// Its driver goes on behind what is broken.
template <class C>
inline constexpr bool recovers = false;
template <class C>
    requires requires { C::recovering; }
inline constexpr bool recovers<C> = C::recovering;

// ... found by a mark.
template <class C>
inline constexpr bool resynchronizes = false;
template <class C>
    requires recovers<C>
inline constexpr bool resynchronizes<C> = C::resynchronizing;

// A whole grammar whose broken messages are passed over: a driver tells `skipped` once for each, with where, how much and
// why, and goes on with the next.
//   recover(length_prefixed(u8, number<int>))                    01 37 01 78 01 38 -> 7, skipped 2 bytes at 2, 8
//   recover(record<frame>(literal<"\xaa\x55">, ...)).to<"\xaa\x55">()
//   recover(record<line>(...)).past<"\n">()
// Without a mark only what is wrong inside a segment, in what has a fixed size, a checksum or a rule is passed over: a length
// over its limit is fatal. `.max<N>()` bytes passed over with no message between, else limits::skipped. Fails with
// too_much_skipped behind the last `skipped`.
template <codec C>
constexpr recover_t<C> recover(C content) {
    if constexpr (streams<C>) (void)sizeof(refused::a_streamed_element_cannot_stand_inside_what_must_be_complete<C>);
    return {content};
}

}  // namespace segue
