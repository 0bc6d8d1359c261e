#include "segue/inspect/abnf_reader.hpp"

#include "catch.hpp"
#include "random_syntax.hpp"

using namespace segue;
using namespace segue::syntax;

TEST_CASE("abnf_reader: what was written is read back") {
    for (std::uint32_t seed = 0; seed < 2000; ++seed) {
        random_syntax random(seed);
        rules const given{{"first", random.expression(3)}, {"second", random.expression(4), {"a note; \"another\""}}};
        std::string const text = abnf(given);
        CAPTURE(seed, text);
        auto const again = read_abnf(text);
        REQUIRE(again);
        REQUIRE(again->size() == 2);
        for (std::size_t i = 0; i < 2; ++i) {
            CHECK((*again)[i].name == given[i].name);
            CHECK((*again)[i].body == given[i].body);
            CHECK((*again)[i].notes == given[i].notes);
        }
    }
}

TEST_CASE("abnf_reader: plain strings do not know the case of letters") {
    CHECK((*read_abnf("r = \"e\""))[0].body == one_of(byte_set::of("eE")));
    CHECK((*read_abnf("r = %s\"e\""))[0].body == text("e"));
    CHECK((*read_abnf("r = \"-1\""))[0].body == text("-1"));
    CHECK((*read_abnf("r = %x48.54"))[0].body == text("HT"));
}

TEST_CASE("abnf_reader: comments before the first rule belong to none") {
    auto const read = read_abnf("; about\n\na = b ; one\n  c\n  ; two\n\n; three\nb = \"\"");
    REQUIRE(read);
    REQUIRE(read->size() == 2);
    CHECK((*read)[0].body == sequence({named("b"), named("c")}));
    CHECK((*read)[0].notes == std::vector<std::string>{"one", "two", "three"});
    CHECK((*read)[1].body == expression{});
}

TEST_CASE("abnf_reader: what is not ABNF is nothing, whatever it is") {
    for (auto const* wrong : {"a", "a =", "a = (b", "a = b)", "a = [b", "a = <b", "a = \"b", "a = %x100", "a = %x", "a = %x41-40", "= b", "1a = b",
                              "a = b /", "a = / b", "a = b\nc", "a = %d65", "a = 99999999999999999999999b", "a = b $", "a =\nb = c"}) {
        CAPTURE(wrong);
        CHECK_FALSE(read_abnf(wrong));
    }
    CHECK_FALSE(read_abnf("a = " + std::string(100000, '(')));
    CHECK(read_abnf("")->empty());
    std::string const good = "a = 1*3(b / %x41-5A) [\"c\" <d>] ; e";
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto const cut = read_abnf(std::string_view(good).substr(0, i));
        CHECK((!cut || cut->size() <= 1));
    }
}
