// Readings of sensors: cuts change nothing, and every reading survives encoding.
#include "segue/tlv/tlv.hpp"

#include "invariant.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    return segue::testing::cuts_change_nothing_and_messages_survive<segue::tlv::grammar>(data, size);
}
