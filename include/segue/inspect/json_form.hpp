// Which JSON a type of value takes: what message_json writes and message_from_json reads back.
//
//   a struct               an object, its members in their order
//   an integer, an enum    a number; beyond 2^53 a string of digits
//   a floating number      a number; "Infinity", "-Infinity", "NaN"; "NaN 7fc00001", its bits, for any other NaN
//   text, bytes            a string where it is valid UTF-8, else {"base64": "..."}
//   a variant              {"alternative": value}
//   an optional            null, or the value; [value] where the value itself could be null
//   a container            an array
//   a streamed payload     its size, null where the wire does not say it
//   nothing                null
#pragma once

#include <concepts>
#include <cstddef>
#include <type_traits>

#include "segue/core/step.hpp"
#include "segue/message/follow.hpp"
#include "segue/message/members.hpp"
#include "segue/segment/streamed.hpp"
#include "segue/wire/byte_value.hpp"

namespace segue {

// For a type of your own:
//   template <> struct segue::json_form<mine> {
//       static void write(json_writer& out, mine const& v);
//       static bool read(json_value& from, mine& v);  // false: not such a value; may take from `from`
//       static constexpr bool stands_alone = true;    // optional: a message of this type is its line by itself
//   };
template <class V>
struct json_form;

template <class V>
concept own_json_form = requires { sizeof(json_form<V>); };

// An empty type that is no struct of members: there is only one value.
template <class V>
concept empty_value = std::is_empty_v<V> && !members<V> && !own_json_form<V>;

template <class V>
concept null_in_json = !own_json_form<V> && (empty_value<V> || optional_like<V> || std::same_as<V, streamed_bytes>);

template <class V>
concept array_in_json = iterable<V> && !byte_value<V> && !own_json_form<V>;

// A message that is its line of JSON by itself; any other stands as {"value": ...} on its line.
template <class V>
concept object_in_json = members<V> || is_variant<V> || requires { json_form<V>::stands_alone; };

}  // namespace segue
