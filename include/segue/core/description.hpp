// What a grammar is, as data: a tree in one array, parents before children. Every codec adds one node.
//
// It feeds the drawings and the JSON of inspect/, the random wire bytes of testing/, and the drivers, which learn from
// it the byte sets that deserve a class bitmap and the names of the limits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "segue/core/byte_set.hpp"
#include "segue/core/limits.hpp"
#include "segue/core/size_bound.hpp"

namespace segue {

enum class shape : std::uint8_t {
    opaque,           // `abnf`, if any; child, if it only finds where that ends
    literal,          // bytes; others of `set` are read, too
    integer,          // name; least .. most
    floating,         // name; IEEE 754
    varint,           // least .. most
    number,           // digits of base `base`, with or without leading zeros; least .. most
    run,              // characters of `set`, `size` of them
    text,             // UTF-8 to the end of the segment
    bytes,            // anything to the end of the segment
    fixed,            // child, exactly `size` bytes
    padded,           // child, filled up with bytes[0]
    aligned,          // child, filled up with bytes[0] to a multiple of `least` bytes
    trimmed,          // child, between any of `set`
    length_prefixed,  // child 0: the length; child 1: the content; adjustment
    delimited,        // child, then `bytes` or the `bytes` of its literal children that follow
    dot_stuffed,      // lines to `bytes`
    quoted_string,    // between quotes bytes[0], escaped by bytes[1]; of `set`
    rest,             // child, to the end of the input
    all_but,          // child, to `least` bytes before the end
    streamed,         // child 0, if any: the length; `abnf`, if it is framed
    record,           // fields and literals in order
    field,            // name; child
    bits,             // name: bits_be or bits_le; bit fields in order
    bit_field,        // name, if any; `width` bits; least .. most
    repeat,           // child, `least` to `most` times
    repeat_counted,   // child 0: the count; child 1: the item
    repeat_until,     // child, then `bytes` or the `bytes` of its literal children that follow
    repeat_to_end,    // child, to the end of the input
    separated,        // child, between them `bytes`
    choice,           // alternatives
    alternative,      // name; `bytes` is its tag; child
    chosen_by,        // name: the field that decides; alternatives
    optional,         // name: the field that decides; child
    sized_by,         // name: the field that holds the size; child
    counted_by,       // name: the field that holds the count; child
    length_of,        // name: the field that is measured; child
    count_of,         // name: the field that is counted; child
    mapped,           // child
    verified,         // name: the rule, a sentence; child
    recursive,        // name: the definition; child, or none where it stands inside itself; at most `most` levels
    recover,          // child; on with the next frame, or to or past (`to`) the mark in `bytes`; at most `most` bytes passed over
    checksummed,      // name: the field that holds the sum; `to`: the kind of sum; child
    table,            // name: the protocol; its transitions
    transition,       // name: the state; `bytes`: the input; `to`: the next state
};

struct node {
    shape what = shape::opaque;
    size_bound size{};                 // bytes on the wire
    std::string_view name{};           // of static storage, as `bytes`
    std::string_view bytes{};
    byte_set set{};
    std::uint64_t least = 0;
    std::uint64_t most = 0;
    std::int64_t adjustment = 0;       // the prefix says this much more than the content has
    std::string_view limit{};          // the name of its limit
    std::string_view to{};
    std::string_view abnf{};           // rules of RFC 5234 over bytes, a line each; the first one is the node's own
    std::uint8_t base = 10;
    std::uint8_t width = 0;            // in bits
    bool is_signed = false;
    bool leading_zeros = false;        // up to the size
    bool optional_at_end = false;      // the last one of the input may go without its delimiter
    bool field_as_zero = false;        // its own bytes count as zeros; else they are left out
    bool any_value = false;            // other padding is passed over
    bool suspends_within = false;      // its content is read as it arrives: not a closed segment
    std::uint32_t last = 0;            // one past its last descendant

    friend constexpr bool operator==(node const&, node const&) = default;
};

class description {
public:
    constexpr explicit description(segue::limits l = {}) : limits_(l) {}

    constexpr segue::limits const& limits() const { return limits_; }
    constexpr std::vector<node> const& nodes() const { return nodes_; }

    template <class... Child>
    constexpr void add(node n, Child const&... child) {
        std::size_t const at = nodes_.size();
        nodes_.push_back(n);
        (child.describe(*this), ...);
        nodes_[at].last = static_cast<std::uint32_t>(nodes_.size());
    }

    // for a node whose children were described one by one
    constexpr void close(std::size_t at) { nodes_[at].last = static_cast<std::uint32_t>(nodes_.size()); }
    // one more child of a node that was added and has no younger relative yet
    constexpr void add_child(std::size_t parent, node n) {
        n.last = static_cast<std::uint32_t>(nodes_.size() + 1);
        nodes_.push_back(n);
        nodes_[parent].last = n.last;
    }

    // A definition is described once: false inside of itself.
    constexpr bool begin_definition(std::string_view name) {
        for (std::string_view open : definitions_)
            if (open == name) return false;
        definitions_.push_back(name);
        return true;
    }
    constexpr void end_definition() { definitions_.pop_back(); }

    // Of a recursive node: the content of its definition, which the outermost one of that name has.
    constexpr std::size_t definition_of(std::size_t at) const {
        std::size_t i = 0;
        while (nodes_[i].what != shape::recursive || nodes_[i].name != nodes_[at].name || nodes_[i].last == i + 1) ++i;
        return i + 1;
    }

    // calls visit(index) for each child of the node
    template <class Visit>
    constexpr void children(std::size_t parent, Visit visit) const {
        for (std::size_t i = parent + 1; i < nodes_[parent].last; i = nodes_[i].last) visit(i);
    }
    constexpr std::size_t child(std::size_t parent, std::size_t which) const {
        std::size_t i = parent + 1;
        while (which-- > 0) i = nodes_[i].last;
        return i;
    }

private:
    segue::limits limits_;
    std::vector<node> nodes_;
    std::vector<std::string_view> definitions_;  // under way
};

}  // namespace segue
