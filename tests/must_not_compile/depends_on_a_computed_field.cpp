// refused: this_field_must_not_depend_on_one_that_is_computed ... {"y"} ... {"n"}
#include "segue/segue.hpp"

using namespace segue;

struct sized {
    BOOST_HANA_DEFINE_STRUCT(sized, (std::uint8_t, n), (std::string_view, x), (std::optional<std::uint8_t>, y));
};
inline constexpr auto some = [](std::uint8_t n) { return n != 0; };
#ifdef REFUSED
inline constexpr auto grammar = record<sized>(field<"n">(length_of<"x">(u8)), field<"x">(sized_by<"n">(bytes)), field<"y">(optional_if<"n">(some, u8)));
#else
inline constexpr auto grammar = record<sized>(field<"n">(u8), field<"x">(sized_by<"n">(bytes)), field<"y">(optional_if<"n">(some, u8)));
#endif
