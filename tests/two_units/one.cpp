// The same inline grammar must be one object in both units, and what one encodes the other decodes.
#include <cstdio>
#include <string>
#include <string_view>

#include "segue/json/json.hpp"
#include "segue/lines/lines.hpp"
#include "segue/netstring/netstring.hpp"
#include "segue/segue.hpp"
#include "segue/tlv/tlv.hpp"

void const* grammar_of_the_other_unit();
bool other_unit_decodes(std::string_view bytes);

int main() {
    if (grammar_of_the_other_unit() != &segue::tlv::grammar) {
        std::puts("segue::tlv::grammar is two objects in two units");
        return 1;
    }
    std::string bytes;
    if (segue::encode(segue::tlv::grammar, segue::tlv::reading{7, -5, "a"}, bytes); !other_unit_decodes(bytes)) {
        std::puts("what one unit encoded the other did not decode");
        return 1;
    }
}
