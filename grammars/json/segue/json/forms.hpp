// Which JSON a type takes:
//
//   a struct                       an object; its members in their order, an optional one may be missing
//   bool, an integer, a float      true or false, a number that fits
//   std::string                    a string; std::string_view: one without escapes
//   std::optional                  null, or the value
//   std::vector, std::array        an array; std::array: of that many elements
//   std::pair, std::tuple          an array with the elements at their positions
//   std::map<std::string, T>       an object of any names
//   std::variant                   what the first alternative that takes such a value makes of it
//   std::nullptr_t, std::monostate null
//   json::raw                      anything, as it stands
//   json::value                    anything
#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "segue/json/value.hpp"
#include "segue/message/follow.hpp"
#include "segue/message/members.hpp"

namespace segue::json {

// For a type of your own:
//   template <> struct segue::json::form<mine> {
//       static bool read(reading& in, ref from, mine& v);               // false: in.fail(from, errc::..., "what it needs")
//       template <class Sink> static bool write(Sink& out, mine const& v);
//       static constexpr bool takes(kind k);                            // optional: for variants
//   };
template <class T>
struct form;

// Whether a struct passes over members that it does not have; a peer that misspells a name is not told then.
template <class T>
inline constexpr bool ignores_unknown = false;

namespace refused {
template <class T>
struct this_type_has_no_form_in_json;
}

template <class T>
concept own_form = requires { sizeof(form<T>); };
template <class T>
concept null_value = std::same_as<T, std::nullptr_t> || std::same_as<T, std::monostate>;
template <class T>
concept integer_value = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> && !std::same_as<T, wchar_t> &&
                        !std::same_as<T, char8_t> && !std::same_as<T, char16_t> && !std::same_as<T, char32_t>;
template <class T>
concept map_value = requires(T& v, std::string name) {
    typename T::mapped_type;
    requires std::same_as<typename T::key_type, std::string>;
    v.try_emplace(std::move(name)).second;
};
template <class T>
concept sequence_value = !byte_value<T> && requires(T& v) {
    typename T::value_type;
    v.emplace_back();
    v.clear();
    v.size();
};
template <class T>
concept tuple_value = !members<T> && requires { std::tuple_size<T>::value; };  // std::array too

template <class... A, class K>
constexpr bool any_takes(std::variant<A...> const*, K k);

// Whether a value of that kind can become a T: what decides between the alternatives of a variant.
template <class T>
constexpr bool takes(kind k) {
    if constexpr (own_form<T>) {
        if constexpr (requires { form<T>::takes(k); }) return form<T>::takes(k);
        else return true;
    } else if constexpr (std::same_as<T, raw> || std::same_as<T, value>) return true;
    else if constexpr (null_value<T>) return k == kind::null;
    else if constexpr (std::same_as<T, bool>) return k == kind::boolean;
    else if constexpr (integer_value<T>) return k == kind::integer || (k == kind::number && sizeof(T) == 8 && std::is_unsigned_v<T>);
    else if constexpr (std::floating_point<T>) return k == kind::integer || k == kind::number;
    else if constexpr (std::same_as<T, std::string> || std::same_as<T, std::string_view>) return k == kind::string;
    else if constexpr (is_variant<T>) return any_takes(static_cast<T const*>(nullptr), k);
    else if constexpr (optional_like<T>) return k == kind::null || takes<typename T::value_type>(k);
    else if constexpr (members<T> || map_value<T>) return k == kind::object;
    else return k == kind::array;
}
template <class... A, class K>
constexpr bool any_takes(std::variant<A...> const*, K k) {
    return (takes<A>(k) || ...);
}

// An optional of what null can become says missing by being empty, not null.
template <class T>
inline constexpr bool null_is_a_value = takes<T>(kind::null);

}  // namespace segue::json
