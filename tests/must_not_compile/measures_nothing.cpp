// refused: this_field_measures_one_that_does_not_exist ... {"n"} ... {"z"}
#include "segue/segue.hpp"

using namespace segue;

struct sized {
    BOOST_HANA_DEFINE_STRUCT(sized, (std::uint8_t, n), (std::string_view, x));
};
#ifdef REFUSED
inline constexpr auto grammar = record<sized>(field<"n">(length_of<"z">(u8)), field<"x">(sized_by<"n">(bytes)));
#else
inline constexpr auto grammar = record<sized>(field<"n">(length_of<"x">(u8)), field<"x">(sized_by<"n">(bytes)));
#endif
