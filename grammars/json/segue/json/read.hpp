// Values out of a document. forms.hpp has the table of the types.
//
// What does not fit is refused with its place: missing, unknown and mistyped members, names that are given twice where
// a struct or a map would have to choose, numbers that do not fit. Time is linear in the text (times the logarithm for maps).
#pragma once

#include <bitset>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>
#include <variant>

#include "segue/core/inlining.hpp"
#include "segue/json/document.hpp"
#include "segue/json/forms.hpp"
#include "segue/wire/input.hpp"

namespace segue::json {

// One reading of a document: whether views may point into it, and what went wrong where.
class reading {
public:
    explicit reading(bool document_stays = true) : document_stays_(document_stays) {}

    bool document_stays() const { return document_stays_; }
    // All answer false.
    [[gnu::cold, gnu::noinline]] bool fail(ref where, errc code, std::string_view what) {
        note_failure(&error_, code, where.offset(), 0, 0, what);
        where_ = where;
        return false;
    }
    [[gnu::cold, gnu::noinline]] bool missing(ref object, char const* name) {
        missing_ = name;
        fail(object, errc::requirement, "this member");
        return inside({name, 0});
    }
    [[gnu::cold, gnu::noinline]] bool inside(error::place place) {
        note_place(&error_, place);
        return false;
    }
    // The offset is that in the text, the path the names and indexes of the types.
    segue::error const& error() const { return error_; }
    json::problem problem() const {
        json::problem result{error_.code, static_cast<std::size_t>(error_.offset), error_.expected, {}};
        if (!result) return result;
        result.pointer = where_.pointer();
        if (missing_) append_step(result.pointer, missing_);
        return result;
    }

private:
    bool document_stays_;
    segue::error error_{};
    ref where_{};
    char const* missing_ = nullptr;
};

template <class T>
bool read_value(reading& in, ref from, T& v);

namespace detail {

template <class T>
bool read_number(reading& in, ref from, T& v) {
    std::string_view digits = from.number_text();
    if constexpr (std::integral<T>) {
        if (!from.is(kind::integer) && digits.find_first_of(".eE") != std::string_view::npos)
            return in.fail(from, errc::mismatch, "a number without fraction and exponent");
        if (digits == "-0") digits = "0";
    }
    auto const [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), v);
    if (failure == std::errc() && end == digits.data() + digits.size()) [[likely]] return true;
    return in.fail(from, errc::out_of_range, "a number that fits its type");
}

// One place in the bits, one comparison of lengths for each member that the struct has.
template <class T>
bool read_struct(reading& in, ref from, T& v) {
    constexpr std::size_t count = member_count<T>;
    std::bitset<count> seen;
    for (json::member const m : from.members()) {
        std::string_view const name = m.name();
        bool known = false;
        bool const good = [&]<std::size_t... I>(std::index_sequence<I...>) {
            auto const one = [&]<std::size_t N>(std::integral_constant<std::size_t, N>) {
                if (known || name.size() != member_name<N, T>().size() || name != member_name<N, T>()) return true;
                known = true;
                if (seen[N]) {
                    in.fail(m.key, errc::contradiction, "each member only once");
                    return in.inside({member_name<N, T>().data(), 0});
                }
                seen[N] = true;
                if (read_value(in, m.value, member_at<N>(v))) [[likely]] return true;
                return in.inside({member_name<N, T>().data(), 0});
            };
            return (one(std::integral_constant<std::size_t, I>{}) && ...);
        }(std::make_index_sequence<count>{});
        if (!good) return false;
        if constexpr (!ignores_unknown<T>)
            if (!known) return in.fail(m.key, errc::unknown_tag, "a member of a known name");
    }
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        auto const one = [&]<std::size_t N>(std::integral_constant<std::size_t, N>) {
            if (seen[N]) return true;
            if constexpr (optional_like<member_type<N, T>> && !own_form<member_type<N, T>>) {
                member_at<N>(v).reset();
                return true;
            } else {
                return in.missing(from, member_name<N, T>().data());
            }
        };
        return (one(std::integral_constant<std::size_t, I>{}) && ...);
    }(std::make_index_sequence<count>{});
}

template <class T>
bool read_map(reading& in, ref from, T& v) {
    v.clear();
    for (json::member const m : from.members()) {
        auto const [at, added] = v.try_emplace(std::string(m.name()));
        if (!added) return in.fail(m.key, errc::contradiction, "each member only once");
        if (!read_value(in, m.value, at->second)) return false;
    }
    return true;
}

template <class T>
bool read_sequence(reading& in, ref from, T& v) {
    std::uint32_t n = 0;
    if constexpr (requires { { *v.begin() } -> std::same_as<typename T::value_type&>; v.resize(n); }) {
        // elements are read into those that are there, which keep their storage
        for (ref const item : from.elements()) {
            if (n == v.size()) v.emplace_back();
            if (!read_value(in, item, v[n])) return in.inside({nullptr, n});
            ++n;
        }
        v.resize(n);
    } else {
        v.clear();
        for (ref const item : from.elements()) {
            typename T::value_type one{};
            if (!read_value(in, item, one)) return in.inside({nullptr, n});
            v.push_back(std::move(one));
            ++n;
        }
    }
    return true;
}

template <class T>
bool read_tuple(reading& in, ref from, T& v) {
    constexpr std::size_t count = std::tuple_size_v<T>;
    if (from.size() != count) return in.fail(from, errc::wrong_size, "an array of the right number of elements");
    ref item(from.whole(), from.index() + 1);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        auto const one = [&]<std::size_t N>(std::integral_constant<std::size_t, N>) {
            if (!read_value(in, item, std::get<N>(v))) return in.inside({nullptr, static_cast<std::uint32_t>(N)});
            if constexpr (N + 1 < count) item = item.next();
            return true;
        };
        return (one(std::integral_constant<std::size_t, I>{}) && ...);
    }(std::make_index_sequence<count>{});
}

template <class... A>
bool read_variant(reading& in, ref from, std::variant<A...>& v) {
    json::kind const k = from.kind();
    bool good = false;
    auto const one = [&]<class T>(std::type_identity<T>) {
        if (!takes<T>(k)) return false;
        if (!std::holds_alternative<T>(v)) v.template emplace<T>();
        good = read_value(in, from, std::get<T>(v));
        return true;
    };
    if ((one(std::type_identity<A>{}) || ...)) return good;
    return in.fail(from, errc::mismatch, "a value of another type");
}

inline bool read_any(reading& in, ref from, value& v) {
    switch (from.kind()) {
        case kind::null: v.is = nullptr; return true;
        case kind::boolean: v.is = from.boolean(); return true;
        case kind::integer: v.is = from.integer(); return true;
        case kind::number: v.is = value::number{std::string(from.number_text())}; return true;
        case kind::string: v.is = std::string(from.string()); return true;
        case kind::array:
            for (auto& all = v.is.emplace<value::array>(); ref const item : from.elements()) read_any(in, item, all.emplace_back());
            return true;
        case kind::object:
            for (auto& all = v.is.emplace<value::object>(); json::member const m : from.members())
                read_any(in, m.value, all.emplace_back(std::string(m.name()), nullptr).second);
            return true;
    }
    return in.fail(from, errc::mismatch, "a value");
}

template <class T>
constexpr std::string_view wanted() {
    if constexpr (null_value<T>) return "null";
    else if constexpr (std::same_as<T, bool>) return "true or false";
    else if constexpr (integer_value<T>) return "an integer";
    else if constexpr (std::floating_point<T>) return "a number";
    else if constexpr (std::same_as<T, std::string> || std::same_as<T, std::string_view>) return "a string";
    else if constexpr (members<T> || map_value<T>) return "an object";
    else return "an array";
}

}  // namespace detail

// One value, from where it stands; false: `in` knows why. For forms of your own.
template <class T>
bool read_value(reading& in, ref from, T& v) {
    using namespace detail;
    if constexpr (own_form<T>) {
        return form<T>::read(in, from, v);
    } else if constexpr (std::same_as<T, raw>) {
        v.text = from.raw();
        return true;
    } else if constexpr (std::same_as<T, value>) {
        return read_any(in, from, v);
    } else if constexpr (is_variant<T>) {
        return read_variant(in, from, v);
    } else if constexpr (optional_like<T>) {
        if constexpr (!null_is_a_value<typename T::value_type>)
            if (from.is(kind::null)) {
                v.reset();
                return true;
            }
        if (!v) v.emplace();
        return read_value(in, from, *v);
    } else {
        constexpr bool numeric = integer_value<T> || std::floating_point<T>;
        bool const fits = numeric ? from.is(kind::integer) || from.is(kind::number) : takes<T>(from.kind());
        if (!fits) [[unlikely]] return in.fail(from, errc::mismatch, wanted<T>());
        if constexpr (null_value<T>) {
            return true;
        } else if constexpr (std::same_as<T, bool>) {
            v = from.boolean();
            return true;
        } else if constexpr (numeric) {
            return read_number(in, from, v);
        } else if constexpr (std::same_as<T, std::string>) {
            v = from.string();
            return true;
        } else if constexpr (std::same_as<T, std::string_view>) {
            v = from.string();
            if (from.escaped() && !in.document_stays()) return in.fail(from, errc::requirement, "a string without escapes, which a view can show");
            return true;
        } else if constexpr (members<T>) {
            return read_struct(in, from, v);
        } else if constexpr (map_value<T>) {
            return read_map(in, from, v);
        } else if constexpr (sequence_value<T>) {
            return read_sequence(in, from, v);
        } else if constexpr (tuple_value<T>) {
            return read_tuple(in, from, v);
        } else {
            return sizeof(refused::this_type_has_no_form_in_json<T>) != 0;
        }
    }
}

// The value that stands there. Views point at the text, or at the document where a string has escapes.
//   if (json::problem const why = read(document.root(), settings)) ... why.pointer, why.what
template <class T>
[[nodiscard]] problem read(ref from, T& v) {
    reading in;
    if (read_value(in, from, v)) [[likely]] return {};
    return in.problem();
}

}  // namespace segue::json
