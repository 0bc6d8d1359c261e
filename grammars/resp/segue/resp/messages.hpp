// What Redis servers and clients say, as values: RESP2 and RESP3. Text is std::string_view or std::string; so a struct
// decides whether it points at the wire or owns its bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "segue/core/step.hpp"
#include "segue/message/follow.hpp"
#include "segue/message/members.hpp"

namespace segue::resp {

// The alternatives of a value, in their order. Each form on the wire is one of its own, so that it is written as it was read.
enum class type : std::uint8_t {
    bulk_string,      // $5 hello
    simple_string,    // +OK
    integer,          // :1
    array,            // *2 ...
    simple_error,     // -ERR ...
    null_bulk_string, // $-1   RESP2
    null_array,       // *-1   RESP2
    null,             // _     RESP3, and all that follow
    boolean,          // #t
    double_,          // ,1.5  its text: the reader converts it, or does not
    big_number,       // (349  its text
    bulk_error,       // !21 ...
    verbatim_string,  // =15 txt:...
    map,              // %2 ...
    set,              // ~2 ...
    push,             // >2 ...
    attributed,       // |1 ... and the value that it is about
    streamed_string,  // $? ;4 ... ;0
    streamed_array,   // *? ... .
    streamed_map,     // %? ... .
    streamed_set,     // ~? ... .
};

template <class Text>
struct basic_value;
template <class Text>
struct basic_entry;

struct boolean {
    BOOST_HANA_DEFINE_STRUCT(boolean, (bool, holds));
    friend constexpr bool operator==(boolean const&, boolean const&) = default;
};
template <class Text>
struct basic_verbatim {
    BOOST_HANA_DEFINE_STRUCT(basic_verbatim, (Text, format), (Text, text));
    friend constexpr bool operator==(basic_verbatim const&, basic_verbatim const&) = default;
};
template <class Text>
struct basic_attributed {
    using entries = std::vector<basic_entry<Text>>;
    using one_value = std::vector<basic_value<Text>>;  // always one: a value cannot hold itself
    BOOST_HANA_DEFINE_STRUCT(basic_attributed, (entries, attributes), (one_value, value));
    friend bool operator==(basic_attributed const& a, basic_attributed const& b) {
        return a.attributes == b.attributes && a.value == b.value;
    }
};

template <class Text>
struct basic_value {
    using text_type = Text;
    using items_type = std::vector<basic_value>;
    using entries_type = std::vector<basic_entry<Text>>;
    using any = std::variant<Text, Text, std::int64_t, items_type, Text, nothing, nothing, nothing, boolean, Text, Text, Text,
                             basic_verbatim<Text>, entries_type, items_type, items_type, basic_attributed<Text>,
                             std::vector<Text>, items_type, entries_type, items_type>;
    BOOST_HANA_DEFINE_STRUCT(basic_value, (any, is));

    // make<type::simple_string>("OK")
    template <type Type, class... From>
    static basic_value make(From&&... from) {
        return {any(std::in_place_index<static_cast<std::size_t>(Type)>, std::forward<From>(from)...)};
    }
    constexpr resp::type type() const { return static_cast<resp::type>(is.index()); }
    // What it holds if it is of this type, else nullptr.
    template <resp::type Type>
    constexpr auto const* get() const {
        return std::get_if<static_cast<std::size_t>(Type)>(&is);
    }
    template <resp::type Type>
    constexpr auto* get() {
        return std::get_if<static_cast<std::size_t>(Type)>(&is);
    }
    constexpr bool is_null() const {
        return type() == resp::type::null || type() == resp::type::null_bulk_string || type() == resp::type::null_array;
    }
    constexpr bool is_error() const { return type() == resp::type::simple_error || type() == resp::type::bulk_error; }
    // The characters of a string, an error or a number that is kept as text; of a verbatim string without its format.
    constexpr std::string_view text() const {
        return std::visit([]<class V>(V const& v) -> std::string_view {
            if constexpr (byte_value<V>) return v;
            else if constexpr (requires { v.format; }) return v.text;
            else return {};
        }, is);
    }
    // The items of an array, a set or a push, streamed or not; no others have any.
    items_type const& items() const {
        static items_type const none;
        return std::visit([]<class V>(V const& v) -> items_type const& {
            if constexpr (std::is_same_v<V, items_type>) return v;
            else return none;
        }, is);
    }
    friend bool operator==(basic_value const& a, basic_value const& b) { return a.is == b.is; }
};
template <class Text>
struct basic_entry {
    BOOST_HANA_DEFINE_STRUCT(basic_entry, (basic_value<Text>, key), (basic_value<Text>, value));
    friend bool operator==(basic_entry const& a, basic_entry const& b) { return a.key == b.key && a.value == b.value; }
};

using value = basic_value<std::string_view>;
using entry = basic_entry<std::string_view>;
using owned_value = basic_value<std::string>;
using owned_entry = basic_entry<std::string>;

// What a client sends: the name of the command and what it is about.
template <class Text>
struct basic_command {
    BOOST_HANA_DEFINE_STRUCT(basic_command, (std::vector<Text>, arguments));
    friend bool operator==(basic_command const& a, basic_command const& b) { return a.arguments == b.arguments; }
};
using command = basic_command<std::string_view>;
using owned_command = basic_command<std::string>;

// What a server reads: a command, or a line that somebody typed (inline_words has its words).
struct request {
    using any = std::variant<std::vector<std::string_view>, std::string_view>;
    BOOST_HANA_DEFINE_STRUCT(request, (any, is));
    friend bool operator==(request const& a, request const& b) { return a.is == b.is; }
};

}  // namespace segue::resp

template <class Text>
struct segue::follows<segue::resp::basic_value<Text>> {
    static constexpr bool views = byte_view<Text>;
};
