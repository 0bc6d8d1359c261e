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

template <limits L>
std::string lines_of(std::string const& wire, bool by_messages) {
    std::string const fed(wire.data(), wire.size());  // an allocation of its own, so that a sanitizer sees every byte read outside
    decoder<lines::grammar, L> in;
    std::string seen;
    if (by_messages) {
        for (auto const& line : in.messages(fed)) seen.append(line.text) += ';';
    } else {
        in.feed(fed);
        for (auto r = in.next(); r.kind() == kind::message; r = in.next()) seen.append(r->text) += ';';
    }
    return seen;
}

TEST_CASE("lines: of many in one piece each is found, also where the window of a message ends within them") {
    random_source random(2);
    std::string broken;
    for (int i = 0; i < 300; ++i) {
        std::size_t const longest = std::size_t{1} << random() % 8;
        std::string wire, expected;
        for (std::size_t n = random() % 40; n != 0; --n) {
            std::string const text(random() % longest, static_cast<char>('a' + random() % 26));
            wire += text + (random() % 4 == 0 ? "\r\n" : "\n");
            expected += text + ";";
        }
        wire.append(random() % longest, 'x');
        for (bool by_messages : {false, true})
            if (lines_of<limits{}>(wire, by_messages) != expected || lines_of<limits{.message = 130}>(wire, by_messages) != expected)
                broken += "differs: " + wire + "\n";
    }
    CHECK(broken == "");
}

}  // namespace
