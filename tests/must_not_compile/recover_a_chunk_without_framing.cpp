// refused: nothing in this grammar tells where a broken message ends: put it in a segment, or name a mark
#include "segue/protocol/chunk_protocol.hpp"
#include "segue/segue.hpp"

using namespace segue;

struct pair {
    BOOST_HANA_DEFINE_STRUCT(pair, (std::uint32_t, key), (std::uint32_t, value));
};
inline constexpr auto equation = record<pair>(field<"key">(number<std::uint32_t>), literal<"=">, field<"value">(number<std::uint32_t>), literal<";">);
inline constexpr auto bare = recover(equation);
inline constexpr auto marked = recover(equation).past<";">();
#ifdef REFUSED
template class segue::chunk_protocol<std::remove_const_t<decltype(bare)>>;
#else
template class segue::chunk_protocol<std::remove_const_t<decltype(marked)>>;
#endif
