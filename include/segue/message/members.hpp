// The door to Boost.Hana: the names and the members of a struct declared with BOOST_HANA_DEFINE_STRUCT.
#pragma once

#include <boost/hana/accessors.hpp>
#include <boost/hana/at.hpp>
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/define_struct.hpp>
#include <boost/hana/first.hpp>
#include <boost/hana/length.hpp>
#include <boost/hana/second.hpp>
#include <boost/hana/string.hpp>
#include <boost/hana/tuple.hpp>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include "segue/core/fixed_string.hpp"
#include "segue/core/inlining.hpp"

namespace segue {

template <class T>
concept members = boost::hana::Struct<T>::value;

template <class T>
inline constexpr std::size_t member_count = decltype(boost::hana::length(boost::hana::accessors<T>()))::value;

template <std::size_t I, class T>
using member_key = std::remove_cvref_t<decltype(boost::hana::first(boost::hana::at_c<I>(boost::hana::accessors<T>())))>;

template <std::size_t I, class T>
constexpr std::string_view member_name() {
    return member_key<I, T>::c_str();
}

template <std::size_t I, class T>
SEGUE_INLINE auto& member_at(T& v) {
    return boost::hana::second(boost::hana::at_c<I>(boost::hana::accessors<std::remove_const_t<T>>()))(v);
}
template <std::size_t I, class T>
using member_type = std::remove_cvref_t<decltype(member_at<I>(std::declval<T&>()))>;

// The position of the member of that name; the number of members where there is none.
template <class T, fixed_string Name>
inline constexpr std::size_t member_index = []<std::size_t... I>(std::index_sequence<I...>) {
    std::size_t found = sizeof...(I);
    ((member_name<I, T>() == Name.view() ? void(found = I) : void()), ...);
    return found;
}(std::make_index_sequence<member_count<T>>{});

template <class T, fixed_string Name>
concept has_member = member_index<T, Name> < member_count<T>;

template <fixed_string Name, class T>
SEGUE_INLINE auto& member_named(T& v) {
    return member_at<member_index<std::remove_const_t<T>, Name>>(v);
}

template <class T, class Visit>
constexpr void for_each_member(T& v, Visit visit) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (visit(member_name<I, std::remove_const_t<T>>(), member_at<I>(v)), ...);
    }(std::make_index_sequence<member_count<std::remove_const_t<T>>>{});
}

}  // namespace segue
