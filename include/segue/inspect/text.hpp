// Errors and grammars as text for people: a sentence that says what is wrong and where, and an indented tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "segue/core/description.hpp"
#include "segue/core/error.hpp"

namespace segue {

// Printable ASCII as it is, any other byte as an escape of C++: \r, \n, \t, \xff.
inline std::string escaped_text(std::string_view raw) {
    std::string result;
    for (char c : raw) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '\r') result += "\\r";
        else if (c == '\n') result += "\\n";
        else if (c == '\t') result += "\\t";
        else if (c == '"' || c == '\\') result.append({'\\', c});
        else if (byte >= 0x20 && byte < 0x7f) result += c;
        else result.append({'\\', 'x', "0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]});
    }
    return result;
}
inline std::string quoted_text(std::string_view raw) { return '"' + escaped_text(raw) + '"'; }

// The way to the place of an error, outermost first: headers[3].value; an ellipsis stands for places not noted.
inline std::string path_text(error const& e) {
    std::string result;
    if (e.depth > error::deepest) result = "...";
    for (std::size_t i = e.places(); i-- > 0;) {
        error::place const& at = e.path[i];
        if (!at.field) result += '[' + std::to_string(at.index) + ']';
        else result += (result.empty() || result == "..." ? "" : ".") + std::string(at.field);
    }
    return result;
}

namespace detail {

// What was expected is a phrase ("a decimal number"), a set ("[0-9a-f]") or the bytes themselves.
inline std::string expectation_text(std::string_view expected) {
    bool const set = expected.size() > 2 && expected.front() == '[' && expected.back() == ']';
    bool const phrase =
        expected.find(' ') != std::string_view::npos && expected.front() >= 'a' && expected.front() <= 'z';
    if (set) return "a character of " + std::string(expected);
    return phrase ? std::string(expected) : quoted_text(expected);
}

inline bool about_a_limit(errc code) {
    return code == errc::too_long || code == errc::too_many || code == errc::too_deep || code == errc::message_too_long ||
           code == errc::no_room;
}
// `limit` says something, even if it is zero.
inline bool has_limit(error const& e) { return e.limit != 0 || (about_a_limit(e.code) && e.code != errc::no_room); }

}  // namespace detail

// What is wrong, without the code and the place.
//   the element is longer than its limit (limit 4, declared 5)
inline std::string reason_text(error const& e) {
    std::string result(sentence(e.code));
    bool const names_a_sum = e.code == errc::wrong_checksum && !e.expected.empty();
    if (names_a_sum) result += " (" + std::string(e.expected) + ')';
    else if (!e.expected.empty()) result += "; expected " + detail::expectation_text(e.expected);
    if (detail::has_limit(e)) {
        result += " (limit " + std::to_string(e.limit);
        if (e.observed != 0) result += ", declared " + std::to_string(e.observed);
        result += ')';
    }
    return result;
}

// One sentence with the code, the offset in the stream and the path.
//   too_long at byte 12, in headers[3].value: the element is longer than its limit (limit 4, declared 5)
inline std::string to_text(error const& e) {
    std::string result(name_of(e.code));
    result += " at byte " + std::to_string(e.offset);
    if (e.places() != 0) result += ", in " + path_text(e);
    return result + ": " + reason_text(e);
}

// A set of bytes as people write it: [0-9A-Za-z_]
inline std::string set_text(byte_set const& set) {
    auto const member = [](unsigned byte) {
        char const c = static_cast<char>(byte);
        if (c == ']' || c == '-') return std::string{'\\', c};
        return c == ' ' ? std::string("\\x20") : c == '"' ? std::string("\"") : escaped_text({&c, 1});
    };
    std::string result = "[";
    for (unsigned byte = 0; byte < 256; ++byte) {
        if (!set.has(static_cast<unsigned char>(byte))) continue;
        unsigned last = byte;
        while (last < 255 && set.has(static_cast<unsigned char>(last + 1))) ++last;
        result += member(byte);
        if (last > byte + 1) result += '-';
        if (last > byte) result += member(last);
        byte = last;
    }
    return result + ']';
}

inline std::string_view name_of(shape what) {
    switch (what) {
        case shape::opaque: return "opaque";
        case shape::literal: return "literal";
        case shape::integer: return "integer";
        case shape::floating: return "floating";
        case shape::varint: return "varint";
        case shape::number: return "number";
        case shape::run: return "run";
        case shape::text: return "text";
        case shape::bytes: return "bytes";
        case shape::fixed: return "fixed";
        case shape::padded: return "padded";
        case shape::aligned: return "aligned";
        case shape::trimmed: return "trimmed";
        case shape::length_prefixed: return "length_prefixed";
        case shape::delimited: return "delimited";
        case shape::dot_stuffed: return "dot_stuffed";
        case shape::quoted_string: return "quoted_string";
        case shape::rest: return "rest";
        case shape::all_but: return "all_but";
        case shape::streamed: return "streamed";
        case shape::record: return "record";
        case shape::field: return "field";
        case shape::bits: return "bits";
        case shape::bit_field: return "bit_field";
        case shape::repeat: return "repeat";
        case shape::repeat_counted: return "repeat_counted";
        case shape::repeat_until: return "repeat_until";
        case shape::repeat_to_end: return "repeat_to_end";
        case shape::separated: return "separated";
        case shape::choice: return "choice";
        case shape::alternative: return "alternative";
        case shape::chosen_by: return "chosen_by";
        case shape::optional: return "optional";
        case shape::sized_by: return "sized_by";
        case shape::counted_by: return "counted_by";
        case shape::length_of: return "length_of";
        case shape::count_of: return "count_of";
        case shape::mapped: return "mapped";
        case shape::verified: return "verified";
        case shape::recursive: return "recursive";
        case shape::recover: return "recover";
        case shape::checksummed: return "checksummed";
        case shape::table: return "table";
        case shape::transition: return "transition";
    }
    return "unknown";
}

}  // namespace segue
