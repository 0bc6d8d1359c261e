// RESP, the replies and what a server reads: cuts change nothing, and every message survives encoding.
#include "segue/resp/resp.hpp"

#include "invariant.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    constexpr segue::limits small{.element = 40, .items = 20, .depth = 6};
    segue::testing::cuts_change_nothing_and_messages_survive<segue::resp::request_grammar, small>(data, size);
    (void)segue::resp::inline_words({reinterpret_cast<char const*>(data), size});
    return segue::testing::cuts_change_nothing_and_messages_survive<segue::resp::grammar, small>(data, size);
}
