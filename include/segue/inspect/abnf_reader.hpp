// ABNF (RFC 5234, RFC 7405) to rules: what `abnf` writes, and the rules that codecs bring in their descriptions.
//
// Of RFC 5234 it leaves out `=/` and values in binary and decimal. Comments are the notes of their rule.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/inspect/abnf.hpp"

namespace segue::syntax {

namespace detail {

class abnf_reader {
public:
    explicit abnf_reader(std::string_view all) : left_(all) {}

    std::optional<rules> read() {
        rules result;
        for (skip_blank(nullptr, true); !left_.empty();) {
            rule r{.name = name()};
            skip_blank(&r.notes, false);
            if (r.name.empty() || !take("=")) return std::nullopt;
            r.body = alternation(r.notes, 0);
            if (wrong_) return std::nullopt;
            skip_blank(&r.notes, true);
            result.push_back(std::move(r));
        }
        return result;
    }

private:
    static constexpr int deepest = 64;

    static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }
    bool take(std::string_view what) {
        if (!left_.starts_with(what)) return false;
        left_.remove_prefix(what.size());
        return true;
    }
    std::string until(std::string_view end) {
        std::size_t const at = left_.find(end);
        if (at == std::string_view::npos) wrong_ = true;
        std::string const result(left_.substr(0, at));
        left_.remove_prefix(std::min(left_.size(), result.size() + end.size()));
        return result;
    }
    std::string name() {
        std::size_t n = 0;
        while (n < left_.size() && (is_letter(left_[n]) || (n != 0 && (is_digit(left_[n]) || left_[n] == '-')))) ++n;
        std::string const result(left_.substr(0, n));
        left_.remove_prefix(n);
        return result;
    }
    // Blanks, comments, and line ends before a line that continues; or, between rules, all of them.
    void skip_blank(std::vector<std::string>* notes, bool between) {
        for (;;) {
            if (take(" ") || take("\t")) continue;
            if (take(";")) {
                while (take(" ")) {}
                std::size_t const size = std::min(left_.find('\n'), left_.size());
                if (notes) notes->emplace_back(left_.substr(0, size));
                left_.remove_prefix(size);
                continue;
            }
            bool const continued = left_.size() > 1 && left_[0] == '\n' && (left_[1] == ' ' || left_[1] == '\t');
            if (!left_.starts_with('\n') || !(between || continued)) return;
            left_.remove_prefix(1);
        }
    }

    expression alternation(std::vector<std::string>& notes, int depth) {
        if (depth > deepest) wrong_ = true;
        std::vector<expression> parts;
        do {
            std::vector<expression> elements;
            for (skip_blank(&notes, false); !wrong_ && begins_element(); skip_blank(&notes, false)) elements.push_back(repetition(notes, depth));
            if (elements.empty()) wrong_ = true;
            parts.push_back(sequence(std::move(elements)));
        } while (!wrong_ && take("/"));
        return alternatives(parts);
    }
    bool begins_element() const {
        return !left_.empty() && (is_letter(left_[0]) || is_digit(left_[0]) || std::string_view("*(<[%\"").find(left_[0]) != std::string_view::npos);
    }
    std::optional<std::uint64_t> count(unsigned base) {
        std::optional<std::uint64_t> result;
        for (; !left_.empty(); left_.remove_prefix(1)) {
            std::size_t const digit = std::string_view("0123456789ABCDEFabcdef").find(left_[0]);
            std::size_t const value = digit > 15 ? digit - 6 : digit;
            if (digit == std::string_view::npos || value >= base) break;
            if (result.value_or(0) > unbounded / 32) wrong_ = true;
            result = result.value_or(0) * base + value;
        }
        return result;
    }
    expression repetition(std::vector<std::string>& notes, int depth) {
        auto const least = count(10);
        if (!take("*")) return repeated(element(notes, depth), least.value_or(1), least.value_or(1));
        auto const most = count(10);
        return repeated(element(notes, depth), least.value_or(0), most.value_or(unbounded));
    }
    expression element(std::vector<std::string>& notes, int depth) {
        for (auto const& [open, close] : {std::pair{"(", ")"}, std::pair{"[", "]"}}) {
            if (!take(open)) continue;
            expression inner = alternation(notes, depth + 1);
            if (!take(close)) wrong_ = true;
            return *close == ']' ? maybe(std::move(inner)) : inner;
        }
        if (take("<")) return prose(until(">"));
        if (take("%s\"")) return text(until("\""));
        if (take("%x")) return value();
        if (take("\"")) return either_case(until("\""));
        std::string const of = name();
        if (of.empty()) wrong_ = true;
        if (of == "CRLF") return text("\r\n");
        for (core_rule const& core : core_rules)
            if (core.name == of) return one_of(core.set);
        return named(of);
    }
    expression value() {
        auto const byte = [&] {
            auto const n = count(16);
            if (!n || *n > 255) wrong_ = true;
            return static_cast<unsigned char>(n.value_or(0));
        };
        unsigned char const first = byte();
        if (take("-")) {
            unsigned char const last = byte();
            if (last < first) wrong_ = true;
            return one_of(byte_set{}.with(first, last));
        }
        std::string result(1, static_cast<char>(first));
        while (!wrong_ && take(".")) result += static_cast<char>(byte());
        return text(result);
    }
    // RFC 5234 section 2.3: plain strings do not know the case of letters.
    static expression either_case(std::string const& characters) {
        std::vector<expression> result;
        for (char const c : characters) {
            byte_set set = byte_set::of({&c, 1});
            if (is_letter(c)) {
                char const other = static_cast<char>(c ^ 0x20);
                set = set.with({&other, 1});
            }
            result.push_back(one_of(set));
        }
        return sequence(std::move(result));
    }

    std::string_view left_;
    bool wrong_ = false;
};

}  // namespace detail

// Nothing where it is not ABNF.
inline std::optional<rules> read_abnf(std::string_view text) { return detail::abnf_reader(text).read(); }

}  // namespace segue::syntax
