// refused: what_follows_could_continue_this_element
#include "segue/segue.hpp"

using namespace segue;

#ifdef REFUSED
inline constexpr auto grammar = aligned<4>(charset<byte_set{}.with('a', 'z')>).filled_with<'x'>();
#else
inline constexpr auto grammar = aligned<4>(charset<byte_set{}.with('a', 'z')>).filled_with<' '>();
#endif
