// refused: a_checksum_needs_an_unsigned_number_of_fixed_size_that_holds_it
#include "segue/message/checksummed.hpp"
#include "segue/segue.hpp"

using namespace segue;

struct packet {
    BOOST_HANA_DEFINE_STRUCT(packet, (std::uint8_t, kind), (std::uint16_t, sum));
};
#ifdef REFUSED
inline constexpr auto grammar = checksummed<internet_sum, "sum">(record<packet>(field<"kind">(u8), field<"sum">(u8)));
#else
inline constexpr auto grammar = checksummed<internet_sum, "sum">(record<packet>(field<"kind">(u8), field<"sum">(u16_be)));
#endif
