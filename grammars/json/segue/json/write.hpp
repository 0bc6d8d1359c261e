// JSON text of values. forms.hpp has the table of the types; an optional member that is empty is left out.
//
// What could not be read back is refused: NaN and infinities, strings that are not UTF-8, numbers and raw texts that are none,
// more levels than a reader takes.
#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "segue/core/error.hpp"
#include "segue/json/forms.hpp"
#include "segue/wire/input.hpp"
#include "segue/wire/output.hpp"
#include "segue/wire/scan.hpp"
#include "segue/wire/utf8.hpp"

namespace segue::json {

// Whether it is one JSON text of no more levels, with nothing around it.
bool is_text(std::string_view whole, std::size_t levels = settings::deepest);

// What is written to: all its members answer false where it has failed.
struct string_sink {
    std::string& to;
    std::size_t levels = settings::deepest;  // that may still be opened
    segue::error failure{};

    bool put(std::string_view more) {
        to += more;
        return true;
    }
    [[gnu::cold, gnu::noinline]] bool fail(errc code, std::string_view what) {
        note_failure(&failure, code, to.size(), 0, 0, what);
        return false;
    }
    [[gnu::cold, gnu::noinline]] bool inside(error::place place) {
        note_place(&failure, place);
        return false;
    }
};
struct output_sink {
    output& to;
    std::size_t levels = settings::deepest;

    bool put(std::string_view more) { return to.put(more) == step::done; }
    bool fail(errc code, std::string_view what) {
        to.fail(code, what);
        return false;
    }
    bool inside(error::place place) {
        to.inside(place);
        return false;
    }
};

template <class Sink, class T>
bool write_value(Sink& out, T const& v);

namespace detail {

template <class Sink>
bool open(Sink& out, std::string_view bracket) {
    if (out.levels == 0) return out.fail(errc::too_deep, "fewer levels of arrays and objects");
    --out.levels;
    return out.put(bracket);
}
template <class Sink>
bool close(Sink& out, std::string_view bracket) {
    ++out.levels;
    return out.put(bracket);
}

template <class Sink>
bool write_escape(Sink& out, char c) {
    switch (c) {
        case '"': return out.put("\\\"");
        case '\\': return out.put("\\\\");
        case '\b': return out.put("\\b");
        case '\f': return out.put("\\f");
        case '\n': return out.put("\\n");
        case '\r': return out.put("\\r");
        case '\t': return out.put("\\t");
        default: break;
    }
    auto const byte = static_cast<unsigned char>(c);
    char const escape[] = {'\\', 'u', '0', '0', "0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]};
    return out.put({escape, sizeof escape});
}

// What RFC 8259 section 7 asks to be escaped, and nothing else.
template <class Sink>
bool write_string(Sink& out, std::string_view characters) {
    constexpr byte_set plain = byte_set{}.with(0x20, 0xff).without("\"\\");
    char const* p = characters.data();
    char const* const end = p + characters.size();
    if (invalid_utf8(p, end) != end) return out.fail(errc::not_utf8, "text in UTF-8");
    if (!out.put("\"")) return false;
    for (;;) {
        char const* const stop = skip<plain>(p, end);
        if (stop != p && !out.put({p, static_cast<std::size_t>(stop - p)})) return false;
        if (stop == end) return out.put("\"");
        if (!write_escape(out, *stop)) return false;
        p = stop + 1;
    }
}

template <class Sink, class T>
bool write_number(Sink& out, T v) {
    if constexpr (std::floating_point<T>)
        if (!std::isfinite(v)) return out.fail(errc::out_of_range, "a number that is finite");
    char digits[64];
    auto const end = std::to_chars(digits, digits + sizeof digits, v).ptr;
    return out.put({digits, static_cast<std::size_t>(end - digits)});
}

template <class T>
bool left_out(T const& v) {
    if constexpr (optional_like<T> && !own_form<T>) return !v.has_value();
    else return (void)v, false;
}

template <class Sink, class T>
bool write_struct(Sink& out, T const& v) {
    if (!open(out, "{")) return false;
    bool good = true, first = true;
    for_each_member(v, [&](std::string_view name, auto const& member) {
        if (!good || left_out(member)) return;
        good = out.put(std::exchange(first, false) ? "" : ",") && write_string(out, name) && out.put(":");
        if (good && !write_value(out, member)) good = out.inside({name.data(), 0});
    });
    return good && close(out, "}");
}

template <class Sink, class T>
bool write_map(Sink& out, T const& v) {
    if (!open(out, "{")) return false;
    char const* before = "";
    for (auto const& [name, content] : v) {
        if (!out.put(before) || !write_string(out, name) || !out.put(":") || !write_value(out, content)) return false;
        before = ",";
    }
    return close(out, "}");
}

template <class Sink, class T>
bool write_sequence(Sink& out, T const& v) {
    if (!open(out, "[")) return false;
    std::uint32_t n = 0;
    for (auto const& item : v) {
        if (n != 0 && !out.put(",")) return false;
        if constexpr (std::same_as<std::remove_cvref_t<decltype(item)>, typename T::value_type>) {
            if (!write_value(out, item)) return out.inside({nullptr, n});
        } else {
            if (!write_value(out, static_cast<typename T::value_type>(item))) return out.inside({nullptr, n});
        }
        ++n;
    }
    return close(out, "]");
}

template <class Sink, class T>
bool write_tuple(Sink& out, T const& v) {
    if (!open(out, "[")) return false;
    std::uint32_t n = 0;
    bool const good = std::apply([&](auto const&... item) {
        return (((n == 0 || out.put(",")) && (write_value(out, item) || out.inside({nullptr, n})) && (++n, true)) && ...);
    }, v);
    return good && close(out, "]");
}

template <class Sink>
bool write_text(Sink& out, std::string_view whole) {
    return is_text(whole, out.levels) ? out.put(whole) : out.fail(errc::requirement, "raw text that is JSON");
}

template <class Sink>
bool write_any(Sink& out, value const& v) {
    return std::visit([&]<class T>(T const& held) {
        if constexpr (std::same_as<T, value::number>) {
            bool const begins = !held.text.empty() && (held.text[0] == '-' || (held.text[0] >= '0' && held.text[0] <= '9'));
            return begins ? write_text(out, held.text) : out.fail(errc::requirement, "a number's text that is one");
        } else if constexpr (std::same_as<T, value::object>) {
            return write_map(out, held);
        } else {
            return write_value(out, held);
        }
    }, v.is);
}

}  // namespace detail

// One value, behind what was written; false: `out` has failed. For forms of your own.
template <class Sink, class T>
bool write_value(Sink& out, T const& v) {
    using namespace detail;
    if constexpr (own_form<T>) return form<T>::write(out, v);
    else if constexpr (std::same_as<T, raw>) return write_text(out, v.text);
    else if constexpr (std::same_as<T, value>) return write_any(out, v);
    else if constexpr (null_value<T>) return out.put("null");
    else if constexpr (std::same_as<T, bool>) return out.put(v ? "true" : "false");
    else if constexpr (integer_value<T> || std::floating_point<T>) return write_number(out, v);
    else if constexpr (std::convertible_to<T const&, std::string_view>) return write_string(out, v);
    else if constexpr (is_variant<T>) return std::visit([&](auto const& held) { return write_value(out, held); }, v);
    else if constexpr (optional_like<T>) return v ? write_value(out, *v) : out.put("null");
    else if constexpr (members<T>) return write_struct(out, v);
    else if constexpr (map_value<T>) return write_map(out, v);
    else if constexpr (sequence_value<T>) return write_sequence(out, v);
    else if constexpr (tuple_value<T>) return write_tuple(out, v);
    else return sizeof(refused::this_type_has_no_form_in_json<T>) != 0;
}

// The text of the value, behind what `to` has; on an error that is all it has. The path says where in the value.
//   if (error const why = json::write(reply, text)) ...
template <class T>
[[nodiscard]] error write(T const& v, std::string& to) {
    std::size_t const before = to.size();
    string_sink out{to};
    if (write_value(out, v)) [[likely]] return {};
    to.resize(before);
    return out.failure;
}

}  // namespace segue::json
