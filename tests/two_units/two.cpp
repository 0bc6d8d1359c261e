// The second unit: the same headers, in another order.
#include <string_view>

#include "segue/tlv/tlv.hpp"

#include "segue/netstring/netstring.hpp"

#include "segue/lines/lines.hpp"

#include "segue/json/json.hpp"

void const* grammar_of_the_other_unit() { return &segue::tlv::grammar; }

bool other_unit_decodes(std::string_view bytes) {
    segue::decoder<segue::tlv::grammar> in;
    in.feed(bytes);
    auto const event = in.next();
    return event.kind() == segue::kind::message && event->sensor == 7 && event->centigrade == -5 && event->label == "a";
}
