// A message as JSON: its members' names as keys, in order. json_form.hpp has the table of the forms.
#pragma once

#include <bit>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <variant>

#include "segue/inspect/guide.hpp"
#include "segue/inspect/json.hpp"
#include "segue/inspect/json_form.hpp"

namespace segue {

namespace detail {

template <class V>
struct this_type_needs_its_own_json_form;

template <std::floating_point V>
void write_floating(json_writer& out, V v) {
    if (std::isnan(v)) {
        using bits = std::conditional_t<sizeof(V) == sizeof(std::uint32_t), std::uint32_t, std::uint64_t>;
        auto const raw = std::bit_cast<bits>(v);
        if (raw == std::bit_cast<bits>(std::numeric_limits<V>::quiet_NaN())) return out.string("NaN");
        char name[24] = "NaN ";
        auto const end = std::to_chars(name + 4, name + sizeof name, raw, 16).ptr;
        return out.string({name, static_cast<std::size_t>(end - name)});
    }
    if (std::isinf(v)) return out.string(v < 0 ? "-Infinity" : "Infinity");
    char digits[64];
    auto const end = std::to_chars(digits, digits + sizeof digits, v).ptr;
    out.token({digits, static_cast<std::size_t>(end - digits)});
}

}  // namespace detail

// One value, where the writer stands.
template <class V>
void write_json(json_writer& out, V const& v, guide const& along) {
    if constexpr (own_json_form<V>) {
        json_form<V>::write(out, v);
    } else if constexpr (std::same_as<V, bool>) {
        out.token(v ? "true" : "false");
    } else if constexpr (std::is_enum_v<V>) {
        write_json(out, static_cast<std::underlying_type_t<V>>(v), along);
    } else if constexpr (std::signed_integral<V>) {
        out.integer(static_cast<std::int64_t>(v));
    } else if constexpr (std::unsigned_integral<V>) {
        out.integer(static_cast<std::uint64_t>(v));
    } else if constexpr (std::floating_point<V>) {
        detail::write_floating(out, v);
    } else if constexpr (byte_value<V>) {
        out.bytes(characters_of(v));
    } else if constexpr (std::same_as<V, streamed_bytes>) {
        if (v.size == streamed_bytes::unknown) out.token("null");
        else out.integer(v.size);
    } else if constexpr (members<V>) {
        out.begin_object();
        std::size_t i = 0;
        for_each_member(v, [&](std::string_view name, auto const& member) {
            out.key(name);
            write_json(out, member, along.part(i++));
        });
        out.end_object();
    } else if constexpr (empty_value<V>) {
        out.token("null");
    } else if constexpr (is_variant<V>) {
        out.begin_object();
        out.key(along.name(v.index()));
        std::visit([&](auto const& held) { write_json(out, held, along.part(v.index())); }, v);
        out.end_object();
    } else if constexpr (optional_like<V>) {
        constexpr bool wrapped = null_in_json<typename V::value_type>;
        if (!v.has_value()) return out.token("null");
        if (wrapped) out.begin_array();
        write_json(out, *v, along.part(0));
        if (wrapped) out.end_array();
    } else if constexpr (array_in_json<V>) {
        out.begin_array();
        for (auto const& item : v) write_json(out, item, along.part(0));
        out.end_array();
    } else {
        (void)sizeof(detail::this_type_needs_its_own_json_form<V>);
    }
}

// A whole message, always as an object: a message that is none stands under "value".
template <class T>
void write_message(json_writer& out, T const& message, guide const& along) {
    if constexpr (object_in_json<T>) {
        write_json(out, message, along);
    } else {
        out.begin_object();
        out.key("value");
        write_json(out, message, along);
        out.end_object();
    }
}

template <class T>
std::string message_json(T const& message, guide const& along = {}) {
    json_writer out;
    write_message(out, message, along);
    return std::move(out.text);
}

}  // namespace segue
