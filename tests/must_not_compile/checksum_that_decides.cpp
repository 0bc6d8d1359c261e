// refused: this_field_must_not_depend_on_one_that_is_computed
#include <optional>

#include "segue/message/checksummed.hpp"
#include "segue/segue.hpp"

using namespace segue;

struct packet {
    BOOST_HANA_DEFINE_STRUCT(packet, (std::uint8_t, kind), (std::uint8_t, sum), (std::optional<std::uint8_t>, extra));
};
#ifdef REFUSED
inline constexpr auto grammar = 
    checksummed<xor_of_bytes, "sum">(record<packet>(field<"kind">(u8), field<"sum">(u8), field<"extra">(optional_if<"sum">([](std::uint8_t n) { return n != 0; }, u8))));
#else
inline constexpr auto grammar = 
    checksummed<xor_of_bytes, "sum">(record<packet>(field<"kind">(u8), field<"sum">(u8), field<"extra">(optional_if<"kind">([](std::uint8_t n) { return n != 0; }, u8))));
#endif
