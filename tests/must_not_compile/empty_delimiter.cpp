// refused: a_delimiter_must_not_be_empty
#include "segue/segue.hpp"

using namespace segue;

struct note {
    BOOST_HANA_DEFINE_STRUCT(note, (std::string_view, words));
};
#ifdef REFUSED
inline constexpr auto grammar = record<note>(field<"words">(delimited<"">(text)));
#else
inline constexpr auto grammar = record<note>(field<"words">(delimited<"\n">(text)));
#endif
