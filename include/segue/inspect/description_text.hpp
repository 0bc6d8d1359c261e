// A grammar as an indented tree: a line for each codec, with its size on the wire and its limit.
//
// A field and an alternative share the line of their content; a prefix stands under what it measures. A protocol's states
// are a table.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "segue/core/description.hpp"
#include "segue/inspect/text.hpp"

namespace segue {

// 4 bytes, 9 to 264 bytes, 2 or more bytes
inline std::string size_text(size_bound size) {
    if (size.exact()) return std::to_string(size.fewest) + (size.fewest == 1 ? " byte" : " bytes");
    if (size.most >= inherited) return std::to_string(size.fewest) + " or more bytes";
    return std::to_string(size.fewest) + " to " + std::to_string(size.most) + " bytes";
}

namespace detail {

class description_printer {
public:
    explicit description_printer(description const& from) : from_(from) {}

    std::string print() {
        for (std::size_t i = 0; i < from_.nodes().size(); i = at(i).last) line(i, 0, {});
        return std::move(result_);
    }
    // What the codec is, without its size and its parts.
    std::string phrase(std::size_t i) const {
        node const& n = at(i);
        std::string const what(name_of(n.what));
        std::string const name(n.name);
        switch (n.what) {
            case shape::literal: return quoted_text(n.bytes) + (n.set == byte_set{} ? "" : ", or any other bytes");
            case shape::opaque: return (name.empty() ? what : name) + (n.limit.empty() ? "" : limit(n, "bytes"));
            case shape::integer: return name;
            case shape::varint: return name;
            case shape::number: return (n.base == 16 ? "hexadecimal number, " : "decimal number, ") + range(n) +
                                       (n.leading_zeros ? ", leading zeros allowed" : "");
            case shape::run: return "characters " + set_text(n.set);
            case shape::padded: return "padded with " + quoted_text(n.bytes);
            case shape::trimmed: return "trimmed of " + set_text(n.set);
            case shape::length_prefixed:
                return what + (n.adjustment == 0 ? "" : ", the length says " + std::to_string(n.adjustment) + " more") +
                       limit(n, "bytes of content");
            case shape::delimited:
                return "delimited by " + delimiters(i) + (n.optional_at_end ? ", optional at the end of input" : "") +
                       limit(n, "bytes of content");
            case shape::rest: return "the rest" + limit(n, "bytes");
            case shape::all_but: return "all but the last " + std::to_string(n.least) + " bytes" + limit(n, "bytes");
            case shape::streamed: return what + limit(n, "bytes");
            case shape::repeat: return std::to_string(n.most) + " times";
            case shape::repeat_counted: return "items behind their count" + limit(n, "items");
            case shape::repeat_until: return "items until " + delimiters(i) + limit(n, "items");
            case shape::separated:
                return "items separated by " + quoted_text(n.bytes) + (n.least == 0 ? ", or none" : "") +
                       limit(n, "items");
            case shape::choice: return "one of";
            case shape::chosen_by: return "chosen by " + name;
            case shape::optional: return "present if " + name + " says so";
            case shape::sized_by: return "of the size in " + name + limit(n, "bytes");
            case shape::counted_by: return "as many items as " + name + " says" + limit(n, "items");
            case shape::length_of: return "the length of " + name;
            case shape::count_of: return "the count of " + name;
            case shape::verified: return "verified: " + name;
            case shape::recursive: return n.last == i + 1 ? name + ", as above" : name;
            case shape::floating: return name;
            case shape::aligned:
                return "filled up with " + (n.any_value ? "anything" : quoted_text(n.bytes)) + " to a multiple of " + std::to_string(n.least) + " bytes";
            case shape::dot_stuffed: return "lines until " + quoted_text(n.bytes) + limit(n, "bytes of content");
            case shape::quoted_string:
                return "string in " + quoted_text(n.bytes.substr(0, 1)) + ", escaped by " + quoted_text(n.bytes.substr(1)) + limit(n, "bytes of content");
            case shape::bits: return name;
            case shape::bit_field: return (name.empty() ? "" : name + ": ") + bits(n);
            case shape::repeat_to_end: return "items to the end" + limit(n, "items");
            case shape::recover:
                return "broken ones are passed over, " + (n.bytes.empty() ? "on with the next" : std::string(n.to) + ' ' + quoted_text(n.bytes)) + limit(n, "bytes");
            case shape::checksummed:
                return name + " is " + std::string(n.to) + (n.field_as_zero ? " of all bytes, its own as zeros" : " of all other bytes");
            default: return what;
        }
    }

private:
    node const& at(std::size_t i) const { return from_.nodes()[i]; }
    bool has_child(std::size_t i) const { return i + 1 < at(i).last; }

    static std::string limit(node const& n, std::string_view unit) {
        std::string result =
            n.most >= inherited ? ", unbounded" : ", at most " + std::to_string(n.most) + ' ' + std::string(unit);
        if (!n.limit.empty()) result += " (limit \"" + std::string(n.limit) + "\")";
        return result;
    }
    // the delimiters, of which all but the first are literal children behind the content
    std::string delimiters(std::size_t i) const {
        std::string result = quoted_text(at(i).bytes);
        std::size_t which = 0;
        from_.children(i, [&](std::size_t child) {
            if (which++ != 0) result += " or " + quoted_text(at(child).bytes);
        });
        return result;
    }
    static std::string range(node const& n) {
        if (n.is_signed)
            return std::to_string(static_cast<std::int64_t>(n.least)) + " to " +
                   std::to_string(static_cast<std::int64_t>(n.most));
        return std::to_string(n.least) + " to " + std::to_string(n.most);
    }

    // what is always the same, or passed over, has no name
    static std::string bits(node const& n) {
        std::string const all = std::to_string(n.width) + (n.width == 1 ? " bit" : " bits");
        if (!n.name.empty()) return all;
        return all + (n.least == n.most ? ", always " + std::to_string(n.most) : ", any value");
    }

    void line(std::size_t i, std::size_t depth, std::string const& lead) {
        node const& n = at(i);
        if (n.what == shape::table) return table(i);
        if ((n.what == shape::field || n.what == shape::alternative) && has_child(i)) {
            std::string const tag = n.bytes.empty() ? "" : ' ' + quoted_text(n.bytes);
            return line(i + 1, depth, lead + std::string(n.name) + tag + ": ");
        }
        result_ += std::string(2 * depth, ' ') + lead + phrase(i) + (n.what == shape::bit_field ? "" : "  [" + size_text(n.size) + "]") + '\n';
        std::size_t which = 0;
        bool const counted = n.what == shape::repeat_counted;
        bool const measured = n.what == shape::length_prefixed || n.what == shape::streamed || counted;
        from_.children(i, [&](std::size_t child) {
            bool const first = which++ == 0;
            if ((n.what == shape::delimited || n.what == shape::repeat_until) && !first) return;
            line(child, depth + 1, first && measured ? (counted ? "count: " : "length: ") : "");
        });
    }

    // A state's transitions stand below each other, where the state is first left.
    void table(std::size_t i) {
        result_ += "states of " + std::string(at(i).name) + '\n';
        std::size_t widest_state = 0, widest_input = 0;
        from_.children(i, [&](std::size_t row) {
            widest_state = std::max(widest_state, at(row).name.size());
            widest_input = std::max(widest_input, at(row).bytes.size());
        });
        auto const padded = [](std::string_view what, std::size_t width) { return std::string(what) + std::string(width - what.size(), ' '); };
        std::string_view before;
        from_.children(i, [&](std::size_t row) {
            std::string_view const state = at(row).name == before ? std::string_view() : at(row).name;
            before = at(row).name;
            result_ += "  " + padded(state, widest_state) + "  " + padded(at(row).bytes, widest_input) + "  -> " + std::string(at(row).to) + '\n';
        });
    }

    description const& from_;
    std::string result_;
};

}  // namespace detail

// An indented tree, a line for each codec.
inline std::string describe_text(description const& d) { return detail::description_printer(d).print(); }

}  // namespace segue
