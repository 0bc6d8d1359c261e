// The list of grammars: `each(NAME)` calls add_NAME of grammars/NAME.cpp, in the order that `segue list` shows.
#include "registry.hpp"

#define SEGUE_GRAMMARS(each) \
    each(http1)              \
    each(http1_connection)   \
    each(http1_lenient)      \
    each(json)               \
    each(lines)              \
    each(netstring)          \
    each(proxy)              \
    each(resp)               \
    each(tlv)

namespace segue::command {

#define SEGUE_DECLARE(name) void add_##name(registry&);
SEGUE_GRAMMARS(SEGUE_DECLARE)

registry::registry() {
#define SEGUE_ADD(name) add_##name(*this);
    SEGUE_GRAMMARS(SEGUE_ADD)
}

}  // namespace segue::command
