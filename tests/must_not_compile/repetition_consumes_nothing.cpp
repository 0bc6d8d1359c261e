// refused: a_repetition_that_consumes_nothing
#include "segue/segue.hpp"

using namespace segue;

#ifdef REFUSED
inline constexpr auto grammar = repeat_counted(u8, empty);
#else
inline constexpr auto grammar = repeat_counted(u8, u8);
#endif
