// refused: a_repetition_that_consumes_nothing
#include "segue/segue.hpp"

using namespace segue;

struct list {
    BOOST_HANA_DEFINE_STRUCT(list, (std::vector<std::string_view>, items));
};
inline constexpr auto word = charset<byte_set{}.with('a', 'z')>;
#ifdef REFUSED
inline constexpr auto grammar = record<list>(field<"items">(repeat_counted(u8, word.min<0>())));
#else
inline constexpr auto grammar = record<list>(field<"items">(repeat_counted(u8, word)));
#endif
