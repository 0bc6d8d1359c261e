// refused: an_adjustment_larger_than_the_smallest_length
#include "segue/segue.hpp"

using namespace segue;

#ifdef REFUSED
inline constexpr auto grammar = length_prefixed(u8, u16_be).plus(-3);
#else
inline constexpr auto grammar = length_prefixed(u8, u16_be).plus(-2);
#endif
