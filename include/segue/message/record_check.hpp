// What makes a record impossible, found where it is declared.
#pragma once

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include "segue/core/refused.hpp"
#include "segue/message/field.hpp"
#include "segue/message/members.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

namespace detail {

template <class E>
struct element_of {
    using type = E;
};
template <fixed_string Name, class E>
struct element_of<field_t<Name, E>> {
    using type = E;
};
template <class E>
using element = typename element_of<E>::type;

template <class T, class E>
struct element_codec {
    using type = element<E>;
};
template <class T, class E>
    requires dependent<element<E>>
struct element_codec<T, E> {
    using type = std::remove_cvref_t<decltype(std::declval<element<E> const&>().of(std::declval<T const&>()))>;
};

template <fixed_string Name, class... E>
inline constexpr std::size_t index_of_field = [] {
    std::size_t found = sizeof...(E);
    std::size_t i = 0;
    (([&] {
        if constexpr (named<E>)
            if (E::name.view() == Name.view()) found = i;
        ++i;
    }()), ...);
    return found;
}();

// Other elements, or the places where they stand, are read by what this one says.
template <class One, class... E>
inline constexpr bool decides = [] {
    if constexpr (!named<One>) return true;  // a literal
    else return (measuring<element<One>> || ... || [] {
        if constexpr (dependent<element<E>>) return element<E>::depends_on.view() == One::name.view();
        else return false;
    }());
}();

template <class T, class... E>
struct record_check {
    static constexpr std::size_t size = sizeof...(E);
    template <std::size_t I>
    using at_index = std::tuple_element_t<I, std::tuple<E...>>;
    template <std::size_t I>
    using element_at = element<at_index<I>>;

    static consteval void check() {
        [&]<std::size_t... I>(std::index_sequence<I...>) { (check_element<I>(), ...); }(std::make_index_sequence<size>{});
        [&]<std::size_t... M>(std::index_sequence<M...>) { (check_member<M>(), ...); }(std::make_index_sequence<member_count<T>>{});
    }

private:
    template <std::size_t I>
    static consteval void check_element() {
        if constexpr (!named<at_index<I>>) {
            if constexpr (!codec_for<element_at<I>, nothing>)
                (void)sizeof(refused::an_element_without_a_name_must_have_no_value<element_at<I>>);
        } else if constexpr (!has_member<T, at_index<I>::name>) {
            (void)sizeof(refused::the_struct_has_no_member_of_this_name<at_index<I>::name, T>);
        } else {
            check_field<I, at_index<I>::name>();
        }
        if constexpr (I + 1 < size) {
            if constexpr (takes_the_rest<element_at<I>>)
                (void)sizeof(refused::nothing_may_follow_what_takes_the_rest_of_the_input<element_at<I>>);
            else check_neighbours<I, I + 1>();
        }
    }
    // A run of characters, say, ends where another character stands: what follows must begin with one.
    template <std::size_t I, std::size_t Next>
    static consteval void check_neighbours() {
        if constexpr (Next < size && continuation_of<element_at<I>> != byte_set{}) {
            if constexpr (dependent<element_at<Next>>) {
                (void)sizeof(refused::what_follows_could_continue_this_element<element_at<I>, element_at<Next>>);
            } else {
                if constexpr (first_of(element_at<Next>{}).meets(continuation_of<element_at<I>>))
                    (void)sizeof(refused::what_follows_could_continue_this_element<element_at<I>, element_at<Next>>);
                if constexpr (element_at<Next>{}.bounds().fewest == 0) check_neighbours<I, Next + 1>();
            }
        }
    }
    template <std::size_t I, fixed_string Name>
    static consteval void check_field() {
        if constexpr (index_of_field<Name, E...> != I) (void)sizeof(refused::this_field_is_given_twice<Name, T>);
        if constexpr (dependent<element_at<I>>) check_dependence<I, Name, element_at<I>::depends_on>();
        if constexpr (measuring<element_at<I>>) check_measure<I, Name, element_at<I>::measures>();
        using member_t = member_type<member_index<T, Name>, T>;
        using codec_t = typename element_codec<T, at_index<I>>::type;
        if constexpr (!codec_for<codec_t, member_t>)
            (void)sizeof(refused::the_codec_does_not_fit_the_type_of_this_member<Name, codec_t, member_t>);
    }
    template <std::size_t I, fixed_string Name, fixed_string By>
    static consteval void check_dependence() {
        if constexpr (index_of_field<By, E...> >= I) {
            (void)sizeof(refused::this_field_depends_on_one_that_does_not_come_before_it<Name, By>);
        } else if constexpr (measuring<element_at<index_of_field<By, E...>>> && !requires { element_at<I>::counts_items; }) {
            (void)sizeof(refused::this_field_must_not_depend_on_one_that_is_computed<Name, By>);
        }
    }
    template <std::size_t I, fixed_string Name, fixed_string Target>
    static consteval void check_measure() {
        constexpr std::size_t target = index_of_field<Target, E...>;
        if constexpr (target == size) {
            (void)sizeof(refused::this_field_measures_one_that_does_not_exist<Name, Target>);
        } else {
            constexpr bool by_this = [] {
                if constexpr (requires { element_at<target>::counts_items; element_at<target>::depends_on; })
                    return element_at<target>::depends_on.view() == Name.view() && element_at<target>::counts_items == element_at<I>::counts_items;
                else return false;
            }();
            if constexpr (!by_this) (void)sizeof(refused::this_field_measures_one_that_is_not_sized_or_counted_by_it<Name, Target>);
        }
    }
    template <std::size_t M>
    static consteval void check_member() {
        constexpr bool found = ([] {
            if constexpr (named<E>) return E::name.view() == member_name<M, T>();
            else return false;
        }() || ...);
        if constexpr (!found) (void)sizeof(refused::this_member_has_no_field<T, member_key<M, T>>);
    }
};

}  // namespace detail

}  // namespace segue
