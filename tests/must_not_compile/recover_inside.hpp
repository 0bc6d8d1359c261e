// Words in a segment, recovered inside a record and around it.
#pragma once

#include "segue/segue.hpp"

using namespace segue;

struct note {
    BOOST_HANA_DEFINE_STRUCT(note, (std::string_view, words));
};
inline constexpr auto words = length_prefixed(u8, text);
inline constexpr auto inside = record<note>(field<"words">(recover(words)));
inline constexpr auto around = recover(record<note>(field<"words">(words)));
