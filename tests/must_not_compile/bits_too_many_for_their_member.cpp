// refused: the_codec_does_not_fit_the_type_of_this_member
#include "segue/segue.hpp"

using namespace segue;

struct head {
    BOOST_HANA_DEFINE_STRUCT(head, (bool, last), (std::uint8_t, version));
};
#ifdef REFUSED
inline constexpr auto grammar = bits_be<head>(bit_field<"last", 2>, bit_field<"version", 6>);
#else
inline constexpr auto grammar = bits_be<head>(bit_field<"last", 1>, bit_field<"version", 7>);
#endif
