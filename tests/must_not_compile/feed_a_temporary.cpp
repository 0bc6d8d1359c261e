// refused: a_temporary_is_gone_before_its_bytes_are_read
#include "segue/segue.hpp"

using namespace segue;

inline constexpr auto words = delimited<"\n">(text);

kind read(decoder<words, limits{}, std::string_view>& in) {
#ifdef REFUSED
    in.feed(std::string("gone"));
#else
    in.feed("lent\n");
#endif
    return in.next().kind();
}
