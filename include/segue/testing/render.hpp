// A value as text that differs where values differ: what the laws compare, and print when they break.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>

#include "segue/core/error.hpp"
#include "segue/message/follow.hpp"
#include "segue/segment/streamed.hpp"

namespace segue::testing {

// Bytes as text in quotes: printable ASCII as it is, the rest as \xNN.
inline std::string quoted(std::string_view raw) {
    std::string out = "\"";
    for (char c : raw) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\') {
            out += c;
        } else {
            out += "\\x";
            out += "0123456789abcdef"[byte >> 4];
            out += "0123456789abcdef"[byte & 15];
        }
    }
    return out + '"';
}

template <class T>
std::string render(T const& v) {
    if constexpr (std::is_enum_v<T>) {
        return render(static_cast<std::underlying_type_t<T>>(v));
    } else if constexpr (std::floating_point<T>) {  // the bits: NaNs that differ and two zeros look alike in digits
        using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
        return std::to_string(v) + "#" + std::to_string(std::bit_cast<bits>(v));
    } else if constexpr (std::is_arithmetic_v<T>) {
        return std::to_string(v);
    } else if constexpr (std::same_as<T, streamed_bytes>) {
        return "streamed " + std::to_string(v.size);
    } else if constexpr (std::is_empty_v<T>) {
        return "nothing";
    } else if constexpr (byte_value<T>) {
        return quoted(characters_of(v));
    } else if constexpr (members<T>) {
        std::string out = "{";
        for_each_member(v, [&](std::string_view name, auto const& member) {
            out += out.size() == 1 ? "" : ", ";
            out += std::string(name) + ": " + render(member);
        });
        return out + "}";
    } else if constexpr (is_variant<T>) {
        return std::visit([&](auto const& held) { return "#" + std::to_string(v.index()) + " " + render(held); }, v);
    } else if constexpr (optional_like<T>) {
        return v ? "some " + render(*v) : "none";
    } else if constexpr (tuple_like<T>) {
        std::string out = "(";
        std::apply([&](auto const&... element) { ((out += (out.size() == 1 ? "" : ", ") + render(element)), ...); }, v);
        return out + ")";
    } else {
        std::string out = "[";
        for (auto const& item : v) out += (out.size() == 1 ? "" : ", ") + render(item);
        return out + "]";
    }
}

inline std::string render(error const& e) {
    std::string out = std::string(name_of(e.code)) + " at " + std::to_string(e.offset) + " in ";
    for (std::size_t i = e.places(); i-- > 0;)
        out += e.path[i].field ? "." + std::string(e.path[i].field) : "[" + std::to_string(e.path[i].index) + "]";
    if (e.limit != 0 || e.observed != 0) out += " limit " + std::to_string(e.limit) + " observed " + std::to_string(e.observed);
    if (!e.expected.empty()) out += " expected " + quoted(e.expected);
    return out;
}

}  // namespace segue::testing
