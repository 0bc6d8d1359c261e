// refused: an_item_could_begin_with_the_end_mark
#include "segue/segue.hpp"

using namespace segue;

struct list {
    BOOST_HANA_DEFINE_STRUCT(list, (std::vector<std::string_view>, items));
};
#ifdef REFUSED
inline constexpr auto grammar = record<list>(field<"items">(repeat_until<".\r\n">(delimited<"\r\n">(text))));
#else
inline constexpr auto grammar = record<list>(field<"items">(repeat_until<".\r\n">(delimited<"\r\n">(charset<byte_set{}.with('a', 'z')>))));
#endif
