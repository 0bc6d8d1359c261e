// refused: a_content_that_cannot_have_the_size_of_its_segment
#include "segue/segue.hpp"

using namespace segue;


#ifdef REFUSED
inline constexpr auto grammar = fixed(3, u32_be);
#else
inline constexpr auto grammar = fixed(4, u32_be);
#endif
