#include "segue/lines/lines.hpp"

#include "catch.hpp"
#include "segue/testing/vectors.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

TEST_CASE("lines: every vector holds, at every cut and both ways") {
    CHECK(holds_for_vectors<lines::grammar>(SEGUE_SOURCE_DIR "/grammars/lines/vectors/lines.tsv") == "");
}

TEST_CASE("lines: random messages and random values keep the laws") {
    CHECK(holds_for_random_wire<lines::grammar>(50) == "");
    CHECK(holds_for_random_values<lines::grammar>(50) == "");
}

TEST_CASE("lines: random bytes give the same answer at every cut") {
    random_source random(1);
    std::string broken;
    for (int i = 0; i < 200; ++i) {
        std::string wire;
        for (std::size_t n = random() % 24; n != 0; --n) wire += random() % 3 == 0 ? "0123456789:,\n\r"[random() % 14] : static_cast<char>(random());
        broken += cuts_change_nothing<lines::grammar>(wire, 4);
    }
    CHECK(broken == "");
}

}  // namespace
