#include "segue/http1/http1.hpp"

#include "../grammar_of.hpp"

namespace segue::command {

void add_http1(registry& all) {
    all.add<grammar_of<http1::request_grammar, http1::streamed_request_grammar, http1::request_states>>("http1.request", "HTTP/1.1 requests; --events streams the bodies");
    all.add<grammar_of<http1::response_grammar, http1::streamed_response_grammar, http1::response_states>>("http1.response", "HTTP/1.1 responses; --events streams the bodies");
}

}  // namespace segue::command
