// Rules under construction: names that are free, parents before their parts, and nothing said twice.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/inspect/abnf_reader.hpp"

namespace segue::syntax {

// Letters, digits and hyphens, a letter first (RFC 5234 section 2.1).
inline std::string rule_name(std::string_view from) {
    std::string result;
    for (char const c : from) {
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool const digit = c >= '0' && c <= '9';
        if (result.empty() && !letter) result = digit ? "x" : "";
        if (letter || digit) result += c;
        else if (!result.empty() && result.back() != '-') result += '-';
    }
    while (result.ends_with('-')) result.pop_back();
    return result.empty() ? "x" : result;
}

inline std::size_t ranges_of(byte_set const& set) {
    std::size_t n = 0;
    for (unsigned byte = 0; byte < 256; ++byte) {
        bool const before = byte != 0 && set.has(static_cast<unsigned char>(byte - 1));
        n += set.has(static_cast<unsigned char>(byte)) && !before;
    }
    return n;
}

class rule_book {
public:
    // A rule whose body make() gives; while it is made, notes go to it. One that is not kept and short stays where it is
    // used, and of two with the same wanted name that say the same there is one. The owner's name goes before a name
    // that is taken.
    template <class Make>
    expression define(std::string const& wanted, std::string const& owner, bool kept, Make make) {
        std::size_t const slot = entries_.size();
        entries_.push_back({{.name = free_name(wanted, owner)}, wanted});
        std::size_t const outer = std::exchange(open_, slot);
        expression body = make();
        open_ = outer;
        entry& mine = entries_[slot];
        mine.made.body = std::move(body);
        expression result = named(mine.made.name);
        bool const inlined = !kept && is_short(mine.made.body) && mine.made.notes.empty();
        if (inlined) result = mine.made.body;
        auto const twin = std::find_if(entries_.begin(), entries_.end(), [&](entry const& e) {
            return e.complete && e.wanted == wanted && e.made.body == mine.made.body && e.made.notes == mine.made.notes;
        });
        mine.complete = true;
        if (!inlined && twin != entries_.end()) result = named(twin->made.name);
        if (inlined || twin != entries_.end()) entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(slot));
        return result;
    }
    // The same under whatever name it already has.
    expression define_once(std::string const& wanted, expression body) {
        for (entry const& e : entries_)
            if (e.complete && e.made.body == body && e.made.notes.empty()) return named(e.made.name);
        return define(wanted, {}, true, [&] { return body; });
    }
    std::string const& open_name() const { return entries_[open_].made.name; }
    void note(std::string what) {
        auto& notes = entries_[open_].made.notes;
        if (!what.empty() && std::find(notes.begin(), notes.end(), what) == notes.end()) notes.push_back(std::move(what));
    }

    // Rules that a codec brings along: the first one is its own.
    expression adopt(std::string_view text) {
        auto const brought = read_abnf(text);
        if (!brought || brought->empty()) return prose("rules that are not ABNF");
        std::vector<std::pair<std::string, std::string>> renamed;
        bool whole = true;  // all of them are here already
        for (rule const& r : *brought) whole = whole && find(r);
        if (!whole)
            for (rule const& r : *brought)
                if (std::string const name = free_name(r.name, {}); name != r.name) renamed.emplace_back(r.name, name);
        for (rule r : *brought) {
            if (whole) break;
            for (auto const& [from, to] : renamed) {
                if (r.name == from) r.name = to;
                rename(r.body, from, to);
            }
            entries_.push_back({r, r.name, true});
        }
        std::string name = (*brought)[0].name;
        for (auto const& [from, to] : renamed)
            if (from == name) name = to;
        return named(name);
    }

    // With the rules of UTF-8, where one of them is named.
    rules finish() {
        rules result;
        for (entry& e : entries_) result.push_back(std::move(e.made));
        rules const known = read_abnf(utf8_rules).value_or(rules{});
        for (std::size_t i = 0; i < result.size(); ++i) {
            std::vector<std::string> names;
            collect_names(result[i].body, names);
            for (std::string const& name : names) {
                auto const same = [&](rule const& r) { return r.name == name; };
                auto const from = std::find_if(known.begin(), known.end(), same);
                if (from != known.end() && std::none_of(result.begin(), result.end(), same)) result.push_back(*from);
            }
        }
        return result;
    }

private:
    struct entry {
        rule made;
        std::string wanted;
        bool complete = false;
    };
    // RFC 3629 section 4.
    static constexpr std::string_view utf8_rules =
        "UTF8-char = %x00-7F / UTF8-2 / UTF8-3 / UTF8-4\n"
        "UTF8-2 = %xC2-DF UTF8-tail\n"
        "UTF8-3 = %xE0 %xA0-BF UTF8-tail / %xE1-EC 2UTF8-tail / %xED %x80-9F UTF8-tail / %xEE-EF 2UTF8-tail\n"
        "UTF8-4 = %xF0 %x90-BF 2UTF8-tail / %xF1-F3 3UTF8-tail / %xF4 %x80-8F 2UTF8-tail\n"
        "UTF8-tail = %x80-BF";

    static bool is_short(expression const& e) {
        using enum expression::form;
        return e.what == text || e.what == set || e.what == rule || e.what == prose || (e.what == sequence && e.parts.empty()) ||
               (e.what == repetition && is_short(e.parts[0]));
    }
    static std::string lower(std::string_view name) {
        std::string result(name);
        for (char& c : result)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
        return result;
    }
    // Names do not know the case of letters.
    bool is_taken(std::string const& name) const {
        auto const same = [&](std::string_view other) { return lower(other) == lower(name); };
        return same("CRLF") || same("LWSP") || same("CTL") || same("BIT") || lower(name).starts_with("utf8-") ||
               std::any_of(core_rules.begin(), core_rules.end(), [&](core_rule const& r) { return same(r.name); }) ||
               std::any_of(entries_.begin(), entries_.end(), [&](entry const& e) { return same(e.made.name); });
    }
    std::string free_name(std::string const& wanted, std::string const& owner) const {
        if (!is_taken(wanted)) return wanted;
        std::string const longer = owner.empty() ? wanted : owner + '-' + wanted;
        if (!is_taken(longer)) return longer;
        std::size_t n = 2;
        while (is_taken(longer + '-' + std::to_string(n))) ++n;
        return longer + '-' + std::to_string(n);
    }
    bool find(rule const& wanted) const {
        return std::any_of(entries_.begin(), entries_.end(), [&](entry const& e) { return e.complete && e.made.name == wanted.name && e.made.body == wanted.body; });
    }
    static void rename(expression& e, std::string const& from, std::string const& to) {
        if (e.what == expression::form::rule && e.text == from) e.text = to;
        for (expression& part : e.parts) rename(part, from, to);
    }

    std::vector<entry> entries_;
    std::size_t open_ = 0;
};

}  // namespace segue::syntax
