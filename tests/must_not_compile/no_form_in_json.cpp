// refused: this_type_has_no_form_in_json<opaque>
#include "segue/json/json.hpp"

using namespace segue;

struct opaque {
    char const* where = nullptr;
};
#ifdef REFUSED
using element = opaque;
#else
using element = std::int32_t;
#endif
struct holder {
    BOOST_HANA_DEFINE_STRUCT(holder, (std::vector<element>, all));
};
json::problem read_it(json::ref from, holder& to) { return json::read(from, to); }
error write_it(holder const& from, std::string& to) { return json::write(from, to); }
