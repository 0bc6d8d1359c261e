// A std::variant takes another form, as cheaply as it can.
//
// It would destroy what it holds by a call, also where there is nothing to destroy; and with a container the memory would
// go, which the next message of that form asks for again. So the driver keeps the container that was lost last.
#pragma once

#include <array>
#include <cstddef>
#include <optional>  // std::construct_at: <memory> has it too, and 16 MiB more of the compiler's memory
#include <type_traits>
#include <utility>
#include <variant>

#include "segue/core/inlining.hpp"
#include "segue/message/items.hpp"
#include "segue/wire/frames.hpp"

namespace segue {

namespace detail {

template <class V>
inline constexpr bool nothing_to_destroy = false;
template <class... A>
inline constexpr std::array<bool, sizeof...(A)> nothing_to_destroy<std::variant<A...>>{std::is_trivially_destructible_v<A>...};

template <class V>
SEGUE_COLD void keep_container(V& v, spare& kept) {
    std::visit([&]<class A>(A& held) {
        if constexpr (growing<A>) kept.keep(held);
    }, v);
}

}  // namespace detail

// Alternative I, empty, or a container whose items are those of an earlier message.
template <std::size_t I, class V>
SEGUE_INLINE void take_form(V& v, frames* driver) {
    if (!v.valueless_by_exception() && detail::nothing_to_destroy<V>[v.index()]) [[likely]] {
        std::construct_at(&v, std::in_place_index<I>);
    } else {
        if (driver && !v.valueless_by_exception()) detail::keep_container(v, driver->spare);
        v.template emplace<I>();
    }
    using form = std::variant_alternative_t<I, V>;
    if constexpr (growing<form>)
        if (driver) driver->spare.give_back(*std::get_if<I>(&v));
}

}  // namespace segue
