// refused: this_field_measures_one_that_is_not_sized_or_counted_by_it ... {"n"} ... {"x"}
#include "segue/segue.hpp"

using namespace segue;

struct sized {
    BOOST_HANA_DEFINE_STRUCT(sized, (std::uint8_t, n), (std::string_view, x));
};
#ifdef REFUSED
inline constexpr auto grammar = record<sized>(field<"n">(length_of<"x">(u8)), field<"x">(delimited<"\n">(bytes)));
#else
inline constexpr auto grammar = record<sized>(field<"n">(length_of<"x">(u8)), field<"x">(sized_by<"n">(bytes)));
#endif
