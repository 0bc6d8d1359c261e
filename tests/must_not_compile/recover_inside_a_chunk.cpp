// refused: recover stands around the whole grammar
#include "segue/protocol/chunk_protocol.hpp"
#include "recover_inside.hpp"

#ifdef REFUSED
template class segue::chunk_protocol<std::remove_const_t<decltype(inside)>>;
#else
template class segue::chunk_protocol<std::remove_const_t<decltype(around)>>;
#endif
