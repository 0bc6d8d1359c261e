// How a grammar that cannot work is refused: the name of an undefined thing is the message, its arguments the culprit.
//
// What the types decide is an incomplete type, so both compilers say it in one line that shows the field's name. What
// values decide (a count, a size) is a call that is not constexpr: the declaration of the grammar fails to be a
// constant, at the user's line.
#pragma once

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
template <fixed_string Field, fixed_string Target>
struct this_field_measures_one_that_is_not_sized_or_counted_by_it;
template <fixed_string Field, fixed_string By>
struct this_field_must_not_depend_on_one_that_is_computed;
template <class Element, class Next>
struct what_follows_could_continue_this_element;
template <fixed_string Separator, class Item>
struct an_item_could_hold_the_separator;
template <class Element>
struct an_element_without_a_name_must_have_no_value;
template <fixed_string Delimiter>
struct a_delimiter_must_not_be_empty;
template <fixed_string Delimiter, fixed_string Longer>
struct no_delimiter_may_begin_another;
template <class Content>
struct a_streamed_element_cannot_stand_inside_a_segment;
template <class Content>
struct a_streamed_element_cannot_stand_inside_a_recursion;
template <class Value>
struct the_definition_begins_with_other_bytes;
template <class Content>
struct nothing_may_follow_what_takes_the_rest_of_the_input;
template <fixed_string End, class Item>
struct an_item_could_begin_with_the_end_mark;
template <class Prefix>
struct a_length_or_count_must_be_an_unsigned_number;
template <fixed_string Name>
struct this_alternative_or_its_tag_is_given_twice;
template <class Struct, unsigned Bits>
struct the_bits_must_fill_one_to_eight_whole_bytes;
template <class Content>
struct a_streamed_element_cannot_stand_inside_what_must_be_complete;
template <fixed_string Field, class Codec>
struct a_checksum_needs_an_unsigned_number_of_fixed_size_that_holds_it;
template <class Function>
struct the_fallback_must_come_last;
template <class... What>
struct a_temporary_is_gone_before_its_bytes_are_read;

// What values decide, asked of a grammar that is a constant. These are not constexpr, so that calling one is the error;
// a grammar that is made at run time, perhaps from what a peer said, just fails to decode.
inline void a_repetition_that_consumes_nothing() {}
inline void a_size_of_zero() {}
inline void an_adjustment_larger_than_the_smallest_length() {}
inline void a_prefix_that_counts_itself_must_have_a_fixed_size() {}
inline void a_content_that_cannot_have_the_size_of_its_segment() {}
inline void all_but_must_be_followed_by_just_as_many_bytes() {}
inline void two_transitions_for_one_state_and_input() {}
inline void a_state_that_cannot_be_reached() {}

}  // namespace segue::refused
