// Netstrings, collected and streamed: cuts change nothing, and every payload survives encoding.
#include "segue/netstring/netstring.hpp"

#include "invariant.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    std::string_view const wire(reinterpret_cast<char const*>(data), size);
    segue::testing::player<segue::netstring::streamed_grammar> whole, pieces;
    whole.give(wire);
    for (char c : wire) pieces.give({&c, 1});
    segue::testing::said const expected = whole.close();
    segue::testing::said const got = pieces.close();
    segue::testing::hold(got == expected, "streamed whole: " + render(expected) + "\nbyte by byte:   " + render(got));
    return segue::testing::cuts_change_nothing_and_messages_survive<segue::netstring::grammar, segue::limits{.element = 40}>(data, size);
}
