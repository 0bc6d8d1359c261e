#include "segue/lines/lines.hpp"

#include "../grammar_of.hpp"
#include "segue/protocol/endpoint.hpp"

namespace segue::command {

void add_lines(registry& all) {
    all.add<grammar_of<lines::grammar, lines::grammar, endpoint_states>>("lines", "lines of any bytes that end with LF or CRLF");
}

}  // namespace segue::command
