// refused: no_delimiter_may_begin_another
#include "segue/segue.hpp"

using namespace segue;

struct note {
    BOOST_HANA_DEFINE_STRUCT(note, (std::string_view, words));
};
#ifdef REFUSED
inline constexpr auto grammar = record<note>(field<"words">(delimited_any<"\r", "\r\n">(text)));
#else
inline constexpr auto grammar = record<note>(field<"words">(delimited_any<"\n", "\r\n">(text)));
#endif
