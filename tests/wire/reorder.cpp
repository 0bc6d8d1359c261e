#include "segue/wire/reorder.hpp"

#include <string>

#include "catch.hpp"

namespace {

using namespace segue;

TEST_CASE("each byte stands where the order says") {
    constexpr std::array<unsigned char, 16> order = {0, 1, 3, 2, 7, 6, 5, 4, 15, 14, 13, 12, 11, 10, 9, 8};
    std::string const from = "abcdefghijklmnop";
    std::string to(16, '\0');
    if constexpr (reorders_at_once) {
        auto const all = reordered<order>(from.data());
        std::memcpy(to.data(), &all, 16);
    } else {
        for (std::size_t i = 0; i < 16; ++i) to[i] = from[order[i]];
    }
    CHECK(to == "abdchgfeponmlkji");
}

}  // namespace
