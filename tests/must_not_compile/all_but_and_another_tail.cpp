// refused: all_but_must_be_followed_by_just_as_many_bytes
#include "segue/segue.hpp"

using namespace segue;

struct packet {
    BOOST_HANA_DEFINE_STRUCT(packet, (std::string_view, body), (std::uint8_t, sum));
};
#ifdef REFUSED
inline constexpr auto grammar = record<packet>(field<"body">(all_but<2>(bytes)), field<"sum">(u8));
#else
inline constexpr auto grammar = record<packet>(field<"body">(all_but<1>(bytes)), field<"sum">(u8));
#endif
