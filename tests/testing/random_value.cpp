#include "segue/testing/random_value.hpp"

#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "segue/testing/render.hpp"

namespace {

struct even {
    int value = 1;
};
struct message {
    BOOST_HANA_DEFINE_STRUCT(message, (std::uint8_t, number), (std::string, text), (std::vector<std::uint16_t>, list), (std::optional<std::string_view>, maybe),
        (std::variant<std::uint8_t, std::string>, either), (std::array<char, 3>, array));
};

}  // namespace

template <>
struct segue::testing::sample<even> {
    static even make(random_source& random) { return {static_cast<int>(random() % 100) * 2}; }
};

namespace {

using namespace segue::testing;

TEST_CASE("random values differ, and are the same again for the same source") {
    std::set<std::string> seen;
    random_source one(1), other(1);
    for (int i = 0; i < 50; ++i) {
        std::string const value = render(random_value<message>(one));
        CHECK(value == render(random_value<message>(other)));
        seen.insert(value);
    }
    CHECK(seen.size() > 45);
}

TEST_CASE("a type of one's own makes its own samples") {
    random_source random(1);
    for (int i = 0; i < 20; ++i) CHECK(random_value<even>(random).value % 2 == 0);
}

}  // namespace
