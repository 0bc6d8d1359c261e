// A description as rules. A field is a rule of its name; so are alternatives, items, lengths and contents, whose names
// begin with the one of the rule that holds them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/core/description.hpp"
#include "segue/inspect/abnf_reader.hpp"
#include "segue/inspect/rule_book.hpp"
#include "segue/inspect/text.hpp"

namespace segue {

namespace detail {

// What a segment leaves to bytes that end with it.
struct room_for_bytes {
    std::uint64_t least = 0;
    std::uint64_t most = unbounded;
    byte_set set = byte_set::all();
};

class rule_maker {
public:
    explicit rule_maker(description const& from) : from_(from) {}

    syntax::rules make(std::string_view name) {
        std::string const first = syntax::rule_name(name);
        if (at(0).what == shape::recursive && syntax::rule_name(at(0).name) == first) definition(0);
        else book_.define(first, {}, true, [&] { return of(0, first); });
        return book_.finish();
    }

private:
    using expression = syntax::expression;
    using room = room_for_bytes;

    node const& at(std::size_t i) const { return from_.nodes()[i]; }
    bool has_child(std::size_t i) const { return i + 1 < at(i).last; }
    std::size_t child(std::size_t i, std::size_t which = 0) const { return from_.child(i, which); }

    static std::string plural(std::uint64_t n, std::string_view unit) { return std::to_string(n) + ' ' + std::string(unit) + (n == 1 ? "" : "s"); }
    void note(std::string what) { book_.note(std::move(what)); }
    void note_limit(node const& n, std::string_view unit) {
        if (n.most < inherited) note("at most " + plural(n.most, unit) + (n.limit.empty() ? "" : " (limit " + quoted_text(n.limit) + ')'));
    }

    // A rule of its own, or, where it is short and nothing is to be said of it, what it says.
    expression part(std::size_t i, std::string const& base, std::string const& owner, room const& r = {}) {
        return book_.define(base, owner, false, [&] { return of(i, base, r); });
    }
    template <class Note>
    expression rule(std::size_t i, std::string const& base, std::string const& owner, room const& r, Note notes) {
        return book_.define(base, owner, true, [&] {
            notes();
            return of(i, base, r);
        });
    }

    expression integer(node const& n) {
        return book_.define(syntax::rule_name(n.name), {}, true, [&] {
            bool const little = n.name.ends_with("_le");
            note(std::string(n.is_signed ? "signed, two's complement" : "unsigned") +
                 (n.size.fewest == 1 ? "" : little ? ", least significant byte first" : ", most significant byte first"));
            return syntax::repeated(syntax::one_of(byte_set::all()), n.size.fewest, n.size.fewest);
        });
    }
    expression varint(node const& n) {
        return book_.define(syntax::rule_name(n.name.empty() ? "varint" : n.name), {}, true, [&] {
            note("7 bits in each byte, the least significant first; no more bytes than needed");
            if (n.is_signed) note("0, -1, 1, -2, 2 ... are 0, 1, 2, 3, 4 ...");
            return syntax::sequence({syntax::repeated(syntax::one_of(byte_set{}.with(0x80, 0xff)), 0, n.size.most - 1),
                                     syntax::one_of(byte_set{}.with(0, 0x7f))});
        });
    }
    expression number(node const& n) {
        if (n.is_signed) note(std::to_string(static_cast<std::int64_t>(n.least)) + " to " + std::to_string(static_cast<std::int64_t>(n.most)));
        else note(std::to_string(n.least) + " to " + std::to_string(n.most));
        byte_set const digits = n.set.without("-");
        std::uint64_t const most = n.size.most - (n.is_signed ? 1 : 0);
        expression const sign = syntax::maybe(syntax::text("-"));
        if (n.leading_zeros) {
            expression const all = syntax::repeated(syntax::one_of(digits), n.size.fewest, most);
            return n.is_signed ? syntax::sequence({sign, all}) : all;
        }
        expression significant = syntax::sequence({syntax::one_of(digits.without("0")), syntax::repeated(syntax::one_of(digits), 0, most - 1)});
        if (n.is_signed) significant = syntax::sequence({sign, significant});
        return syntax::alternatives({syntax::text("0"), significant});
    }
    expression characters(byte_set const& set, std::string const& base) {
        expression const one = syntax::one_of(set);
        return syntax::ranges_of(set) <= 3 ? one : book_.define_once(base + "-char", one);
    }

    expression length_prefixed(std::size_t i, std::string const& base) {
        node const& n = at(i);
        auto const says = [&] {
            std::string sentence = "bytes of " + base + "-content";
            if (n.adjustment > 0) sentence += ", and " + std::to_string(n.adjustment);
            if (n.adjustment < 0) sentence += ", less " + std::to_string(-n.adjustment);
            note(sentence);
        };
        expression length = rule(child(i), base + "-length", {}, {}, says);
        expression content = rule(child(i, 1), base + "-content", {}, {}, [&] { note_limit(n, "byte"); });
        return syntax::sequence({length, content});
    }
    expression streamed(std::size_t i, std::string const& base) {
        node const& n = at(i);
        note_limit(n, "byte");
        if (!n.abnf.empty()) return book_.adopt(n.abnf);
        expression const any = syntax::repeated(syntax::one_of(byte_set::all()), 0, unbounded);
        if (!has_child(i)) return note("to the end of the input"), any;
        expression length = rule(child(i), base + "-length", {}, {}, [&] { note("bytes of " + base + "-content"); });
        return syntax::sequence({length, book_.define(base + "-content", {}, true, [&] { return any; })});
    }
    std::vector<expression> ends_of(std::size_t i) const {
        std::vector<expression> result{syntax::text(at(i).bytes)};
        for (std::size_t k = at(i + 1).last; k < at(i).last; k = at(k).last) result.push_back(syntax::text(at(k).bytes));
        return result;
    }
    expression delimited(std::size_t i, std::string const& base) {
        node const& n = at(i);
        std::vector<expression> const ends = ends_of(i);
        room inside;
        bool const short_ends = std::all_of(ends.begin(), ends.end(), [](expression const& e) { return e.text.size() == 1; });
        for (expression const& e : ends)
            if (short_ends) inside.set = inside.set.without(e.text);
        shape const what = at(i + 1).what;
        if (!short_ends && (what == shape::bytes || what == shape::text)) note("ends at its first delimiter");
        if (at(i + 1).size.most > n.most) note_limit(n, "byte");
        if (n.optional_at_end) note("the delimiter may be missing at the end of the input");
        expression const end = syntax::alternatives(ends);
        return syntax::sequence({of(i + 1, base, inside), n.optional_at_end ? syntax::maybe(end) : end});
    }
    expression chosen(std::size_t i, std::string const& base) {
        node const& n = at(i);
        note("chosen by " + syntax::rule_name(n.name));
        std::vector<expression> all;
        std::size_t fewest = unbounded;
        bool const only = at(i + 1).last == n.last;
        from_.children(i, [&](std::size_t k) {
            all.push_back(only ? of(k, base) : part(k, base + '-' + std::to_string(all.size() + 1), {}));
            fewest = std::min(fewest, at(k).size.fewest);
        });
        expression result = syntax::alternatives(all);
        return n.size.fewest < fewest ? syntax::maybe(result) : result;
    }
    expression items(std::size_t i, std::size_t which, std::string const& base, std::uint64_t least, std::uint64_t most) {
        return syntax::repeated(part(child(i, which), base + "-item", {}), least, most);
    }

    expression of(std::size_t i, std::string const& base, room const& r = {}) {
        node const& n = at(i);
        switch (n.what) {
            case shape::opaque:
                if (!n.abnf.empty()) {
                    for (std::size_t k = i; k < n.last; ++k)
                        if (!at(k).limit.empty()) note_limit(at(k), "byte");
                    return book_.adopt(n.abnf);
                }
                if (!has_child(i)) return syntax::prose(n.name.empty() ? name_of(n.what) : n.name);
                note_limit(n, "byte");
                return of(i + 1, base, r);
            case shape::literal:
                if (n.set == byte_set{}) return syntax::text(n.bytes);
                note("written as " + quoted_text(n.bytes));
                return syntax::repeated(syntax::one_of(n.set), n.bytes.size(), n.bytes.size());
            case shape::integer: return integer(n);
            case shape::floating: note(std::string(n.name) + ", IEEE 754"); return octets(n);
            case shape::bits: note(std::string(n.name) + ": " + bit_fields(i)); return octets(n);
            case shape::varint: return varint(n);
            case shape::number: return number(n);
            case shape::run: return syntax::repeated(characters(n.set, base), n.size.fewest, n.size.most);
            case shape::text: return syntax::repeated(syntax::named("UTF8-char"), 0, unbounded);
            case shape::bytes: return syntax::repeated(syntax::one_of(r.set), r.least, r.most);
            case shape::fixed:
                if (at(i + 1).what != shape::bytes) note(plural(n.size.fewest, "byte"));
                return of(i + 1, base, {n.size.fewest, n.size.fewest});
            case shape::padded:
                note(plural(n.size.fewest, "byte") + ", filled up with " + quoted_text(n.bytes));
                return syntax::sequence({of(i + 1, base, {0, n.size.fewest}), syntax::repeated(syntax::text(n.bytes), 0, n.size.fewest)});
            case shape::aligned:
                note("filled up to a multiple of " + plural(n.least, "byte"));
                return syntax::sequence({of(i + 1, base, r), syntax::repeated(syntax::text(n.bytes), 0, n.least - 1)});
            case shape::dot_stuffed:
                note("lines; one that begins with a dot has it twice"), note_limit(n, "byte");
                return syntax::sequence({syntax::repeated(syntax::one_of(byte_set::all()), 0, unbounded), syntax::text(n.bytes)});
            case shape::quoted_string:
                note("escaped by " + quoted_text(n.bytes.substr(1))), note_limit(n, "byte");
                return syntax::sequence({syntax::text(n.bytes.substr(0, 1)), syntax::repeated(syntax::one_of(byte_set::all()), 0, unbounded), syntax::text(n.bytes.substr(0, 1))});
            case shape::trimmed: {
                expression const around = syntax::repeated(syntax::one_of(n.set), 0, unbounded);
                return syntax::sequence({around, of(i + 1, base, r), around});
            }
            case shape::length_prefixed: return length_prefixed(i, base);
            case shape::delimited: return delimited(i, base);
            case shape::rest: note("to the end of the input"), note_limit(n, "byte"); return of(i + 1, base);
            case shape::all_but: note("to " + plural(n.least, "byte") + " before the end of the input"), note_limit(n, "byte"); return of(i + 1, base);
            case shape::streamed: return streamed(i, base);
            case shape::field: return book_.define(syntax::rule_name(n.name), base, true, [&] { return of(i + 1, syntax::rule_name(n.name)); });
            case shape::repeat: return items(i, 0, base, n.most, n.most);
            case shape::repeat_counted: {
                expression count = rule(child(i), base + "-count", {}, {}, [&] { note("the number of items"), note_limit(n, "item"); });
                return syntax::sequence({count, items(i, 1, base, 0, unbounded)});
            }
            case shape::repeat_until: return syntax::sequence({items(i, 0, base, 0, n.most), syntax::alternatives(ends_of(i))});
            case shape::repeat_to_end: return items(i, 0, base, 0, n.most);
            case shape::checksummed: note(std::string(n.name) + " is " + std::string(n.to) + " of all bytes"); return of(i + 1, base);
            case shape::separated: {
                expression const one = items(i, 0, base, 1, 1);
                expression const more = syntax::repeated(syntax::sequence({syntax::text(n.bytes), one}), 0, n.most >= inherited ? unbounded : n.most - 1);
                return n.least == 0 ? syntax::maybe(syntax::sequence({one, more})) : syntax::sequence({one, more});
            }
            case shape::choice: {
                std::vector<expression> all;
                from_.children(i, [&](std::size_t k) {
                    std::string const name = syntax::rule_name(at(k).name);
                    all.push_back(rule(k, name, base, {}, [&] {
                        if (at(k).bytes.empty()) note("where nothing else can begin");
                    }));
                });
                return syntax::alternatives(all);
            }
            case shape::alternative: return syntax::sequence({syntax::text(n.bytes), of(i + 1, base)});
            case shape::chosen_by: return chosen(i, base);
            case shape::optional: note("where " + syntax::rule_name(n.name) + " says so"); return syntax::maybe(of(i + 1, base));
            case shape::sized_by: note("as many bytes as " + syntax::rule_name(n.name) + " says"), note_limit(n, "byte"); return of(i + 1, base);
            case shape::counted_by: note("as many items as " + syntax::rule_name(n.name) + " says"), note_limit(n, "item"); return items(i, 0, base, 0, unbounded);
            case shape::length_of: note("bytes of " + syntax::rule_name(n.name)); return of(i + 1, base);
            case shape::count_of: note("items of " + syntax::rule_name(n.name)); return of(i + 1, base);
            case shape::recursive: return definition(i);
            case shape::verified: note(std::string(n.name)); return of(i + 1, base, r);
            default: return all_children(i, base);  // a record, and what only wraps
        }
    }
    static expression octets(node const& n) { return syntax::repeated(syntax::one_of(byte_set::all()), n.size.fewest, n.size.fewest); }
    std::string bit_fields(std::size_t i) const {
        std::string all;
        from_.children(i, [&](std::size_t k) {
            node const& one = at(k);
            all += (all.empty() ? "" : ", ") + (one.name.empty() ? std::string("nothing") : std::string(one.name)) + ' ' + plural(one.width, "bit");
        });
        return all;
    }
    // A rule that may name itself.
    expression definition(std::size_t i) {
        node const& n = at(i);
        if (auto const known = definitions_.find(n.name); known != definitions_.end()) return syntax::named(known->second);
        return book_.define(syntax::rule_name(n.name), {}, true, [&] {
            definitions_[n.name] = book_.open_name();
            note("within itself " + std::to_string(n.most) + " levels deep at most" + (n.limit.empty() ? "" : " (limit " + quoted_text(n.limit) + ')'));
            return of(i + 1, syntax::rule_name(n.name));
        });
    }
    expression all_children(std::size_t i, std::string const& base) {
        if (!has_child(i) && at(i).what != shape::record) return syntax::prose(name_of(at(i).what));
        std::vector<expression> all;
        from_.children(i, [&](std::size_t k) { all.push_back(of(k, base)); });
        return syntax::sequence(std::move(all));
    }

    description const& from_;
    syntax::rule_book book_;
    std::map<std::string_view, std::string> definitions_;  // and their rules
};

}  // namespace detail

inline bool has_layout(description const& d) { return !d.nodes().empty() && d.nodes()[0].what != shape::table; }

// None for a description that is only of states.
inline syntax::rules rules_of(description const& d, std::string_view name) {
    return has_layout(d) ? detail::rule_maker(d).make(name) : syntax::rules{};
}

}  // namespace segue
