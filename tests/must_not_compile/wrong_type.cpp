// refused: the_codec_does_not_fit_the_type_of_this_member ... {"y"}
#include "segue/segue.hpp"

using namespace segue;

struct point {
    BOOST_HANA_DEFINE_STRUCT(point, (std::uint8_t, x), (std::uint8_t, y));
};
#ifdef REFUSED
inline constexpr auto grammar = record<point>(field<"x">(u8), field<"y">(length_prefixed(u8, text)));
#else
inline constexpr auto grammar = record<point>(field<"x">(u8), field<"y">(u8));
#endif
