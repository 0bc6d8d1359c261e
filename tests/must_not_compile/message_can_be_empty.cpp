// refused: a message that can be empty would never end
#include "segue/segue.hpp"

using namespace segue;

struct note {
    BOOST_HANA_DEFINE_STRUCT(note, (std::string_view, words));
};
inline constexpr auto word = charset<byte_set{}.with('a', 'z')>;
inline constexpr auto never_ends = record<note>(field<"words">(word.min<0>()));
inline constexpr auto ends = record<note>(field<"words">(word));
#ifdef REFUSED
template class segue::decoder<never_ends>;
#else
template class segue::decoder<ends>;
#endif
