#include "segue/netstring/netstring.hpp"

#include "../grammar_of.hpp"

namespace segue::command {

void add_netstring(registry& all) {
    all.add<grammar_of<netstring::grammar, netstring::streamed_grammar>>(
        "netstring", "netstrings: a length in decimal, a colon, the bytes, a comma; --events streams the payload");
}

}  // namespace segue::command
