// refused: a_length_or_count_must_be_an_unsigned_number
#include "segue/segue.hpp"

using namespace segue;


#ifdef REFUSED
inline constexpr auto grammar = length_prefixed(i16_be, bytes);
#else
inline constexpr auto grammar = length_prefixed(u16_be, bytes);
#endif
