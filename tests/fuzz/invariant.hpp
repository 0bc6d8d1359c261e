// What every fuzz target proves of its grammar: the way the input is cut changes nothing, and what is decoded encodes to
// something that decodes the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "segue/driver/encode.hpp"
#include "segue/testing/play.hpp"

namespace segue::testing {

inline void hold(bool law, std::string const& broken) {
    if (law) return;
    std::fprintf(stderr, "%s\n", broken.c_str());
    std::abort();
}

// The first byte of the input seeds the cuts.
template <auto const& Grammar, limits L = limits{}>
int cuts_change_nothing_and_messages_survive(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    std::uint32_t random = data[0];
    std::string_view const wire(reinterpret_cast<char const*>(data) + 1, size - 1);
    player<Grammar, L> whole, pieces(random % 2 == 0 ? giving::fed : giving::prepared);
    whole.give(wire);
    for (std::size_t from = 0; from < wire.size();) {
        random = random * 1103515245u + 12345u;
        std::size_t const n = 1 + (random >> 16) % (random >> 30 == 0 ? 1 : 40);
        pieces.give(wire.substr(from, n));
        from += n;
    }
    said const expected = whole.close();
    said const got = pieces.close();
    hold(got == expected, "whole:  " + render(expected) + "\npieces: " + render(got));

    decoder<Grammar, L> in;
    in.feed(wire);
    in.close();
    for (std::size_t bound = 2 * size + 1; bound != 0; --bound) {
        auto const event = in.next();
        if (event.kind() == kind::skipped) continue;
        if (event.kind() != kind::message) break;
        std::string again;
        encoded const result = encode(Grammar, *event, again);
        hold(static_cast<bool>(result), "decoded, but not encoded: " + render(*event) + ": " + render(result.error()));
        player<Grammar, L> back;
        back.give(again);
        said const once_more = back.close();
        hold(once_more.messages == 1 && once_more.last == kind::end && once_more.events.starts_with(render(*event)),
             "encoded to other bytes: " + quoted(again) + " of " + render(*event));
    }
    return 0;
}

}  // namespace segue::testing
