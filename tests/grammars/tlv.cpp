#include "segue/tlv/tlv.hpp"

#include "catch.hpp"
#include "segue/testing/vectors.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

static_assert(sizeof(state_of<decltype(tlv::grammar)>) <= 8);

TEST_CASE("tlv: every vector holds, at every cut and both ways") {
    CHECK(holds_for_vectors<tlv::grammar>(SEGUE_SOURCE_DIR "/grammars/tlv/vectors/tlv.tsv") == "");
}

TEST_CASE("tlv: random messages and random values keep the laws") {
    CHECK(holds_for_random_wire<tlv::grammar>(50) == "");
    CHECK(holds_for_random_values<tlv::grammar>(50) == "");
}

TEST_CASE("tlv: random bytes give the same answer at every cut") {
    random_source random(1);
    std::string broken;
    for (int i = 0; i < 200; ++i) {
        std::string wire;
        for (std::size_t n = random() % 24; n != 0; --n) wire += random() % 3 == 0 ? "0123456789:,\n\r"[random() % 14] : static_cast<char>(random());
        broken += cuts_change_nothing<tlv::grammar>(wire, 4);
    }
    CHECK(broken == "");
}

}  // namespace
