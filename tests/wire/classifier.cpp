#include "segue/wire/classifier.hpp"

#include <string>

#include "byte_sets.hpp"
#include "catch.hpp"
#include "segue/wire/scan.hpp"

namespace {

using namespace segue;
using namespace byte_sets;

static_assert(classifier<visible>::by_range && !classifier<token>::by_range && classifier<token>::ascii);
static_assert(classifier<not_lf>::one_stop && !classifier<visible>::one_stop);
static_assert(classifier<only_nul>::has('\0') && !classifier<only_nul>::has('a') && !classifier<byte_set{}>::has('a'));

template <byte_set S>
std::string has_its_members() {
    for (unsigned byte = 0; byte < 256; ++byte)
        if (classifier<S>::has(static_cast<char>(byte)) != S.has(static_cast<unsigned char>(byte))) return "byte " + std::to_string(byte);
    return "";
}

TEST_CASE("a classifier has the members of its set, however few") {
    CHECK(has_its_members<token>() == "");
    CHECK(has_its_members<odd>() == "");
    CHECK(has_its_members<only_nul>() == "");
    CHECK(has_its_members<byte_set::of(" \t")>() == "");
    CHECK(has_its_members<byte_set{}>() == "");
    CHECK(has_its_members<byte_set::all()>() == "");
}

TEST_CASE("each byte value is classified right at every place of a vector") {
    std::string broken;
    for (unsigned byte = 0; byte < 256; ++byte)
        for (std::size_t place = 0; place < 64; ++place) {
            std::string block(64, 'a');
            block[place] = static_cast<char>(byte);
            char const* const end = block.data() + 64;
            if (skip<token>(block.data(), end) != skip_scalar<token>(block.data(), end)) broken += std::to_string(byte) + " ";
            if (skip<visible>(block.data(), end) != skip_scalar<visible>(block.data(), end)) broken += std::to_string(byte) + " ";
        }
    CHECK(broken == "");
}

}  // namespace
