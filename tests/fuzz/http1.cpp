// HTTP/1.1 requests and responses: cuts change nothing, and what is decoded survives encoding.
#include "segue/http1/http1.hpp"

#include "invariant.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    constexpr segue::limits small{.message = 400, .element = 100};
    segue::testing::cuts_change_nothing_and_messages_survive<segue::http1::request_grammar, small>(data, size);
    return segue::testing::cuts_change_nothing_and_messages_survive<segue::http1::response_grammar, small>(data, size);
}
