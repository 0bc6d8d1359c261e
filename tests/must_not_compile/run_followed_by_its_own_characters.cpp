// refused: what_follows_could_continue_this_element
#include "segue/segue.hpp"

using namespace segue;

struct two {
    BOOST_HANA_DEFINE_STRUCT(two, (std::string_view, a), (std::string_view, b));
};
inline constexpr auto word = charset<byte_set{}.with('a', 'z')>;
#ifdef REFUSED
inline constexpr auto grammar = record<two>(field<"a">(word), field<"b">(rest(bytes)));
#else
inline constexpr auto grammar = record<two>(field<"a">(word), literal<" ">, field<"b">(rest(bytes)));
#endif
