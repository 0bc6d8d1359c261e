// Lines: cuts change nothing, and every line that is decoded encodes to a line that decodes the same.
#include "segue/lines/lines.hpp"

#include "invariant.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    return segue::testing::cuts_change_nothing_and_messages_survive<segue::lines::grammar, segue::limits{.element = 40}>(data, size);
}
