// refused: the_fallback_must_come_last
#include "segue/segue.hpp"

using namespace segue;


#ifdef REFUSED
inline constexpr auto grammar = choice(fallback<"b">(u8), alternative<"a", "+">(u8));
#else
inline constexpr auto grammar = choice(alternative<"a", "+">(u8), fallback<"b">(u8));
#endif
