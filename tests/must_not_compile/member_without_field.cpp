// refused: this_member_has_no_field ... point
#include "segue/segue.hpp"

using namespace segue;

struct point {
    BOOST_HANA_DEFINE_STRUCT(point, (std::uint8_t, x), (std::uint8_t, y));
};
#ifdef REFUSED
inline constexpr auto grammar = record<point>(field<"x">(u8));
#else
inline constexpr auto grammar = record<point>(field<"x">(u8), field<"y">(u8));
#endif
