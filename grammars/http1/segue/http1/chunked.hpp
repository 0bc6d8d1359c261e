// The line in front of a chunk, and the fields on lines that heads and trailers are made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "segue/content/charset.hpp"
#include "segue/content/literal.hpp"
#include "segue/content/number.hpp"
#include "segue/content/trimmed.hpp"
#include "segue/http1/lenient.hpp"
#include "segue/http1/leniency.hpp"
#include "segue/http1/messages.hpp"
#include "segue/message/record.hpp"
#include "segue/message/repeat_until.hpp"
#include "segue/segment/delimited.hpp"

namespace segue::http1 {

// RFC 9110 section 5.6.2: tchar
inline constexpr byte_set token_characters = byte_set{}.with('a', 'z').with('A', 'Z').with('0', '9').with("!#$%&'*+-.^_`|~");
// RFC 9112 section 3.2, taken as what is no space and no control character
inline constexpr byte_set target_characters = byte_set{}.with(0x21, 0x7e);
// RFC 9110 section 5.5: field-vchar, SP and HTAB
inline constexpr byte_set field_characters = byte_set{}.with(0x20, 0x7e).with(0x80, 0xff).with("\t");

inline constexpr auto token = charset<token_characters>;
inline constexpr auto field_text = charset<field_characters>.min<0>();
inline constexpr auto method_text = token.max<32, "method">();
inline constexpr auto target_text = charset<target_characters>.max<8000, "target">();  // RFC 9112 section 3: at least 8000
inline constexpr auto reason_text = field_text.max<1024, "reason">();

// A line of a head.
template <leniency L, codec C>
constexpr auto line(C content) {
    if constexpr (L.bare_line_feed) return delimited_any<"\r\n", "\n">(content);
    else return delimited<"\r\n">(content);
}

// A field line (RFC 9112 section 5): strict, there is no space before the colon, and no line folding.
template <leniency L>
constexpr auto value_line() {
    constexpr byte_set characters = L.control_characters ? ~byte_set::of(std::string_view("\0\r\n", 3)) : field_characters;
    constexpr auto plain = line<L>(trimmed<" \t">(charset<characters>.template min<0>().template max<8192, "value">()).template written_after<" ">());
    if constexpr (!L.folded_lines) return plain;
    else if constexpr (L.bare_line_feed) return folded_t<decltype(plain), characters, 8192, "\r\n", "\n">{plain};
    else return folded_t<decltype(plain), characters, 8192, "\r\n">{plain};
}
template <leniency L>
using header_of = std::conditional_t<L.folded_lines, unfolded_header, header>;
// Bytes of heap that the fields of a head and of trailers can take; a vector that grows has at most thrice its size.
template <leniency L>
inline constexpr std::size_t most_memory_of_fields = 2 * 3 * 100 * sizeof(header_of<L>) + (L.folded_lines ? 2 * limits{}.message : 0);
template <leniency L>
constexpr auto field_line_of() {
    constexpr auto name = token.max<256, "name">();
    if constexpr (L.space_before_colon) return record<header_of<L>>(segue::field<"name">(name), spaces, literal<":">, segue::field<"value">(value_line<L>()));
    else return record<header_of<L>>(segue::field<"name">(delimited<":">(name)), segue::field<"value">(value_line<L>()));
}
// Apache reads 100 fields, nginx 32 KiB of them, node 16 KiB; here 100, and all bytes of the head within limits::message.
template <leniency L>
inline constexpr auto field_section_of = [] {
    if constexpr (L.bare_line_feed) return repeat_until_any<"\r\n", "\n">(field_line_of<L>()).template max<100, "fields">();
    else return repeat_until<"\r\n">(field_line_of<L>()).template max<100, "fields">();
}();
inline constexpr auto field_section = field_section_of<strict>;

// *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] ) (RFC 9112 section 7.1.1), to the end of the line. White
// space must be read there (RFC 9110 section 5.6.3), and is read nowhere else.
template <leniency L>
struct chunk_extensions_t {
    static constexpr byte_set characters = field_characters;
    static constexpr byte_set continuation = characters;
    static constexpr std::size_t longest = 4096;
    static constexpr fixed_string limit_name = "chunk line";
    struct state {};

    template <class In>
    SEGUE_INLINE char const* scan(In& in, char const* p) const {
        return p != in.end && *p == '\r' ? p : skip_all(p, in.end);  // seldom is there any
    }
    template <class In>
    SEGUE_INLINE step take(In& in, char const* first, char const* stop, std::string_view& v) const {
        v = {first, static_cast<std::size_t>(stop - first)};
        return first == stop ? step::done : check(in, first, stop);
    }
    template <class In>
    SEGUE_INLINE step decode(In& in, state&, std::string_view& v) const {
        char const* const stop = scan(in, in.at);
        if (stop == in.end && !in.closed) return in.want(0);
        if (take(in, in.at, stop, v) != step::done) return step::failed;
        in.at = stop;
        return step::done;
    }
    constexpr step encode(std::string_view v, output& out) const {
        return check(out, v.data(), v.data() + v.size()) == step::done ? out.put(v) : step::failed;
    }
    constexpr size_bound bounds(limits = {}) const { return {0, longest}; }
    constexpr void describe(description& d) const { d.add({.what = shape::opaque, .size = bounds(), .name = "extensions of a chunk", .most = longest, .limit = limit_name.view()}); }
    constexpr byte_set first() const { return byte_set{}.with("; \t"); }

private:
    SEGUE_COLD static char const* skip_all(char const* p, char const* end) { return skip<characters>(p, end); }
    template <class Who>
    SEGUE_COLD static step check(Who& who, char const* p, char const* end) {
        auto const skip_space = [&] {
            while (p != end && (*p == ' ' || *p == '\t')) ++p;
        };
        auto const skip_token = [&] {
            char const* const from = p;
            while (p != end && token_characters.has(*p)) ++p;
            return p != from;
        };
        auto const skip = [&](char sign) {  // with the white space on both its sides, or nothing at all
            char const* const from = p;
            skip_space();
            if (p == end || *p != sign) return p = from, false;
            ++p;
            skip_space();
            return true;
        };
        while (p != end) {
            if constexpr (L.space_behind_chunk_size) {
                char const* const from = p;
                skip_space();
                if (p == end) return step::done;
                p = from;
            }
            if (!skip(';') || !skip_token()) return refuse(who, p, "a chunk extension");
            if (!skip('=')) continue;
            if (p != end && *p == '"' ? !skip_quoted(p, end) : !skip_token()) return refuse(who, p, "a value of a chunk extension");
        }
        return step::done;
    }
    static constexpr step refuse(output& out, char const*, std::string_view expected) { return out.fail(errc::mismatch, expected); }
    static constexpr step refuse(auto& in, char const* where, std::string_view expected) { return in.fail(errc::mismatch, where, expected); }
    static constexpr bool skip_quoted(char const*& p, char const* end) {
        for (++p; p != end; ++p) {
            if (*p == '"') return ++p, true;
            if (*p == '\\' && ++p == end) return false;
            if (!field_characters.has(*p)) return false;
        }
        return false;
    }
};

// chunk-size [ chunk-ext ] CRLF (RFC 9112 section 7.1), in two elements: the size is judged before its line has come.
inline constexpr auto chunk_size = hexadecimal<std::uint64_t>.leading_zeros<16>();
template <leniency L>
inline constexpr auto chunk_extensions_of = delimited<"\r\n">(chunk_extensions_t<L>{});
inline constexpr auto chunk_extensions = chunk_extensions_of<strict>;

// Bytes of chunk extensions in one message; they carry nothing that anyone reads.
inline constexpr std::size_t most_extension_bytes = 16 * 1024;

}  // namespace segue::http1
