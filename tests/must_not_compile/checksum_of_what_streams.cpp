// refused: a_streamed_element_cannot_stand_inside_what_must_be_complete
#include "segue/message/checksummed.hpp"
#include "segue/segue.hpp"

using namespace segue;

struct packet {
    BOOST_HANA_DEFINE_STRUCT(packet, (std::uint8_t, kind), (std::uint8_t, sum), (streamed_bytes, body));
};
#ifdef REFUSED
inline constexpr auto grammar = 
    checksummed<xor_of_bytes, "sum">(record<packet>(field<"kind">(u8), field<"sum">(u8), field<"body">(streamed<9>(u8))));
#else
inline constexpr auto grammar = record<packet>(field<"kind">(u8), field<"sum">(u8), field<"body">(streamed<9>(u8)));
#endif
