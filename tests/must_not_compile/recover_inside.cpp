// refused: recover stands around the whole grammar
#include "recover_inside.hpp"

#ifdef REFUSED
template class segue::decoder<inside>;
#else
template class segue::decoder<around>;
#endif
