// The codecs that only leniencies ask for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "segue/content/charset.hpp"
#include "segue/http1/messages.hpp"
#include "segue/wire/codec.hpp"
#include "segue/wire/delimiters.hpp"

namespace segue::http1 {

// A field value that may go on in the following lines (obs-fold, RFC 9112 section 5.2). Each fold becomes one SP, with the
// white space around it. A folded line of white space alone is refused: others take it for the end of the head.
// Plain is the codec of a value in one line; its limit counts the bytes of all lines.
template <class Plain, byte_set Characters, std::size_t Max, fixed_string... End>
struct folded_t {
    [[no_unique_address]] Plain plain;

    using ends = segue::delimiters<End...>;
    struct state {
        std::uint32_t scanned = 0;
    };

    template <class In>
    step decode(In& in, state& s, std::string& v) const {
        std::size_t const most = in.template most<Max, &limits::element>("value");
        for (char const* p = in.at + s.scanned;;) {
            p = in.template skip<Characters>(p);
            auto const size = static_cast<std::size_t>(p - in.at);
            if (size > most) return in.fail_limit(errc::too_long, in.at + most, most);
            s.scanned = static_cast<std::uint32_t>(size);
            if (p == in.end) return in.want(ends::shortest);
            std::size_t const end = ends::match_here(p, in.end);
            if (end == 0) {
                if (std::size_t const more = ends::missing(p, in.end); more != unbounded) return in.want(more);
                return in.fail(errc::mismatch, p + ends::common(p, in.end), ends::all[0]);
            }
            if (blank_fold(in.at, p)) return in.fail(errc::mismatch, p, "text on a folded line");
            if (p + end == in.end) return in.want(0);  // the next line says whether it goes on
            if (p[end] != ' ' && p[end] != '\t') {
                unfold(v, {in.at, size});
                in.at = p + end;
                return step::done;
            }
            p += end;
        }
    }
    constexpr step encode(std::string const& v, output& out) const { return plain.encode(std::string_view(v), out); }
    constexpr size_bound bounds(limits l = {}) const { return plain.bounds(l); }
    constexpr void describe(description& d) const {
        d.add({.what = shape::opaque, .size = bounds(d.limits()), .name = "a value, perhaps folded", .most = Max, .limit = "value"});
    }

private:
    static bool blank_fold(char const* first, char const* line_end) {
        for (char const* p = line_end; p != first; --p) {
            if (p[-1] == '\n') return true;
            if (p[-1] != ' ' && p[-1] != '\t') return false;
        }
        return false;
    }
    static void unfold(std::string& v, std::string_view lines) {
        v.clear();
        for (;;) {
            std::size_t const at = lines.find('\n');
            std::string_view line = lines.substr(0, at);
            if (at != std::string_view::npos && line.ends_with('\r')) line.remove_suffix(1);
            line = without_space(line);
            if (!v.empty() && !line.empty()) v += ' ';
            v += line;
            if (at == std::string_view::npos) return;
            lines.remove_prefix(at + 1);
        }
    }
};

// White space that says nothing; none is written.
struct spaces_t {
    using state = stateless;

    template <class In>
    constexpr step decode(In& in, state&, nothing&) const {
        while (in.at != in.end && (*in.at == ' ' || *in.at == '\t')) ++in.at;
        return in.at == in.end ? in.want(0) : step::done;
    }
    constexpr step encode(nothing, output&) const { return step::done; }
    constexpr size_bound bounds(limits l = {}) const { return {0, l.message}; }
    constexpr void describe(description& d) const { d.add({.what = shape::opaque, .size = bounds(d.limits()), .name = "spaces"}); }
    constexpr byte_set first() const { return byte_set{}.with(" \t"); }
};
inline constexpr spaces_t spaces{};

// A line behind a space, or without both its text and that space.
template <class C>
struct behind_space_t {
    [[no_unique_address]] C rest;

    struct state {
        bool begun = false;
        state_of<C> rest{};
    };

    template <class In, class V>
    constexpr step decode(In& in, state& s, V& v) const {
        if (!s.begun) {
            if (in.at == in.end) return in.want(rest.bounds().fewest);
            if (*in.at == ' ') ++in.at;
            else if (*in.at != '\r' && *in.at != '\n') return in.fail(errc::mismatch, in.at, " ");
            s.begun = true;
        }
        state_of<C> local = s.rest;
        step const r = rest.decode(in, local, v);
        s.rest = local;
        return r;
    }
    template <class V>
    constexpr step encode(V const& v, output& out) const {
        if (step const r = out.put(" "); r != step::done) return r;
        return rest.encode(v, out);
    }
    constexpr size_bound bounds(limits l = {}) const {
        size_bound const inside = rest.bounds(l);
        return {inside.fewest, saturating_add(inside.most, 1)};
    }
    constexpr void describe(description& d) const { d.add({.what = shape::opaque, .size = bounds(d.limits()), .name = "a space and a text, or neither"}); }
    constexpr byte_set first() const { return byte_set{}.with(" \r\n"); }
};

}  // namespace segue::http1
