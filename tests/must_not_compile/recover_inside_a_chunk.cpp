// refused: recover stands around the whole grammar
#include "segue/protocol/chunk_protocol.hpp"
#include "segue/segue.hpp"

using namespace segue;

struct note {
    BOOST_HANA_DEFINE_STRUCT(note, (std::string_view, words));
};
inline constexpr auto words = length_prefixed(u8, text);
inline constexpr auto inside = record<note>(field<"words">(recover(words)));
inline constexpr auto around = recover(record<note>(field<"words">(words)));
#ifdef REFUSED
template class segue::chunk_protocol<std::remove_const_t<decltype(inside)>>;
#else
template class segue::chunk_protocol<std::remove_const_t<decltype(around)>>;
#endif
