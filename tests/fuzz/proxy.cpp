// PROXY headers: cuts change nothing, and every header survives encoding.
#include "segue/proxy/proxy.hpp"

#include "invariant.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    return segue::testing::cuts_change_nothing_and_messages_survive<segue::proxy::grammar>(data, size);
}
