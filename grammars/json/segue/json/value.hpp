// JSON whose shape is not known: as it stands, or as a tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "segue/json/document.hpp"
#include "segue/message/follow.hpp"

namespace segue::json {

// A JSON text that is not looked into.
struct raw {
    std::string_view text = "null";

    friend bool operator==(raw, raw) = default;
};

// Any JSON value. Numbers that do not fit std::int64_t keep their text, objects the order of their members and every one
// of them.
struct value {
    using holds_no_views = void;
    struct number {
        std::string text;

        friend bool operator==(number const&, number const&) = default;
    };
    using array = std::vector<value>;
    using object = std::vector<std::pair<std::string, value>>;
    using any = std::variant<std::nullptr_t, bool, std::int64_t, number, std::string, array, object>;

    any is;  // in the order of json::kind

    value(std::nullptr_t = nullptr) : is(nullptr) {}
    value(bool b) : is(b) {}
    value(std::int64_t n) : is(n) {}
    value(int n) : is(std::int64_t{n}) {}
    value(number n) : is(std::move(n)) {}
    value(std::string s) : is(std::move(s)) {}
    value(std::string_view s) : is(std::string(s)) {}
    value(char const* s) : is(std::string(s)) {}
    value(array items) : is(std::move(items)) {}
    value(object members) : is(std::move(members)) {}

    json::kind kind() const { return static_cast<json::kind>(is.index()); }
    // Null where it is something else.
    template <class T>
    T const* get() const {
        return std::get_if<T>(&is);
    }
    // The first member of that name, or null; looks at one member after the other.
    value const* member(std::string_view name) const {
        if (object const* const all = get<object>())
            for (auto const& [key, content] : *all)
                if (key == name) return &content;
        return nullptr;
    }
    friend bool operator==(value const& a, value const& b);
};

inline bool operator==(value const& a, value const& b) { return a.is == b.is; }

}  // namespace segue::json

template <>
struct segue::follows<segue::json::raw> {
    static constexpr bool views = true;
    static constexpr void move(json::raw& v, moved const& m) {
        v.text = {m(v.text.data(), v.text.size()), v.text.size()};
    }
};
