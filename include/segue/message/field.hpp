// A named element of a record, and the elements that depend on another field of it.
//
// A dependent element is a function from the record, as far as it has been decoded, to a plain codec: `of(record)`.
// It is pure and is called again after a suspension.
#pragma once

#include <cstddef>
#include <type_traits>

#include "segue/core/fixed_string.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

template <fixed_string Name, class E>
struct field_t {
    static constexpr auto name = Name;
    [[no_unique_address]] E element;
};

template <fixed_string Name>
struct field_factory {
    template <class E>
    constexpr field_t<Name, E> operator()(E element) const {
        return {element};
    }
};

// A member of the record's struct and its codec.
//   field<"sensor">(u32_be)
template <fixed_string Name>
inline constexpr field_factory<Name> field{};

template <class E>
concept named = requires { E::name; };
template <class E>
concept dependent = requires { E::depends_on; };
template <class E>
concept measuring = requires { E::measures; };

}  // namespace segue
