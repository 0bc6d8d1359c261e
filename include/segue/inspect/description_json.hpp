// A grammar as JSON, complete enough to rebuild its layout: a tree of the description's nodes.
//
// A member that is absent has its default: an empty text or set, zero, false; of `most` and of `size.most`, null means
// unbounded. Delimiters and literals are strings where they are valid UTF-8, else {"base64": ...}. A set is a list of
// ranges, [first, last], of byte values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "segue/core/description.hpp"
#include "segue/inspect/json.hpp"
#include "segue/inspect/text.hpp"

namespace segue {

namespace detail {

inline void write_size(json_writer& out, std::string_view name, std::size_t n) {
    out.key(name);
    if (n >= inherited) out.token("null");
    else out.integer(std::uint64_t{n});
}
inline void write_set(json_writer& out, byte_set const& set) {
    out.begin_array();
    for (unsigned first = 0; first < 256; ++first) {
        if (!set.has(static_cast<unsigned char>(first))) continue;
        unsigned last = first;
        while (last < 255 && set.has(static_cast<unsigned char>(last + 1))) ++last;
        out.begin_array();
        out.integer(std::uint64_t{first});
        out.integer(std::uint64_t{last});
        out.end_array();
        first = last;
    }
    out.end_array();
}

// Least and most are a range of numbers, or counts of bytes and items that may be unbounded.
inline void write_range(json_writer& out, node const& n) {
    bool const numeric = n.what == shape::integer || n.what == shape::bit_field || n.what == shape::varint || n.what == shape::number;
    if (numeric) {
        out.key("least");
        if (n.is_signed) out.integer(static_cast<std::int64_t>(n.least));
        else out.integer(n.least);
        out.key("most");
        if (n.is_signed) out.integer(static_cast<std::int64_t>(n.most));
        else out.integer(n.most);
    } else {
        if (n.least != 0) write_size(out, "least", n.least);
        if (n.most != 0) write_size(out, "most", n.most);
    }
}

inline void write_node(json_writer& out, description const& d, std::size_t at) {
    node const& n = d.nodes()[at];
    out.begin_object();
    out.key("shape");
    out.string(name_of(n.what));
    if (!n.name.empty()) {
        out.key("name");
        out.bytes(n.name);
    }
    out.key("size");
    out.begin_object();
    write_size(out, "fewest", n.size.fewest);
    write_size(out, "most", n.size.most);
    out.end_object();
    if (!n.bytes.empty()) {
        out.key("bytes");
        out.bytes(n.bytes);
    }
    if (n.set != byte_set{}) {
        out.key("set");
        write_set(out, n.set);
    }
    write_range(out, n);
    if (n.adjustment != 0) {
        out.key("adjustment");
        out.integer(n.adjustment);
    }
    if (!n.limit.empty()) {
        out.key("limit");
        out.string(n.limit);
    }
    if (!n.to.empty()) {
        out.key("to");
        out.string(n.to);
    }
    if (!n.abnf.empty()) {
        out.key("abnf");
        out.string(n.abnf);
    }
    if (n.what == shape::number) {
        out.key("base");
        out.integer(std::uint64_t{n.base});
    }
    if (n.width != 0) {
        out.key("width");
        out.integer(std::uint64_t{n.width});
    }
    auto const flag = [&](std::string_view name, bool set) {
        if (!set) return;
        out.key(name);
        out.token("true");
    };
    flag("signed", n.is_signed);
    flag("leading_zeros", n.leading_zeros);
    flag("optional_at_end", n.optional_at_end);
    flag("field_as_zero", n.field_as_zero);
    flag("any_value", n.any_value);
    flag("suspends_within", n.suspends_within);
    if (at + 1 < n.last) {
        out.key("children");
        out.begin_array();
        d.children(at, [&](std::size_t child) { write_node(out, d, child); });
        out.end_array();
    }
    out.end_object();
}

}  // namespace detail

// Behind the layout, where there are protocols of it, their tables.
//   {"limits": {"message": 65536, ...}, "layout": {"shape": "record", "size": {...}, "children": [...]}}
inline std::string describe_json(description const& d) {
    json_writer out;
    out.begin_object();
    out.key("limits");
    out.begin_object();
    detail::write_size(out, "message", d.limits().message);
    detail::write_size(out, "element", d.limits().element);
    detail::write_size(out, "items", d.limits().items);
    detail::write_size(out, "depth", d.limits().depth);
    out.end_object();
    out.key("layout");
    bool const layout = !d.nodes().empty() && d.nodes()[0].what != shape::table;
    if (!layout) out.token("null");
    else detail::write_node(out, d, 0);
    std::size_t const tables = layout ? d.nodes()[0].last : 0;
    if (tables < d.nodes().size()) {
        out.key("states");
        out.begin_array();
        for (std::size_t i = tables; i < d.nodes().size(); i = d.nodes()[i].last) detail::write_node(out, d, i);
        out.end_array();
    }
    out.end_object();
    return std::move(out.text);
}

}  // namespace segue
