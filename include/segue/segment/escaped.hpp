// Text in which the wire hides the characters that would end it: lines with doubled dots, strings in quotes.
//
// The value is not as the bytes on the wire, so it is an owner; a view is refused. It grows while bytes arrive: each is
// read once, and the state is no more than a place in the syntax.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "segue/wire/byte_value.hpp"
#include "segue/wire/classifier.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

namespace detail {

// What may still come of a value that may have `most` bytes; the limit may have been lowered since it began.
constexpr std::size_t room_in(std::size_t size, std::size_t most) { return size < most ? most - size : 0; }

// More bytes of the value.
template <class In, byte_owner V>
SEGUE_INLINE step grow(In& in, V& v, char const* stop, std::size_t most) {
    auto const more = static_cast<std::size_t>(stop - in.at);
    std::size_t const room = room_in(v.size(), most);
    if (more > room) [[unlikely]] return in.fail_limit(errc::too_long, in.at + room, most);
    if constexpr (!std::same_as<typename V::value_type, std::byte>) v.insert(v.end(), in.at, stop);
    else append_bytes(v, {in.at, more});
    in.at = stop;
    return step::done;
}

}  // namespace detail

template <std::size_t Max = inherited, fixed_string Name = "element">
struct dot_stuffed_t {
    enum class place : std::uint8_t { nowhere, line_start, after_dot, after_dot_cr, in_line, after_cr };
    struct state {
        place at = place::nowhere;
    };

    // The limit of the content, in bytes.
    template <std::size_t N, fixed_string LimitName = "element">
    constexpr dot_stuffed_t<N, LimitName> max() const {
        return {};
    }

    template <class In, byte_owner V>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        std::size_t const most = in.template most<Max, &limits::element>(Name.view());
        if (s.at == place::nowhere) {
            v.clear();
            s.at = place::line_start;
        }
        while (in.at != in.end) switch (s.at) {
                case place::line_start:
                    s.at = *in.at == '.' ? place::after_dot : place::in_line;
                    if (s.at == place::after_dot) ++in.at;
                    break;
                case place::after_dot:
                    s.at = *in.at == '\r' ? place::after_dot_cr : place::in_line;
                    if (s.at == place::after_dot_cr) ++in.at;
                    break;
                case place::after_dot_cr:
                    if (*in.at != '\n') [[unlikely]] return in.fail(errc::mismatch, in.at, "\n");
                    ++in.at;
                    return step::done;
                case place::in_line: {
                    char const* const stop = in.template skip<plain>(in.at);
                    if (detail::grow(in, v, stop, most) != step::done) [[unlikely]] return step::failed;
                    if (stop == in.end) break;
                    if (*stop == '\n') [[unlikely]] return in.fail(errc::mismatch, stop, line_end);
                    if (detail::grow(in, v, stop + 1, most) != step::done) [[unlikely]] return step::failed;
                    s.at = place::after_cr;
                    break;
                }
                default:  // after_cr
                    if (*in.at != '\n') [[unlikely]] return in.fail(errc::mismatch, in.at, "\n");
                    if (detail::grow(in, v, in.at + 1, most) != step::done) [[unlikely]] return step::failed;
                    s.at = place::line_start;
                    break;
            }
        switch (s.at) {
            case place::after_dot_cr: return in.want(1);
            case place::after_dot: return in.want(2);
            case place::after_cr: return in.want(4);
            case place::in_line: return in.template want_while<plain>(detail::room_in(v.size(), most), 5);
            default: return in.want(3);
        }
    }
    template <byte_owner V>
    constexpr step encode(V const& v, output& out) const {
        std::string_view left = characters_of(v);
        if constexpr (Max != inherited)
            if (left.size() > Max) return out.fail_limit(errc::too_long, Max, left.size());
        while (!left.empty()) {
            std::size_t const stop = left.find_first_of(line_end);
            if (stop == left.npos || left.substr(stop, 2) != line_end) return out.fail(errc::mismatch, "lines that end with CR LF");
            if (left[0] == '.')
                if (step const r = out.put("."); r != step::done) return r;
            if (step const r = out.put(left.substr(0, stop + 2)); r != step::done) return r;
            left.remove_prefix(stop + 2);
        }
        return out.put(".\r\n");
    }
    // a line with a dot in front has at least three characters
    constexpr size_bound bounds(limits l = {}) const {
        std::size_t const most = Max == inherited ? l.element : Max;
        return {3, saturating_add(most, saturating_add(most / 3, 3))};
    }
    constexpr void describe(description& d) const {
        d.add({.what = shape::dot_stuffed, .size = bounds(d.limits()), .bytes = ".\r\n", .most = Max == inherited ? d.limits().element : Max,
               .limit = Name.view(), .suspends_within = true});
    }

private:
    static constexpr std::string_view line_end = "\r\n";
    static constexpr byte_set plain = ~byte_set::of(line_end);
};

// Lines, each with its CR LF, to a line that is a single dot; a line that begins with a dot has one more in front (RFC 5321
// section 4.5.2, RFC 1939 section 3, RFC 3977 section 3.1.1).
//   dot_stuffed   "a\r\n..b\r\n.\r\n" <-> "a\r\n.b\r\n"
// A dot before anything else is dropped as well, as those say. A CR or LF alone ends no line and is refused both ways, so
// that nobody sees the end elsewhere. `.max<N>()` bytes of the value. Fails with mismatch, too_long.
inline constexpr dot_stuffed_t<> dot_stuffed{};

template <char Quote, char Escape, byte_set Allowed = byte_set::all(), std::size_t Max = inherited, fixed_string Name = "element">
struct quoted_string_t {
    static_assert(Quote != Escape && Allowed.has(Quote) && Allowed.has(Escape));
    static constexpr char marks[] = {Quote, Escape};
    static constexpr std::string_view special{marks, 2};
    enum class place : std::uint8_t { nowhere, inside, after_escape };
    struct state {
        place at = place::nowhere;
    };

    // The limit of the content, in bytes.
    template <std::size_t N, fixed_string LimitName = "element">
    constexpr quoted_string_t<Quote, Escape, Allowed, N, LimitName> max() const {
        return {};
    }
    // What may stand in it, behind an escape or not.
    template <byte_set Set>
    constexpr quoted_string_t<Quote, Escape, Set.with(special), Max, Name> of() const {
        return {};
    }

    template <class In, byte_owner V>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        std::size_t const most = in.template most<Max, &limits::element>(Name.view());
        if (s.at == place::nowhere) {
            if (in.at == in.end) [[unlikely]] return in.want(2);
            if (*in.at != Quote) [[unlikely]] return in.fail(errc::mismatch, in.at, special.substr(0, 1));
            ++in.at;
            v.clear();
            s.at = place::inside;
        }
        while (in.at != in.end) {
            if (s.at == place::after_escape) {
                if (!Allowed.has(*in.at)) [[unlikely]] return in.fail(errc::mismatch, in.at, expected);
                if (detail::grow(in, v, in.at + 1, most) != step::done) [[unlikely]] return step::failed;
                s.at = place::inside;
                continue;
            }
            if (detail::grow(in, v, in.template skip<plain>(in.at), most) != step::done) [[unlikely]] return step::failed;
            if (in.at == in.end) break;
            char const c = *in.at;
            if (c != Quote && c != Escape) [[unlikely]] return in.fail(errc::mismatch, in.at, expected);
            ++in.at;
            if (c == Quote) return step::done;
            s.at = place::after_escape;
        }
        if (s.at == place::after_escape) return in.want(2);
        return in.template want_while<plain>(detail::room_in(v.size(), most), 1);
    }
    template <byte_owner V>
    constexpr step encode(V const& v, output& out) const {
        std::string_view left = characters_of(v);
        if constexpr (Max != inherited)
            if (left.size() > Max) return out.fail_limit(errc::too_long, Max, left.size());
        if (step const r = out.put(special.substr(0, 1)); r != step::done) return r;
        while (!left.empty()) {
            auto const run = static_cast<std::size_t>(skip<plain>(left.data(), left.data() + left.size()) - left.data());
            if (step const r = out.put(left.substr(0, run)); r != step::done) return r;
            left.remove_prefix(run);
            if (left.empty()) break;
            if (left[0] != Quote && left[0] != Escape) return out.fail(errc::mismatch, expected);
            if (step const r = out.put(special.substr(1, 1)); r != step::done) return r;
            if (step const r = out.put(left.substr(0, 1)); r != step::done) return r;
            left.remove_prefix(1);
        }
        return out.put(special.substr(0, 1));
    }
    constexpr size_bound bounds(limits l = {}) const {
        return {2, saturating_add(2, saturating_multiply(2, Max == inherited ? l.element : Max))};
    }
    constexpr void describe(description& d) const {
        d.add({.what = shape::quoted_string, .size = bounds(d.limits()), .bytes = special, .set = Allowed,
               .most = Max == inherited ? d.limits().element : Max, .limit = Name.view(), .suspends_within = true});
    }
    constexpr byte_set first() const { return byte_set::of(special.substr(0, 1)); }

private:
    static constexpr byte_set plain = Allowed & ~byte_set::of(special);
    static constexpr std::string_view expected = "a character that may stand in the string";
};

// A string in quotes; a quote or an escape in it has an escape in front.
//   quoted_string<'"', '\\'>   "a\"b" <-> a"b
// An escape before any other character is read as that character, and not written (RFC 9110 section 5.6.4, RFC 5322
// section 3.2.4). `.of<set>()`, `.max<N>()` bytes of the value. Fails with mismatch, too_long.
template <char Quote, char Escape>
inline constexpr quoted_string_t<Quote, Escape> quoted_string{};

}  // namespace segue
