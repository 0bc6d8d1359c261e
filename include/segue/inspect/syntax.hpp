// A grammar as rules over bytes: what ABNF writes down and a railroad diagram draws.
//
// It is the description without the types: what is not said by the bytes alone, as a length, is a note of its rule.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/core/byte_set.hpp"
#include "segue/core/limits.hpp"

namespace segue::syntax {

struct expression {
    enum class form : std::uint8_t {
        text,          // exactly these bytes
        set,           // one byte of it
        rule,          // the rule of this name
        prose,         // what only a sentence says
        sequence,      // of parts; of none: no bytes at all
        alternatives,  // one of the parts
        repetition,    // the one part, `least` to `most` times
    };
    form what = form::sequence;
    std::string text{};
    byte_set set{};
    std::uint64_t least = 0;
    std::uint64_t most = 0;  // `unbounded` is for ever
    std::vector<expression> parts{};

    friend bool operator==(expression const&, expression const&) = default;
};

struct rule {
    std::string name;
    expression body{};
    std::vector<std::string> notes{};
};
// The first one is the start.
using rules = std::vector<rule>;

// The makers keep one form for one meaning: a set of one byte is a text, texts in a sequence
// are one, sequences do not stand in sequences.
inline expression text(std::string_view bytes) {
    if (bytes.empty()) return {};
    return {.what = expression::form::text, .text = std::string(bytes)};
}
inline expression one_of(byte_set const& set) {
    if (set.size() != 1) return {.what = expression::form::set, .set = set};
    char byte = '\0';
    while (!set.has(byte)) ++byte;
    return text({&byte, 1});
}
inline expression named(std::string_view name) { return {.what = expression::form::rule, .text = std::string(name)}; }
inline expression prose(std::string_view sentence) { return {.what = expression::form::prose, .text = std::string(sentence)}; }

inline expression sequence(std::vector<expression> parts) {
    expression result;
    auto const take = [&](expression& part) {
        bool const text = part.what == expression::form::text;
        if (text && !result.parts.empty() && result.parts.back().what == expression::form::text) result.parts.back().text += part.text;
        else result.parts.push_back(std::move(part));
    };
    for (expression& part : parts) {
        if (part.what != expression::form::sequence) take(part);
        else for (expression& inner : part.parts) take(inner);
    }
    if (result.parts.size() != 1) return result;
    expression only = std::move(result.parts[0]);
    return only;
}

inline bool is_one_byte(expression const& e) {
    return e.what == expression::form::set || (e.what == expression::form::text && e.text.size() == 1);
}
inline byte_set bytes_of(expression const& one_byte) {
    return one_byte.what == expression::form::set ? one_byte.set : byte_set::of(one_byte.text);
}

// Neighbours of one byte are one set; what stands twice, once.
inline expression alternatives(std::vector<expression> const& parts) {
    expression result{.what = expression::form::alternatives};
    auto const take = [&](expression const& part) {
        if (!result.parts.empty() && is_one_byte(part) && is_one_byte(result.parts.back()))
            result.parts.back() = one_of(bytes_of(result.parts.back()) | bytes_of(part));
        else if (result.parts.empty() || !(result.parts.back() == part))
            result.parts.push_back(part);
    };
    for (expression const& part : parts) {
        if (part.what != expression::form::alternatives) take(part);
        else for (expression const& inner : part.parts) take(inner);
    }
    if (result.parts.size() != 1) return result;
    expression only = std::move(result.parts[0]);
    return only;
}
inline expression repeated(expression what, std::uint64_t least, std::uint64_t most) {
    if (most >= inherited) most = unbounded;
    if ((least == 1 && most == 1) || (what.what == expression::form::sequence && what.parts.empty())) return what;
    expression result{.what = expression::form::repetition, .least = least, .most = most};
    result.parts.push_back(std::move(what));
    return result;
}
inline expression maybe(expression what) { return repeated(std::move(what), 0, 1); }

// The names of rules that it asks for.
inline void collect_names(expression const& e, std::vector<std::string>& to) {
    if (e.what == expression::form::rule) to.push_back(e.text);
    for (expression const& part : e.parts) collect_names(part, to);
}

}  // namespace segue::syntax
