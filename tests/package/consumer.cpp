// Decodes with a grammar of its own and with an installed one; the exit status says whether both came out right.
#include <cstdint>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>

#include "segue/json/json.hpp"
#include "segue/json/source.hpp"
#include "segue/segue.hpp"
#include "segue/tlv/tlv.hpp"

struct point {
    BOOST_HANA_DEFINE_STRUCT(point, (std::uint8_t, x), (std::uint16_t, y));
};
inline constexpr auto point_frame =
    segue::record<point>(segue::field<"x">(segue::u8), segue::field<"y">(segue::u16_be));

template <auto const& Grammar, class Holds>
bool decodes(std::string_view bytes, Holds holds) {
    segue::decoder<Grammar> in;
    in.feed(bytes);
    auto const event = in.next();
    return event.kind() == segue::kind::message && holds(*event);
}

int main() {
    using namespace std::string_view_literals;
    bool const own = decodes<point_frame>("\x07\x01\x00"sv, [](point const& p) { return p.x == 7 && p.y == 256; });
    bool const installed = decodes<segue::tlv::grammar>(
        "\x00\x08\x00\x00\x00\x07\xff\xfb\x01\x61"sv,
        [](segue::tlv::reading const& r) { return r.sensor == 7 && r.centigrade == -5 && r.label == "a"; });
    segue::json::document document;
    std::map<std::string, int> read;
    bool const json = !document.parse(R"({"a":1})") && !segue::json::read(document.root(), read) && read["a"] == 1;
    if (!json) std::puts("segue::json did not read");
    if (!own) std::puts("the consumer's own grammar did not decode");
    if (!installed) std::puts("segue::tlv did not decode");
    return own && installed && json ? 0 : 1;
}
