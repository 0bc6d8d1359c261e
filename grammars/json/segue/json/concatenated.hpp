// JSON texts one after the other, with nothing or white space between them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "segue/core/refused.hpp"
#include "segue/wire/codec.hpp"
#include "segue/wire/output.hpp"
#include "segue/wire/whole.hpp"

namespace segue::json {

// Finds the end of a text by its strings and brackets alone; whether it is one, its content says. White space before it
// belongs to it, but that between two messages to nobody.
template <class C, std::size_t Depth, std::size_t Max, fixed_string Name>
struct concatenated_t {
    [[no_unique_address]] C content;

    static constexpr byte_set between = byte_set::of(" \t\r\n");
    static constexpr byte_set digits = byte_set::of("0123456789+-.eE");
    static constexpr byte_set continuation = digits;
    enum class inside : std::uint8_t { nothing, brackets, string, escape, number, word };
    struct state {
        std::uint32_t scanned = 0;
        std::uint32_t open = 0;  // brackets
        inside where = inside::nothing;
    };

    // The limit of a text, in bytes.
    template <std::size_t N, fixed_string LimitName = "element">
    constexpr concatenated_t<C, Depth, N, LimitName> max() const {
        return {content};
    }
    // The limit of levels of arrays and objects, which is looked at before the end of the text is there.
    template <std::size_t N>
    constexpr concatenated_t<C, N, Max, Name> depth() const {
        return {content};
    }

    template <class In, class V>
        requires codec_for<C, V>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        char const* const first = in.at;
        char const* p = first + s.scanned;
        std::size_t const most = in.template most<Max, &limits::element>(Name.view());
        step const r = find_end(in, s, p);
        auto const size = static_cast<std::size_t>(p - first);
        if (size > most) [[unlikely]] return in.fail_limit(errc::too_long, first + most, most);
        if (r == step::done) {
            step const whole = decode_whole(content, in, size, v);
            if (whole == step::done && s.where == inside::number && in.at != in.end && between.has(*in.at)) ++in.at;
            return whole;
        }
        if (r == step::failed) return r;
        s.scanned = static_cast<std::uint32_t>(size);
        return suspend(in, s, most - size);
    }
    // A number needs something behind it that ends it, and takes it along.
    template <class V>
        requires codec_for<C, V>
    constexpr step encode(V const& v, output& out) const {
        guard seen({}, out.watching());
        out.watch(seen);
        step const r = content.encode(v, out);
        out.unwatch(seen);
        if (r != step::done) return r;
        if constexpr (Max != inherited)
            if (seen.seen() > Max) return out.fail_limit(errc::too_long, Max, seen.seen());
        return seen.last() >= '0' && seen.last() <= '9' ? out.put("\n") : step::done;
    }
    constexpr size_bound bounds(limits l = {}) const {
        size_bound const inner = content.bounds(l).at_most(Max == inherited ? l.element : Max);
        return {inner.fewest, saturating_add(inner.most, 1)};
    }
    constexpr void describe(description& d) const {
        d.add({.what = shape::opaque, .size = bounds(d.limits()), .name = "JSON texts one after the other",
               .most = Max == inherited ? d.limits().element : Max, .limit = Name.view()}, content);
    }
    constexpr byte_set first() const { return between | byte_set::of("{[\"-0123456789tfn"); }

private:
    static constexpr byte_set plain = byte_set::all().without("{}[]\"");
    static constexpr byte_set characters = byte_set::all().without("\"\\");
    static constexpr std::string_view word_of(char letter) {
        return letter == 't' ? "true" : letter == 'f' ? "false" : "null";
    }

    // done: p is the end; need_more: p is the end of the input.
    template <class In>
    static constexpr step find_end(In& in, state& s, char const*& p) {
        if (s.where == inside::nothing) {
            p = in.template skip<between>(p);
            if (p == in.end) return step::need_more;
            if (step const r = begin(in, s, p); r != step::done) return r;
        }
        for (;;) switch (s.where) {
                case inside::brackets: {
                    p = in.template skip<plain>(p);
                    if (p == in.end) return step::need_more;
                    char const c = *p++;
                    if (c == '"') {
                        s.where = inside::string;
                    } else if (c == '{' || c == '[') {
                        if (!deeper(in, s, p - 1)) return step::failed;
                    } else if (--s.open == 0) {
                        return step::done;
                    }
                    break;
                }
                case inside::string:
                    p = in.template skip<characters>(p);
                    if (p == in.end) return step::need_more;
                    s.where = *p == '\\' ? inside::escape : inside::brackets;
                    ++p;
                    if (s.where == inside::brackets && s.open == 0) return step::done;
                    break;
                case inside::escape:
                    if (p == in.end) return step::need_more;
                    ++p;
                    s.where = inside::string;
                    break;
                case inside::number:
                    p = in.template skip<digits>(p);
                    return p == in.end && !in.closed ? step::need_more : step::done;
                default: return spell(in, s, p);
            }
    }
    template <class In>
    static constexpr step begin(In& in, state& s, char const*& p) {
        switch (*p) {
            case '{':
            case '[':
                s.where = inside::brackets;
                if (!deeper(in, s, p)) return step::failed;
                ++p;
                break;
            case '"':
                s.where = inside::string;
                ++p;
                break;
            case 't':
            case 'f':
            case 'n':
                s.where = inside::word;
                break;
            default:
                if (!digits.without("+.eE").has(*p)) return in.fail(errc::mismatch, p, "a JSON text");
                s.where = inside::number;
                break;
        }
        return step::done;
    }
    template <class In>
    static constexpr bool deeper(In& in, state& s, char const* where) {
        std::size_t const most = in.template most<Depth, &limits::depth>("depth");
        if (s.open < most) [[likely]] return ++s.open, true;
        in.fail_limit(errc::too_deep, where, most);
        return false;
    }
    // `open` counts the letters.
    template <class In>
    static constexpr step spell(In& in, state& s, char const*& p) {
        for (; p != in.end; ++p) {
            std::string_view const word = word_of(*(p - s.open));
            if (*p != word[s.open]) return in.fail(errc::mismatch, p, word);
            if (++s.open == word.size()) return ++p, step::done;
        }
        return step::need_more;
    }

    // Wants at least what closes all that is open.
    template <class In>
    static constexpr step suspend(In& in, state const& s, std::size_t left) {
        switch (s.where) {
            case inside::brackets: return in.template want_while<plain>(left, s.open);
            case inside::string: return in.template want_while<characters>(left, s.open + std::size_t{1});
            case inside::escape: return in.want(s.open + std::size_t{2});
            case inside::number: return in.template want_while<digits>(left, 1);
            case inside::word: return in.want(word_of(*(in.end - s.open)).size() - s.open);
            default: return in.template want_while<between>(left, 1);
        }
    }
};

// Texts without a delimiter between them, as some JSON-RPC peers send them; each ends where its last bracket or quote
// closes, with its last letter, or before what cannot belong to a number.
//   concatenated(json::text)   "{}[1] 2 null" <-> {}, [1], 2, null
// `.max<N>()` in bytes, `.depth<N>()`. Fails with mismatch at a byte that begins no text, too_long, too_deep.
template <codec C>
constexpr concatenated_t<C, inherited, inherited, "element"> concatenated(C content) {
    if constexpr (streams<C>) (void)sizeof(segue::refused::a_streamed_element_cannot_stand_inside_a_segment<C>);
    return {content};
}

}  // namespace segue::json
