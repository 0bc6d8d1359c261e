// A segment that ends at a delimiter.
//
// Content that finds its own end and cannot contain the delimiter's first byte is read together with it in one pass
// that resumes where it stopped. Any other content is handed over when the delimiter has been found; the search
// remembers how far it got.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "segue/core/extremes.hpp"
#include "segue/core/refused.hpp"
#include "segue/wire/byte_value.hpp"
#include "segue/wire/codec.hpp"
#include "segue/wire/delimiters.hpp"
#include "segue/wire/whole.hpp"

namespace segue {

// What a delimited segment may be without when the input ends.
enum class at_end : std::uint8_t { delimiter_required, delimiter_optional };

template <class C, std::size_t Max, fixed_string Name, at_end End, fixed_string... D>
struct delimited_t {
    [[no_unique_address]] C content;

    using ends = segue::delimiters<D...>;
    static constexpr byte_set firsts = ends::firsts;
    static constexpr std::size_t shortest = ends::shortest;
    static constexpr bool one_pass = [] {
        if constexpr (self_ending<C>) return !C::characters.meets(firsts);
        else return false;
    }();
    // Content such as a number, which refuses a beginning that cannot become a value, and so is its own limit.
    static constexpr bool settles = [] {
        if constexpr (one_pass) return C::longest == unbounded;
        else return false;
    }();
    static constexpr bool looks_back = !one_pass && ends::end_alike;
    static constexpr byte_set stops = looks_back ? ends::last_byte : firsts;
    // The only delimiter, if it has more than one byte: its first one wakes nobody.
    static constexpr auto lead = [] {
        if constexpr (sizeof...(D) == 1 && shortest > 1) return (D, ...);
        else return fixed_string("");
    }();
    static constexpr bool takes_rest = End == at_end::delimiter_optional;

    struct state {
        std::uint32_t scanned = 0;
    };

    // The limit of the content, in bytes; the delimiter is not counted.
    template <std::size_t N, fixed_string LimitName = "element">
    constexpr delimited_t<C, N, LimitName, End, D...> max() const {
        return {content};
    }
    // The last segment of the input may go without the delimiter; with a part of one it is truncated.
    constexpr delimited_t<C, Max, Name, at_end::delimiter_optional, D...> optional_at_end() const {
        return {content};
    }

    template <class In, class V>
        requires codec_for<C, V>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        char const* const first = in.at;
        if constexpr (one_pass && !In::only_framing) {
            if constexpr (settles && Max == inherited && requires { content.take_usual(in.end, first, v); })
                if (char const* const stop = s.scanned == 0 ? content.take_usual(in.end, first, v) : nullptr) [[likely]]
                    if (std::size_t const found = ends::match_here(stop, in.end); found != 0) [[likely]] {
                        in.at = stop + found;
                        return step::done;
                    }
            if (!settles && s.scanned == 0)
                if (std::size_t const size = in.template near<C::characters>(first); is_usual(in, size)) [[likely]]
                    if (std::size_t const found = ends::match_here(first + size, in.end); found != 0) [[likely]]
                        if (content.take(in, first, first + size, v) == step::done) [[likely]] {
                            in.at = first + size + found;
                            return step::done;
                        }
            char const* const stop = content.scan(in, first + s.scanned);
            auto const size = static_cast<std::size_t>(stop - first);
            std::size_t const most = longest(in);
            if (size > most) [[unlikely]] {
                if constexpr (settles) {
                    if (content.settle(in, first, first + most) != step::done) return step::failed;
                }
                return in.fail_limit(errc::too_long, first + most, most);
            }
            if (stop == in.end) [[unlikely]] {
                if (End == at_end::delimiter_optional && in.closed && size != 0) return finish(in, first, stop, 0, v);
                return wait<V>(in, s, first, size, most);
            }
            if (content.take(in, first, stop, v) != step::done) [[unlikely]] return step::failed;
            std::size_t const found = ends::match_here(stop, in.end);
            if (found == 0) [[unlikely]] {
                s.scanned = static_cast<std::uint32_t>(size);
                if (std::size_t const more = ends::missing(stop, in.end); more != unbounded) return in.want(more);
                return in.fail(errc::mismatch, stop + ends::common(stop, in.end), ends::all[0]);
            }
            in.at = stop + found;
            return step::done;
        } else if constexpr (looks_back) {
            char const* const stop = in.template skip<~stops>(first + s.scanned);
            if (stop == in.end) [[unlikely]] return not_found(in, s, ends::cut_off(in.at, in.end), v);
            std::size_t const before = ends::lead(first, stop);
            std::size_t const size = static_cast<std::size_t>(stop - first) - before;
            std::size_t const most = longest(in);
            if (size > most) [[unlikely]] return in.fail_limit(errc::too_long, first + most, most);
            step const r = decode_whole(content, in, size, v);
            if (r == step::done) in.at = stop + 1;  // not by way of `before`: the next search need not wait for it
            return r;
        } else {
            char const* stop = first + s.scanned;
            char const* partial = nullptr;  // where a delimiter began that the input's end cut off
            std::size_t found = 0;
            for (;; ++stop) {
                stop = in.template skip<~firsts>(stop);
                if (stop == in.end) [[unlikely]] break;
                found = ends::match_here(stop, in.end);
                if (found != 0) [[likely]] break;
                if (!partial && ends::could_begin(stop, in.end)) [[unlikely]] {
                    partial = stop;
                    if (!in.closed) break;
                }
            }
            if (found == 0) [[unlikely]] return not_found(in, s, partial ? partial : stop, v);
            auto const size = static_cast<std::size_t>(stop - first);
            std::size_t const most = longest(in);
            if (size > most) [[unlikely]] return in.fail_limit(errc::too_long, first + most, most);
            step const r = decode_whole(content, in, size, v);
            if (r == step::done) in.at += found;
            return r;
        }
    }

    template <class V>
        requires codec_for<C, V>
    constexpr step encode(V const& v, output& out) const {
        std::uint64_t const before = out.written();
        if constexpr (one_pass) {
            if (step const r = content.encode(v, out); r != step::done) return r;
            if (step const r = bounded(out, out.written() - before); r != step::done) return r;
            return out.put(ends::all[0]);
        } else {
            std::array<guard, sizeof...(D)> guards{((void)D.size, guard({}, nullptr))...};
            if (step const r = encode_guarded<0>(v, out, guards); r != step::done) return r;
            if (step const r = bounded(out, out.written() - before); r != step::done) return r;
            return put_delimiter(out, guards);
        }
    }
    constexpr size_bound bounds(limits l = {}) const {
        size_bound const inside = content.bounds(l).at_most(Max != inherited ? Max : settles ? unbounded : l.element);
        std::size_t longest_delimiter = greatest(D.size...);
        size_bound const all{saturating_add(inside.fewest, shortest), saturating_add(inside.most, longest_delimiter)};
        return End == at_end::delimiter_optional ? size_bound{inside.fewest, all.most} : all;
    }
    constexpr void describe(description& d) const {
        std::size_t const at = d.nodes().size();
        d.add({.what = shape::delimited, .size = bounds(d.limits()), .bytes = ends::all[0], .set = one_pass ? byte_set{} : ~stops,
               .most = Max == inherited ? d.limits().element : Max, .limit = Name.view(), .optional_at_end = End == at_end::delimiter_optional,
               .suspends_within = one_pass}, content);
        for (std::size_t i = 1; i < ends::all.size(); ++i) d.add_child(at, {.what = shape::literal, .size = size_bound::exactly(ends::all[i].size()), .bytes = ends::all[i]});
    }
    constexpr byte_set first() const {
        byte_set const inside = first_of(content);
        return content.bounds().fewest == 0 ? inside | firsts : inside;
    }

private:
    // Of this size the content is neither too short nor too long, and ends in the block at hand.
    template <class In>
    SEGUE_INLINE bool is_usual(In const& in, std::size_t size) const {
        return size < 64 && size >= fewest_of<limits{}>(content) && size <= longest(in);
    }
    template <class In>
    SEGUE_INLINE static std::size_t longest(In const& in) {
        if constexpr (settles && Max == inherited) return unbounded;
        std::size_t const own = in.template most<Max, &limits::element>(Name.view());
        if constexpr (one_pass && !settles) {
            std::size_t const inner = in.template most<C::longest, &limits::element>(C::limit_name.view());
            return inner < own ? inner : own;
        } else {
            return own;
        }
    }
    template <class In, class V>
    SEGUE_INLINE step not_found(In& in, state& s, char const* stop, V& v) const {
        auto size = static_cast<std::size_t>(stop - in.at);
        bool const last =
            End == at_end::delimiter_optional && in.closed && stop == in.end && in.left() != 0;
        if (last) size = in.left();
        std::size_t const most = longest(in);
        if (size > most) return in.fail_limit(errc::too_long, in.at + most, most);
        if (last) return decode_whole(content, in, size, v);
        s.scanned = static_cast<std::uint32_t>(size);
        if (stop != in.end) return in.want(ends::missing(stop, in.end));
        return in.template want_while<~stops, lead>(most - size, shortest);
    }
    template <class V, class In>
    SEGUE_INLINE step wait(In& in, state& s, char const* first, std::size_t size, std::size_t most) const {
        s.scanned = static_cast<std::uint32_t>(size);
        if constexpr (settles) {
            if (content.settle(in, first, in.end) != step::done) return step::failed;
            return in.want(shortest);
        } else {
            (void)first;
            if (size < content.bounds().fewest) return in.want(shortest + content.bounds().fewest - size);
            // at the delimiter's first byte the content is taken, and may be refused
            if constexpr (takes_any_run<C> && !byte_array<V>) return in.template want_while<C::characters, lead>(most - size, shortest);
            else return in.template want_while<C::characters>(most - size, shortest);
        }
    }
    template <class In, class V>
    SEGUE_INLINE step finish(In& in, char const* first, char const* stop, std::size_t delimiter, V& v) const {
        if (content.take(in, first, stop, v) != step::done) [[unlikely]] return step::failed;
        in.at = stop + delimiter;
        return step::done;
    }
    static constexpr step bounded(output& out, std::uint64_t size) {
        if constexpr (Max != inherited && Max != unbounded)
            if (size > Max) return out.fail_limit(errc::too_long, Max, size);
        return step::done;
    }
    // The first occurrence of any delimiter in content + delimiter must be at the content's end. Content that ends with
    // the beginning of one may need another: "a\r" and LF would be read back as "a" and CRLF, but CRLF can follow it.
    template <std::size_t I, class V>
    constexpr step encode_guarded(V const& v, output& out, std::array<guard, sizeof...(D)>& guards) const {
        if constexpr (I < sizeof...(D)) {
            guards[I] = guard(ends::all[I], out.watching());
            out.watch(guards[I]);
            step const r = encode_guarded<I + 1>(v, out, guards);
            out.unwatch(guards[I]);
            return r;
        } else {
            return content.encode(v, out);
        }
    }
    static constexpr step put_delimiter(output& out, std::array<guard, sizeof...(D)> const& guards) {
        for (auto candidate : ends::all) {
            bool read_back = true;
            for (guard after : guards) {
                std::uint64_t const size = after.seen();
                after.see(candidate);
                if (after.complete_at() != 0 && after.complete_at() < size + after.delimiter().size()) read_back = false;
            }
            if (read_back) return out.put(candidate);
        }
        return out.fail(errc::delimiter_in_content, "content without its delimiter");
    }
};

namespace detail {

template <fixed_string D>
consteval void check_delimiter() {
    if constexpr (D.size == 0) (void)sizeof(refused::a_delimiter_must_not_be_empty<D>);
}

}  // namespace detail

// Content up to the first of the delimiters, which is not part of it; the first one named that can be is written.
//   delimited_any<"\n", "\r\n">(text)   "hi\r\n" -> "hi" -> "hi\n"
// Sizes in bytes; `.max<N>()`, `.optional_at_end()`. Fails with too_long at the limit, mismatch, truncated; encoding
// with delimiter_in_content.
template <fixed_string... D, codec C>
constexpr delimited_t<C, inherited, "element", at_end::delimiter_required, D...> delimited_any(C content) {
    (detail::check_delimiter<D>(), ...);
    (detail::check_prefixes<D, D...>(), ...);
    if constexpr (streams<C>) (void)sizeof(refused::a_streamed_element_cannot_stand_inside_a_segment<C>);
    return {content};
}

// Content up to the first occurrence of the delimiter, which is not part of it.
//   delimited<"\r\n">(text)   "hi\r\n" <-> "hi"
// Sizes in bytes; `.max<N>()`, `.optional_at_end()`. Fails with too_long at the limit, mismatch, truncated; encoding
// with delimiter_in_content.
template <fixed_string D, codec C>
constexpr delimited_t<C, inherited, "element", at_end::delimiter_required, D> delimited(C content) {
    return delimited_any<D>(content);
}

}  // namespace segue
