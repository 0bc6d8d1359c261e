// HTTP/1.1 requests and responses, strict and with all leniencies: cuts change nothing, and what is decoded survives encoding.
#include "segue/http1/http1.hpp"

#include "invariant.hpp"

namespace {

using namespace segue;

constexpr http1::leniency for_both{.bare_line_feed = true, .folded_lines = true, .control_characters = true, .length_beside_coding = true, .space_behind_chunk_size = true};
constexpr http1::leniency for_requests = [] {
    auto all = for_both;
    all.no_host = true;
    return all;
}();
constexpr http1::leniency for_responses = [] {
    auto all = for_both;
    all.space_before_colon = all.no_reason = true;
    return all;
}();
inline constexpr auto lenient_requests = http1::request_of<std::string, http1::default_body, for_requests>();
inline constexpr auto lenient_responses = http1::response_of<std::string, http1::default_body, for_responses>();

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using segue::testing::cuts_change_nothing_and_messages_survive;
    constexpr limits small{.message = 400, .element = 100};
    cuts_change_nothing_and_messages_survive<http1::request_grammar, small>(data, size);
    cuts_change_nothing_and_messages_survive<http1::response_grammar, small>(data, size);
    cuts_change_nothing_and_messages_survive<lenient_requests, small>(data, size);
    return cuts_change_nothing_and_messages_survive<lenient_responses, small>(data, size);
}
