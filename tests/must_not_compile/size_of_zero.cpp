// refused: a_size_of_zero
#include "segue/segue.hpp"

using namespace segue;

#ifdef REFUSED
inline constexpr auto grammar = fixed(0, bytes);
#else
inline constexpr auto grammar = fixed(1, bytes);
#endif
