#include "segue/resp/resp.hpp"

#include "../grammar_of.hpp"

namespace segue::command {

void add_resp(registry& all) {
    all.add<grammar_of<resp::grammar>>("resp", "values of Redis, RESP2 and RESP3: what a server answers");
    all.add<grammar_of<resp::request_grammar>>("resp.inline", "what a Redis server reads: commands, and lines that somebody typed");
    all.add_two_way({"resp", "resp.inline", "resp"});
}

}  // namespace segue::command
