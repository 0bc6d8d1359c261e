// Content between characters that do not count, as the optional white space around a header's value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "segue/wire/codec.hpp"
#include "segue/wire/whole.hpp"

namespace segue {

template <fixed_string Set, class C, fixed_string Lead = "">
struct trimmed_t {
    [[no_unique_address]] C content;

    // What is written in front of the content, of the characters that are trimmed.
    template <fixed_string L>
    constexpr trimmed_t<Set, C, L> written_after() const {
        static_assert(byte_set::of(Set.view()).includes(byte_set::of(L.view())), "segue: only what is trimmed can be written in front");
        return {content};
    }

    static constexpr byte_set outside = byte_set::of(Set.view());
    // A run that may hold the trimmed characters finds the end of all in one pass; for other content, the segment does.
    static constexpr bool one_pass = [] {
        if constexpr (self_ending<C>) return C::characters.includes(outside);
        else return false;
    }();
    static constexpr byte_set characters = [] {
        if constexpr (one_pass) return C::characters;
        else return byte_set::all();
    }();
    static constexpr byte_set continuation = characters;
    static constexpr std::size_t longest = [] {
        if constexpr (one_pass) return C::longest;
        else return inherited;
    }();
    static constexpr auto limit_name = [] {
        if constexpr (one_pass) return C::limit_name;
        else return fixed_string("element");
    }();
    static constexpr bool takes_any = [] {
        if constexpr (one_pass && takes_any_run<C>) return C{}.bounds().fewest == 0;  // all of it may be trimmed
        else return false;
    }();
    struct state {
        std::uint32_t scanned = 0;
    };

    template <class In>
    SEGUE_INLINE char const* scan(In& in, char const* p) const {
        return in.template skip<characters>(p);
    }
    template <class In, class V>
    SEGUE_INLINE step take(In& in, char const* first, char const* stop, V& v) const {
        if (stop - first > 1 && *first == Set[0] && !classifier<outside>::has(first[1]) && !classifier<outside>::has(stop[-1])) [[likely]] {
            ++first;
        } else {
            while (first != stop && classifier<outside>::has(*first)) ++first;
            while (first != stop && classifier<outside>::has(stop[-1])) --stop;
        }
        return content.take(in, first, stop, v);
    }

    template <class In, class V>
        requires codec_for<C, V>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        char const* const stop = scan(in, in.at + s.scanned);
        auto const size = static_cast<std::size_t>(stop - in.at);
        std::size_t const most = in.template most<longest, &limits::element>(limit_name.view());
        if (size > most) [[unlikely]] return in.fail_limit(errc::too_long, in.at + most, most);
        if (stop == in.end && !in.closed) [[unlikely]] {
            s.scanned = static_cast<std::uint32_t>(size);
            return in.template want_while<characters>(most - size, 0);
        }
        if constexpr (one_pass) {
            if (take(in, in.at, stop, v) != step::done) [[unlikely]] return step::failed;
        } else {
            char const* first = in.at;
            char const* last = stop;
            while (first != last && outside.has(*first)) ++first;
            while (first != last && outside.has(last[-1])) --last;
            in.at = first;
            if (decode_whole(content, in, static_cast<std::size_t>(last - first), v) != step::done) [[unlikely]]
                return step::failed;
        }
        in.at = stop;
        return step::done;
    }
    template <class V>
        requires codec_for<C, V>
    constexpr step encode(V const& v, output& out) const {
        if constexpr (Lead.size != 0)
            if (step const r = out.put(Lead.view()); r != step::done) return r;
        guard edges({}, out.watching());
        out.watch(edges);
        step const r = content.encode(v, out);
        out.unwatch(edges);
        if (r != step::done) return r;
        if (edges.seen() != 0 && (outside.has(edges.head()[0]) || outside.has(edges.last())))
            return out.fail(errc::mismatch, "content that neither begins nor ends with what is trimmed");
        return step::done;
    }
    constexpr size_bound bounds(limits l = {}) const {
        size_bound const inside = content.bounds(l);
        return one_pass ? inside : size_bound{inside.fewest, l.element};
    }
    constexpr void describe(description& d) const {
        d.add({.what = shape::trimmed, .size = bounds(d.limits()), .bytes = Set.view(), .set = outside,
               .suspends_within = one_pass}, content);
    }
    constexpr byte_set first() const { return first_of(content) | outside; }
};

// Content without the characters of a set around it; none are written, but for those of `.written_after<" ">()`.
//   delimited<"\r\n">(trimmed<" \t">(field_text))   "  hi \r\n" -> "hi" -> "hi\r\n"
// The limit counts what is trimmed as well. Encoding fails with mismatch where the content has such a character at its edges.
template <fixed_string Set, codec C>
constexpr trimmed_t<Set, C> trimmed(C content) {
    return {content};
}

}  // namespace segue
