// refused: this_alternative_or_its_tag_is_given_twice ... {"b"}
#include "segue/segue.hpp"

using namespace segue;


#ifdef REFUSED
inline constexpr auto grammar = choice(alternative<"a", "+">(u8), alternative<"b", "+">(u8));
#else
inline constexpr auto grammar = choice(alternative<"a", "+">(u8), alternative<"b", "-">(u8));
#endif
