#include "segue/proxy/proxy.hpp"

#include "catch.hpp"
#include "segue/testing/vectors.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

TEST_CASE("proxy: every vector holds, at every cut and both ways") {
    CHECK(holds_for_vectors<proxy::grammar>(SEGUE_SOURCE_DIR "/grammars/proxy/vectors/proxy.tsv") == "");
}

TEST_CASE("proxy: random messages from the description keep the law of cuts") {
    CHECK(holds_for_random_wire<proxy::grammar>(10) == "");
}

TEST_CASE("proxy: random bytes behind either beginning give the same answer at every cut") {
    random_source random(1);
    std::string broken;
    for (int i = 0; i < 60; ++i) {
        std::string wire = i % 2 == 0 ? std::string("PROXY TCP4 ") : std::string("\r\n\r\n\0\r\nQUIT\n\x21\x11\0", 15);
        for (std::size_t n = random() % 24; n != 0; --n) wire += random() % 2 == 0 ? "0123. :f\r\n"[random() % 10] : static_cast<char>(random() % 40);
        broken += cuts_change_nothing<proxy::grammar>(wire, 4);
    }
    CHECK(broken == "");
}

TEST_CASE("proxy: what could not be read back is not written") {
    auto const refuses = [](proxy::version_1 const& line, errc why) { return is_refused(proxy::grammar, proxy::header{line}, why); };
    CHECK(refuses(proxy::tcp4{"1.2.3.4", "5.6.7.8 9", 1, 2}, errc::mismatch) == "");
    CHECK(refuses(proxy::tcp4{"1.2.3.4", "5.6.7.8\r\n", 1, 2}, errc::mismatch) == "");
    CHECK(refuses(proxy::tcp4{"::1", "::1", 1, 2}, errc::mismatch) == "");
    CHECK(refuses(proxy::tcp6{"1.2.3.4", "::1", 1, 2}, errc::mismatch) == "");
    CHECK(refuses(proxy::unknown{"S"}, errc::requirement) == "");
    CHECK(refuses(proxy::unknown{" \r\nGET"}, errc::requirement) == "");
}

}  // namespace
