// refused: nothing in this grammar tells where a broken message ends: put it in a segment, or name a mark
#include "segue/protocol/chunk_protocol.hpp"
#include "recover_without_framing.hpp"

#ifdef REFUSED
template class segue::chunk_protocol<std::remove_const_t<decltype(bare)>>;
#else
template class segue::chunk_protocol<std::remove_const_t<decltype(marked)>>;
#endif
