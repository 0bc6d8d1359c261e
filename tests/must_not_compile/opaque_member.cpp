// refused: opaque_member_might_hold_views
#include "segue/segue.hpp"

using namespace segue;

struct opaque {
    char const* where = nullptr;
};
struct holder {
    BOOST_HANA_DEFINE_STRUCT(holder, (std::uint8_t, n), (opaque, other));
};
#ifdef REFUSED
static_assert(has_views<holder>());
#else
static_assert(has_views<std::string_view>());
#endif
