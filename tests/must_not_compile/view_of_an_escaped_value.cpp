// refused: the_codec_does_not_fit_the_type_of_this_member
#include "segue/segue.hpp"

using namespace segue;

struct mail {
#ifdef REFUSED
    BOOST_HANA_DEFINE_STRUCT(mail, (std::string_view, lines));
#else
    BOOST_HANA_DEFINE_STRUCT(mail, (std::string, lines));
#endif
};
inline constexpr auto grammar = record<mail>(field<"lines">(dot_stuffed));
