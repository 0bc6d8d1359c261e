// Rules in ABNF (RFC 5234, with the case-sensitive strings of RFC 7405): the notation of those who read RFCs, and one
// that can say any byte.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "segue/inspect/syntax.hpp"

namespace segue::syntax {

// RFC 5234 appendix B.1: what every grammar may use without saying it.
struct core_rule {
    std::string_view name;
    byte_set set;
};
inline constexpr std::array<core_rule, 12> core_rules{{
    {"DIGIT", byte_set{}.with('0', '9')},
    {"ALPHA", byte_set{}.with('A', 'Z').with('a', 'z')},
    {"HEXDIG", byte_set{}.with('0', '9').with('A', 'F').with('a', 'f')},
    {"OCTET", byte_set::all()},
    {"VCHAR", byte_set{}.with(0x21, 0x7e)},
    {"CHAR", byte_set{}.with(0x01, 0x7f)},
    {"WSP", byte_set::of(" \t")},
    {"SP", byte_set::of(" ")},
    {"HTAB", byte_set::of("\t")},
    {"CR", byte_set::of("\r")},
    {"LF", byte_set::of("\n")},
    {"DQUOTE", byte_set::of("\"")},
}};

namespace detail {

class abnf_writer {
public:
    std::string write(rule const& r) {
        std::string const lead = r.name + " = ";
        std::string result = fold(lead, alternation(r.body), lead.size());
        for (std::string const& note : r.notes) result += "    ; " + note + '\n';
        return result;
    }

private:
    // Where a line may be broken; no text on the wire is written with it.
    static constexpr char gap = '\n';
    static constexpr std::size_t widest = 100;

    static std::string hex(unsigned byte) { return {"0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]}; }
    static std::string fold(std::string line, std::string const& written, std::size_t indent) {
        std::string result;
        for (std::size_t from = 0; from <= written.size();) {
            std::size_t const to = std::min(written.find(gap, from), written.size());
            std::string const word = written.substr(from, to - from);
            if (from != 0 && line.size() + 1 + word.size() > widest) {
                result += line + '\n';
                line = std::string(indent, ' ') + word;
            } else {
                line += (from == 0 ? "" : " ") + word;
            }
            from = to + 1;
        }
        return result + line + '\n';
    }

    static std::vector<std::string> ranges(byte_set const& set) {
        for (core_rule const& core : core_rules)
            if (core.set == set) return {std::string(core.name)};
        std::vector<std::string> spelled, shortened;
        byte_set left = set;
        for (core_rule const& core : core_rules) {
            bool const spoken = core.name == "DIGIT" || core.name == "ALPHA";
            if (!spoken || !set.includes(core.set)) continue;
            shortened.emplace_back(core.name);
            left = left & ~core.set;
        }
        add_ranges(left, shortened);
        add_ranges(set, spelled);
        return shortened.size() < spelled.size() ? shortened : spelled;
    }
    static void add_ranges(byte_set const& set, std::vector<std::string>& to) {
        for (unsigned first = 0; first < 256; ++first) {
            if (!set.has(static_cast<unsigned char>(first))) continue;
            unsigned last = first;
            while (last < 255 && set.has(static_cast<unsigned char>(last + 1))) ++last;
            std::string const begin = one(static_cast<char>(first)), end = one(static_cast<char>(last));
            bool const spoken = !begin.starts_with('%') && !end.starts_with('%');
            if (last > first + 1 || (last != first && !spoken)) to.push_back("%x" + hex(first) + '-' + hex(last));
            else to.push_back(begin);
            if (last == first + 1 && spoken) to.push_back(end);
            first = last;
        }
    }
    static std::string one(char c) {
        for (core_rule const& core : core_rules)
            if (core.set == byte_set::of({&c, 1})) return std::string(core.name);
        if (!is_quotable(c)) return "%x" + hex(static_cast<unsigned char>(c));
        return (is_letter(c) ? "%s\"" : "\"") + std::string(1, c) + '"';
    }
    static bool is_quotable(char c) { return c >= 0x20 && c < 0x7f && c != '"'; }
    static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
    // Strings where they can be read, CRLF and the other names, and values for the rest.
    static std::vector<std::string> strings(std::string_view bytes) {
        std::vector<std::string> result;
        for (std::size_t i = 0; i < bytes.size();) {
            std::size_t end = i;
            bool letters = false;
            for (; end < bytes.size() && is_quotable(bytes[end]); ++end) letters = letters || is_letter(bytes[end]);
            bool const blank = bytes.substr(i, end - i) == " ";
            if (end != i && !blank) {
                result.push_back((letters ? "%s\"" : "\"") + std::string(bytes.substr(i, end - i)) + '"');
                i = end;
            } else if (bytes.substr(i, 2) == "\r\n") {
                result.push_back("CRLF");
                i += 2;
            } else {
                result.push_back(one(bytes[i]));
                ++i;
            }
        }
        return result;
    }
    static std::string joined(std::vector<std::string> const& parts, std::string const& between) {
        std::string result;
        for (std::string const& part : parts) result += (result.empty() ? "" : between) + part;
        return result;
    }

    std::string alternation(expression const& e) {
        if (e.what != expression::form::alternatives) return concatenation(e);
        std::vector<std::string> parts;
        for (expression const& part : e.parts) parts.push_back(concatenation(part));
        return joined(parts, std::string{gap} + "/ ");
    }
    std::string concatenation(expression const& e) {
        if (e.what == expression::form::set) return joined(ranges(e.set), std::string{gap} + "/ ");
        if (e.what == expression::form::text) return joined(strings(e.text), {gap});
        if (e.what != expression::form::sequence) return element(e);
        std::vector<std::string> parts;
        for (expression const& part : e.parts) parts.push_back(part.what == expression::form::text ? concatenation(part) : element(part));
        return parts.empty() ? "\"\"" : joined(parts, {gap});
    }
    // One thing that a number may be written before.
    std::string element(expression const& e) {
        switch (e.what) {
            case expression::form::rule: return e.text;
            case expression::form::prose: return '<' + e.text + '>';
            case expression::form::repetition: return repetition(e);
            case expression::form::text:
                if (auto const parts = strings(e.text); parts.size() == 1) return parts[0];
                break;
            case expression::form::set:
                if (auto const parts = ranges(e.set); parts.size() == 1) return parts[0];
                break;
            default: break;
        }
        return '(' + alternation(e) + ')';
    }
    std::string repetition(expression const& e) {
        expression const& item = e.parts[0];
        if (e.least == 0 && e.most == 1) return '[' + alternation(item) + ']';
        std::string times = e.least == 0 ? "" : std::to_string(e.least);
        if (e.least != e.most) times += '*' + (e.most == unbounded ? std::string() : std::to_string(e.most));
        if (e.most == 0) times = "0";
        return times + (item.what == expression::form::repetition ? '(' + element(item) + ')' : element(item));
    }
};

}  // namespace detail

inline std::string abnf(rules const& all) {
    std::string result;
    for (rule const& r : all) result += detail::abnf_writer().write(r);
    return result;
}

}  // namespace segue::syntax
