// refused: this_field_depends_on_one_that_does_not_come_before_it ... {"x"} ... {"n"}
#include "segue/segue.hpp"

using namespace segue;

struct sized {
    BOOST_HANA_DEFINE_STRUCT(sized, (std::uint8_t, n), (std::string_view, x));
};
#ifdef REFUSED
inline constexpr auto grammar = record<sized>(field<"x">(sized_by<"n">(bytes)), field<"n">(length_of<"x">(u8)));
#else
inline constexpr auto grammar = record<sized>(field<"n">(length_of<"x">(u8)), field<"x">(sized_by<"n">(bytes)));
#endif
