// refused: a_prefix_that_counts_itself_must_have_a_fixed_size
#include "segue/segue.hpp"

using namespace segue;

#ifdef REFUSED
inline constexpr auto grammar = length_prefixed(varint, bytes).counting_itself();
#else
inline constexpr auto grammar = length_prefixed(u16_be, bytes).counting_itself();
#endif
