// One grammar with nearly every combinator, and one that contains itself, for what draws and follows descriptions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "segue/segue.hpp"

namespace all_of_it {

using namespace segue;

enum class color : std::uint8_t { red, green };

struct point {
    BOOST_HANA_DEFINE_STRUCT(point, (std::uint8_t, x), (std::int8_t, y));
    friend bool operator==(point const&, point const&) = default;
};
using scalar = std::variant<std::uint32_t, std::string>;
using body = std::variant<std::uint16_t, point>;

struct message {
    BOOST_HANA_DEFINE_STRUCT(message,
        (std::uint8_t, kind),
        (std::uint64_t, id),
        (color, tint),
        (std::vector<scalar>, scalars),
        (body, payload),
        (std::optional<scalar>, extra),
        (std::string, name),
        (std::vector<std::string>, words));
    friend bool operator==(message const&, message const&) = default;
};

inline constexpr auto scalar_grammar = choice(alternative<"number", "#">(delimited<";">(hexadecimal<std::uint32_t>)),
                                              alternative<"text", "$">(length_prefixed(u8, text)));

inline constexpr auto choose_body = [](std::uint8_t kind) {
    using either = std::variant<std::remove_cvref_t<decltype(u16_be)>,
                                std::remove_cvref_t<decltype(record<point>(field<"x">(u8), field<"y">(i8)))>>;
    return kind == 0 ? either(u16_be) : either(record<point>(field<"x">(u8), field<"y">(i8)));
};

inline constexpr auto grammar = record<message>(
    literal<"\xff\r\n">,
    field<"kind">(verified(
        u8, [](std::uint8_t v) { return v < 4; }, "a kind is below 4")),
    field<"id">(varint),
    field<"tint">(mapped(
        u8, [](std::uint8_t v) { return static_cast<color>(v); },
        [](color c) { return static_cast<std::uint8_t>(c); })),
    field<"scalars">(repeat_counted(u8, scalar_grammar).max<3, "scalars">()),
    field<"payload">(chosen_by<"kind">(choose_body)),
    field<"extra">(optional_if<"kind">([](std::uint8_t kind) { return kind > 1; }, scalar_grammar)),
    field<"name">(delimited_any<"\n", "\r\n">(trimmed<" ">(charset<byte_set{}.with('a', 'z').with(" ")>))),
    field<"words">(repeat_until<".">(delimited<",">(charset<byte_set{}.with('a', 'z')>))));

struct tree {
    BOOST_HANA_DEFINE_STRUCT(tree, (std::uint8_t, value), (std::vector<tree>, children));
};

}  // namespace all_of_it

template <>
struct segue::definition<all_of_it::tree> {
    static constexpr std::string_view name = "tree";
    static constexpr auto codec =
        record<all_of_it::tree>(segue::field<"value">(u8), segue::field<"children">(repeat_counted(u8, recursive<all_of_it::tree>)));
};
