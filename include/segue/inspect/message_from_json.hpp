// JSON back to a message: every form that message_json writes, strictly. An error has the place as a JSON Pointer.
//
// A view member needs bytes that live somewhere: they stay beside the value.
#pragma once

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "segue/inspect/guide.hpp"
#include "segue/inspect/json.hpp"
#include "segue/inspect/json_form.hpp"
#include "segue/message/repeat.hpp"

namespace segue {

// A message and the bytes that its views point at; it moves, but a copy's views would point at the original's bytes.
template <class T>
struct parsed_message {
    T value{};
    std::deque<std::string> bytes{};

    parsed_message() = default;
    parsed_message(parsed_message&&) = default;
    parsed_message& operator=(parsed_message&&) = default;
};

namespace detail {

class json_reading {
public:
    using form = json_value::form;

    explicit json_reading(std::deque<std::string>& bytes) : bytes_(&bytes) {}
    json_error error{};

    template <class V>
    bool read(json_value& from, V& v, guide const& along) {
        if constexpr (own_json_form<V>) return json_form<V>::read(from, v) || fail("not a value of this type");
        else if constexpr (std::same_as<V, bool>) return read_truth(from, v);
        else if constexpr (std::is_enum_v<V>) return read_enum(from, v);
        else if constexpr (std::integral<V>) return read_integer(from, v);
        else if constexpr (std::floating_point<V>) return read_floating(from, v);
        else if constexpr (byte_value<V>) return read_bytes(from, v);
        else if constexpr (std::same_as<V, streamed_bytes>) return read_streamed(from, v);
        else if constexpr (members<V>) return read_members(from, v, along);
        else if constexpr (empty_value<V>) return from.what == form::null || fail("expected null");
        else if constexpr (is_variant<V>) return read_variant(from, v, along);
        else if constexpr (optional_like<V>) return read_optional(from, v, along);
        else return read_items(from, v, along);
    }

    bool fail(std::string message) {
        error.message = std::move(message);
        return false;
    }
    // one step further out, while a failure returns
    bool inside(std::string_view name) {
        std::string step = "/";
        for (char c : name) {
            if (c == '~') step += "~0";
            else if (c == '/') step += "~1";
            else step += c;
        }
        error.pointer.insert(0, step);
        return false;
    }

private:
    bool read_truth(json_value const& from, bool& v) {
        if (from.what != form::boolean) return fail("expected true or false");
        v = from.truth;
        return true;
    }
    template <class V>
    bool read_enum(json_value& from, V& v) {
        std::underlying_type_t<V> number_of_it{};
        if (!read(from, number_of_it, guide{})) return false;
        v = static_cast<V>(number_of_it);
        return true;
    }
    template <class V>
    bool read_integer(json_value const& from, V& v) {
        constexpr bool with_sign = std::signed_integral<V>;
        using wide = std::conditional_t<with_sign, std::int64_t, std::uint64_t>;
        constexpr wide least = std::numeric_limits<V>::min();
        constexpr wide most = std::numeric_limits<V>::max();
        wide value{};
        char const* const end = from.text.data() + from.text.size();
        auto const parsed = std::from_chars(from.text.data(), end, value);
        bool const numeric = from.what == form::number || from.what == form::string;
        if (!numeric || parsed.ec != std::errc{} || parsed.ptr != end || value < least || value > most)
            return fail("expected an integer from " + std::to_string(least) + " to " + std::to_string(most));
        v = static_cast<V>(value);
        return true;
    }
    template <class V>
    bool read_floating(json_value const& from, V& v) {
        using numbers = std::numeric_limits<V>;
        if (from.what == form::string) {
            if (from.text == "NaN") v = numbers::quiet_NaN();
            else if (from.text == "Infinity") v = numbers::infinity();
            else if (from.text == "-Infinity") v = -numbers::infinity();
            else return read_nan(from.text, v) || fail("expected a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
            return true;
        }
        char const* const end = from.text.data() + from.text.size();
        auto const parsed = std::from_chars(from.text.data(), end, v);
        if (from.what == form::number && parsed.ec == std::errc{} && parsed.ptr == end) return true;
        return fail("expected a number in the range of its type");
    }
    template <class V>
    static bool read_nan(std::string_view shown, V& v) {
        if (!shown.starts_with("NaN ")) return false;
        std::conditional_t<sizeof(V) == sizeof(std::uint32_t), std::uint32_t, std::uint64_t> raw{};
        auto const parsed = std::from_chars(shown.data() + 4, shown.data() + shown.size(), raw, 16);
        v = std::bit_cast<V>(raw);
        return parsed.ec == std::errc{} && parsed.ptr == shown.data() + shown.size() && std::isnan(v);
    }
    template <class V>
    bool read_bytes(json_value& from, V& v) {
        std::string raw;
        if (from.what == form::string) {
            raw = std::move(from.text);
        } else {
            bool const coded = from.what == form::object && from.items.size() == 1 && from.items[0].name == "base64" &&
                               from.items[0].what == form::string;
            if (!coded) return fail("expected a string or {\"base64\": ...}");
            auto decoded = bytes_of_base64(from.items[0].text);
            if (!decoded) return inside_after("base64", "expected base64 with its padding");
            raw = std::move(*decoded);
        }
        if constexpr (byte_array<V>) {
            if (raw.size() != std::tuple_size_v<V>)
                return fail("expected exactly " + std::to_string(std::tuple_size_v<V>) + " bytes");
        }
        if constexpr (byte_view<V>) {
            std::string const& kept = bytes_->emplace_back(std::move(raw));
            return assign_bytes(v, kept.data(), kept.size());
        } else {
            return assign_bytes(v, raw.data(), raw.size());
        }
    }
    bool read_streamed(json_value const& from, streamed_bytes& v) {
        v = {};
        return from.what == form::null || read_integer(from, v.size);
    }

    template <class V>
    bool read_members(json_value& from, V& v, guide const& along) {
        constexpr std::size_t count = member_count<V>;
        if (from.what != form::object) return fail("expected an object");
        std::array<bool, count> seen{};
        for (json_value& one : from.items) {
            bool known = false;
            bool ok = true;
            std::size_t i = 0;
            for_each_member(v, [&](std::string_view name, auto& member) {
                std::size_t const here = i++;
                if (known || name != one.name) return;
                known = true;
                ok = seen[here] ? fail("this member is given twice") : read(one, member, along.part(here));
                seen[here] = true;
            });
            if (!known) ok = fail("there is no member of this name");
            if (!ok) return inside(one.name);
        }
        std::size_t i = 0;
        std::string_view missing;
        for_each_member(v, [&](std::string_view name, auto&) {
            if (!seen[i++] && missing.empty()) missing = name;
        });
        return missing.empty() || inside_after(missing, "this member is missing");
    }
    template <class V>
    bool read_variant(json_value& from, V& v, guide const& along) {
        std::string names;
        for (std::size_t i = 0; i < std::variant_size_v<V>; ++i) names += (i == 0 ? "" : ", ") + along.name(i);
        if (from.what != form::object || from.items.size() != 1)
            return fail("expected an object with one member, one of: " + names);
        json_value& one = from.items[0];
        bool known = false;
        bool ok = true;
        [&]<std::size_t... A>(std::index_sequence<A...>) {
            ((!known && one.name == along.name(A)
                  ? void((known = true, ok = read(one, v.template emplace<A>(), along.part(A))))
                  : void()),
             ...);
        }(std::make_index_sequence<std::variant_size_v<V>>{});
        if (!known) ok = fail("expected one of: " + names);
        return ok || inside(one.name);
    }
    template <class V>
    bool read_optional(json_value& from, V& v, guide const& along) {
        v.reset();
        if (from.what == form::null) return true;
        v.emplace();
        if constexpr (null_in_json<typename V::value_type>) {
            if (from.what != form::array || from.items.size() != 1) return fail("expected null or an array of one");
            return read(from.items[0], *v, along.part(0)) || inside("0");
        } else {
            return read(from, *v, along.part(0));
        }
    }
    template <items V>
    bool read_items(json_value& from, V& v, guide const& along) {
        if (from.what != form::array) return fail("expected an array");
        if constexpr (growing<V>) {
            v.clear();
        } else {
            if (from.items.size() != v.size()) return fail("expected an array of exactly " + std::to_string(v.size()));
        }
        for (std::size_t i = 0; i < from.items.size(); ++i) {
            bool ok;
            if constexpr (growing<V>) ok = read(from.items[i], (v.emplace_back(), v.back()), along.part(0));
            else ok = read(from.items[i], v[i], along.part(0));
            if (!ok) return inside(std::to_string(i));
        }
        return true;
    }
    bool inside_after(std::string_view name, std::string message) {
        fail(std::move(message));
        return inside(name);
    }

    std::deque<std::string>* bytes_;
};

}  // namespace detail

// The message of a JSON object as message_json writes it; "@", where a tool notes offsets, is ignored.
template <class T>
json_error message_from_json(std::string_view line, parsed_message<T>& to, guide const& along = {}) {
    json_value root;
    if (json_error e = parse_json(line, root)) return e;
    to.bytes.clear();
    detail::json_reading reading(to.bytes);
    if (root.what == json_value::form::object)
        std::erase_if(root.items, [](json_value const& one) { return one.name == "@"; });
    if constexpr (object_in_json<T>) {
        reading.read(root, to.value, along);
    } else {
        bool const wrapped =
            root.what == json_value::form::object && root.items.size() == 1 && root.items[0].name == "value";
        if (!wrapped) reading.fail("expected an object with one member: value");
        else if (!reading.read(root.items[0], to.value, along)) reading.inside("value");
    }
    return reading.error;
}

}  // namespace segue
