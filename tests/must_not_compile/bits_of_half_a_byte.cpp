// refused: the_bits_must_fill_one_to_eight_whole_bytes
#include "segue/segue.hpp"

using namespace segue;

struct head {
    BOOST_HANA_DEFINE_STRUCT(head, (std::uint8_t, version));
};
#ifdef REFUSED
inline constexpr auto grammar = bits_be<head>(bit_field<"version", 4>);
#else
inline constexpr auto grammar = bits_be<head>(bit_field<"version", 4>, reserved_bits<4>);
#endif
