// refused: a_streamed_element_cannot_stand_inside_a_segment
#include "segue/segue.hpp"

using namespace segue;

struct upload {
    BOOST_HANA_DEFINE_STRUCT(upload, (streamed_bytes, data));
};
inline constexpr auto grammar = record<upload>(field<"data">(streamed<1000>(u32_be)));
#ifdef REFUSED
inline constexpr auto framed = length_prefixed(u32_be, grammar);
#else
using accepted = decoder<grammar>;
#endif
