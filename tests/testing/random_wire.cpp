#include "segue/testing/random_wire.hpp"

#include <set>

#include "catch.hpp"
#include "segue/netstring/netstring.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

struct typed {
    BOOST_HANA_DEFINE_STRUCT(typed, (std::uint8_t, kind), (std::string_view, body));
};
inline constexpr auto depends = record<typed>(field<"kind">(u8), field<"body">(chosen_by<"kind">([](std::uint8_t n) { return fixed(n + std::size_t{1}, bytes); })));

TEST_CASE("random bytes of a grammar are its messages, and differ") {
    description d;
    netstring::grammar.describe(d);
    std::set<std::string> seen;
    for (std::uint32_t seed = 0; seed < 50; ++seed) {
        random_wire const made(d, seed);
        CHECK(made.certain());
        CHECK(decode(netstring::grammar, made.wire()));
        CHECK(made.wire() == random_wire(d, seed).wire());
        seen.insert(made.wire());
    }
    CHECK(seen.size() > 40);
}

TEST_CASE("what a description cannot say makes the bytes uncertain") {
    description d;
    depends.describe(d);
    CHECK(!random_wire(d, 1).certain());
}

}  // namespace
