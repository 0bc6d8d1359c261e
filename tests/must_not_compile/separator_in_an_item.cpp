// refused: an_item_could_hold_the_separator ... {"-"}
#include "segue/segue.hpp"

using namespace segue;


#ifdef REFUSED
inline constexpr auto grammar = separated<"-">(charset<byte_set{}.with('a', 'z').with("-")>);
#else
inline constexpr auto grammar = separated<",">(number<int>.with_sign());
#endif
