// refused: nothing_may_follow_what_takes_the_rest_of_the_input
#include "segue/segue.hpp"

using namespace segue;

struct packet {
    BOOST_HANA_DEFINE_STRUCT(packet, (std::string_view, body), (std::uint8_t, sum));
};
#ifdef REFUSED
inline constexpr auto grammar = record<packet>(field<"body">(rest(bytes)), field<"sum">(u8));
#else
inline constexpr auto grammar = record<packet>(field<"body">(all_but<1>(bytes)), field<"sum">(u8));
#endif
