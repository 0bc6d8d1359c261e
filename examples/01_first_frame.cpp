// A first frame: a length in two bytes, then text. Declared once; decoded from pieces, encoded, bounded.
#include <cstdio>
#include <string>
#include <string_view>

#include "segue/segue.hpp"

struct note {
    BOOST_HANA_DEFINE_STRUCT(note, (std::string_view, words));
};

inline constexpr auto note_frame = segue::record<note>(
    segue::field<"words">(segue::length_prefixed(segue::u16_be, segue::text)));

static_assert(note_frame.bounds(segue::limits{.element = 100}) == segue::size_bound{2, 102});

int main() {
    std::string wire;
    segue::encode(note_frame, note{"hello"}, wire);
    segue::encode(note_frame, note{"wire"}, wire);
    std::printf("%zu bytes on the wire\n", wire.size());

    // However the bytes are cut, the same messages come out.
    segue::decoder<note_frame> in;
    for (std::size_t at = 0; at < wire.size(); at += 4) {
        std::string const piece = wire.substr(at, 4);
        for (note const& n : in.messages(piece)) std::printf("%.*s\n", static_cast<int>(n.words.size()), n.words.data());
    }
    return in.failed();
}
