#include "segue/netstring/netstring.hpp"

#include "catch.hpp"
#include "segue/testing/vectors.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

TEST_CASE("netstring: every vector holds, at every cut and both ways") {
    CHECK(holds_for_vectors<netstring::grammar>(SEGUE_SOURCE_DIR "/grammars/netstring/vectors/netstring.tsv") == "");
}

TEST_CASE("netstring: random messages and random values keep the laws") {
    CHECK(holds_for_random_wire<netstring::grammar>(50) == "");
    CHECK(holds_for_random_values<netstring::grammar>(50) == "");
}

TEST_CASE("netstring: random bytes give the same answer at every cut") {
    random_source random(1);
    std::string broken;
    for (int i = 0; i < 200; ++i) {
        std::string wire;
        for (std::size_t n = random() % 24; n != 0; --n) wire += random() % 3 == 0 ? "0123456789:,\n\r"[random() % 14] : static_cast<char>(random());
        broken += cuts_change_nothing<netstring::grammar>(wire, 4);
    }
    CHECK(broken == "");
}

TEST_CASE("netstring: a streamed payload is the collected one, in pieces") {
    CHECK(holds_for_random_wire<netstring::streamed_grammar>(50) == "");
    CHECK(cuts_change_nothing<netstring::streamed_grammar>("5:hello,0:,3:abcd") == "");
    CHECK(fails<netstring::streamed_grammar>("1000000000:", errc::too_long, 0) == "");
}

}  // namespace
