// What --lenient NAME decodes: each leniency of http1 alone.
#include "segue/http1/http1.hpp"

#include "../grammar_of.hpp"

namespace segue::command {

namespace {

using http1::leniency;

template <leniency L>
inline constexpr auto requests = http1::request_of<streamed_bytes, http1::default_body, L>();
template <leniency L>
inline constexpr auto responses = http1::response_of<streamed_bytes, http1::default_body, L>();

template <auto const& Grammar>
std::unique_ptr<stream> open() {
    return std::make_unique<stream_of<Grammar>>();
}
template <leniency L>
void add_request(registry& all, char const* name) {
    all.add_lenient({"http1.request", name, &open<requests<L>>});
}
template <leniency L>
void add_response(registry& all, char const* name) {
    all.add_lenient({"http1.response", name, &open<responses<L>>});
}
template <leniency L>
void add_both(registry& all, char const* name) {
    add_request<L>(all, name);
    add_response<L>(all, name);
}

}  // namespace

void add_http1_lenient(registry& all) {
    add_both<leniency{.bare_line_feed = true}>(all, "bare_line_feed");
    add_both<leniency{.folded_lines = true}>(all, "folded_lines");
    add_response<leniency{.space_before_colon = true}>(all, "space_before_colon");
    add_both<leniency{.control_characters = true}>(all, "control_characters");
    add_response<leniency{.no_reason = true}>(all, "no_reason");
    add_both<leniency{.length_beside_coding = true}>(all, "length_beside_coding");
    add_both<leniency{.space_behind_chunk_size = true}>(all, "space_behind_chunk_size");
    add_request<leniency{.no_host = true}>(all, "no_host");
}

}  // namespace segue::command
