#include "segue/tlv/tlv.hpp"

#include "../grammar_of.hpp"

namespace segue::command {

void add_tlv(registry& all) {
    all.add<grammar_of<tlv::grammar>>("tlv", "the tutorial's readings of sensors, each behind its length");
}

}  // namespace segue::command
