// refused: the_struct_has_no_member_of_this_name ... {"labl"}
#include "segue/segue.hpp"

using namespace segue;

struct point {
    BOOST_HANA_DEFINE_STRUCT(point, (std::uint8_t, x), (std::uint8_t, label));
};
#ifdef REFUSED
inline constexpr auto grammar = record<point>(field<"x">(u8), field<"labl">(u8));
#else
inline constexpr auto grammar = record<point>(field<"x">(u8), field<"label">(u8));
#endif
