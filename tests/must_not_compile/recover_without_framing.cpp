// refused: nothing in this grammar tells where a broken message ends: put it in a segment, or name a mark
#include "recover_without_framing.hpp"

#ifdef REFUSED
template class segue::decoder<bare>;
#else
template class segue::decoder<marked>;
#endif
