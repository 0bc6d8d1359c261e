// refused: the_struct_has_no_member_of_this_name
#include "segue/message/checksummed.hpp"
#include "segue/segue.hpp"

using namespace segue;

struct packet {
    BOOST_HANA_DEFINE_STRUCT(packet, (std::uint8_t, kind), (std::uint8_t, sum));
};
#ifdef REFUSED
inline constexpr auto grammar = checksummed<xor_of_bytes, "crc">(record<packet>(field<"kind">(u8), field<"sum">(u8)));
#else
inline constexpr auto grammar = checksummed<xor_of_bytes, "sum">(record<packet>(field<"kind">(u8), field<"sum">(u8)));
#endif
