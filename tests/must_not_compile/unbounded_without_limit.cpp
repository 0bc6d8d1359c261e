// refused: a grammar without bounds needs a limit for its messages
#include "segue/segue.hpp"

using namespace segue;

struct note {
    BOOST_HANA_DEFINE_STRUCT(note, (std::string_view, words));
};
inline constexpr auto grammar = record<note>(field<"words">(length_prefixed(varint, text).max<unbounded>()));
#ifdef REFUSED
template class segue::decoder<grammar, limits{.message = unbounded}>;
#else
using bounded = decoder<grammar>;
template class segue::decoder<grammar>;
#endif
