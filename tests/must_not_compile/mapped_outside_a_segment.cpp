// refused: put it in a segment
#include "segue/segue.hpp"

using namespace segue;

struct note {
    BOOST_HANA_DEFINE_STRUCT(note, (std::string_view, words));
};
struct shouted {
    BOOST_HANA_DEFINE_STRUCT(shouted, (std::string, words));
};
inline constexpr auto loud = mapped(
    record<note>(field<"words">(delimited<"\n">(text))), [](note n) { return std::string(n.words) + "!"; }, [](std::string const& s) { return note{s}; });
inline constexpr auto cut = record<shouted>(field<"words">(loud));
inline constexpr auto whole = record<shouted>(field<"words">(length_prefixed(u8, loud)));
#ifdef REFUSED
template class segue::decoder<cut>;
#else
template class segue::decoder<whole>;
#endif
