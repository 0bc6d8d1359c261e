// How a grammar that cannot work is refused: the name of an undefined thing is the message, its arguments the culprit.
//
// What the types decide is an incomplete type, so both compilers say it in one line that shows the field's name. What
// values decide (a count, a size) is a call that is not constexpr: the declaration of the grammar fails to be a
// constant, at the user's line; a grammar that is no constant throws when it is made.
#pragma once

#include <stdexcept>

#include "segue/core/fixed_string.hpp"

namespace segue::refused {

template <fixed_string Field, class Struct>
struct the_struct_has_no_member_of_this_name;
template <fixed_string Field, class Struct>
struct this_field_is_given_twice;
template <class Struct, class Member>
struct this_member_has_no_field;
template <fixed_string Field, class Codec, class Member>
struct the_codec_does_not_fit_the_type_of_this_member;
template <fixed_string Field, fixed_string By>
struct this_field_depends_on_one_that_does_not_come_before_it;
template <fixed_string Field, fixed_string Target>
struct this_field_measures_one_that_does_not_exist;
template <class Element>
struct an_element_without_a_name_must_have_no_value;
template <fixed_string Delimiter>
struct a_delimiter_must_not_be_empty;
template <fixed_string Delimiter, fixed_string Longer>
struct no_delimiter_may_begin_another;
template <class Content>
struct a_streamed_element_cannot_stand_inside_a_segment;
template <class Content>
struct nothing_may_follow_what_takes_the_rest_of_the_input;
template <fixed_string End, class Item>
struct an_item_could_begin_with_the_end_mark;
template <class Prefix>
struct a_length_or_count_must_be_an_unsigned_number;
template <fixed_string Name>
struct this_alternative_or_its_tag_is_given_twice;
template <class Function>
struct the_fallback_must_come_last;

inline void a_repetition_that_consumes_nothing() {
    throw std::logic_error("segue: a repetition whose item can consume nothing would never end");
}
inline void a_size_of_zero() { throw std::logic_error("segue: a segment of fixed size must have at least one byte"); }
inline void an_adjustment_larger_than_the_smallest_length() {
    throw std::logic_error("segue: the declared length could not be as small as the adjustment demands");
}
inline void a_prefix_that_counts_itself_must_have_a_fixed_size() {
    throw std::logic_error("segue: a length prefix that counts itself must have a fixed size");
}
inline void a_content_that_cannot_have_the_size_of_its_segment() {
    throw std::logic_error("segue: the content can never have the size of its segment");
}

}  // namespace segue::refused
