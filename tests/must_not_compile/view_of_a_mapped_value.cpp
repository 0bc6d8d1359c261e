// refused: mapped makes new values
#include "segue/segue.hpp"

using namespace segue;

struct note {
    BOOST_HANA_DEFINE_STRUCT(note, (std::string_view, words));
};
inline constexpr auto loud = mapped<std::string_view>(
    text, [](std::string_view s) { return s; }, [](std::string_view s) { return s; });
inline constexpr auto grammar = record<note>(field<"words">(length_prefixed(u8, loud)));
#ifdef REFUSED
template class segue::decoder<grammar>;
#else
static_assert(codec<std::remove_cvref_t<decltype(grammar)>>);
#endif
