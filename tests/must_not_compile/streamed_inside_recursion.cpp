// refused: a_streamed_element_cannot_stand_inside_a_recursion
#include "segue/segue.hpp"

using namespace segue;

#ifdef REFUSED
using bytes_of_item = streamed_bytes;
inline constexpr auto item_data = streamed<1000>(u32_be);
#else
using bytes_of_item = std::string;
inline constexpr auto item_data = length_prefixed(u32_be, bytes);
#endif

struct item {
    BOOST_HANA_DEFINE_STRUCT(item, (bytes_of_item, data), (std::vector<item>, items));
};
template <>
struct segue::follows<item> {
    static constexpr bool views = false;
};
template <>
struct segue::definition<item> {
    static constexpr std::string_view name = "item";
    static constexpr auto codec = record<item>(field<"data">(item_data), field<"items">(repeat_counted(u8, recursive<item>)));
};
inline constexpr auto grammar = recursive<item>;
using accepted = decoder<grammar>;
segue::kind use(accepted& in) { return in.next().kind(); }
