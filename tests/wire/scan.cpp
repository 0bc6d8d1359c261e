#include "segue/wire/scan.hpp"

#include <random>
#include <string>

#include "byte_sets.hpp"
#include "catch.hpp"

namespace {

using namespace segue;
using namespace byte_sets;

static_assert([] {
    char const word[] = "abc def";
    return skip<token>(word, word + 7) == word + 3;
}());

template <byte_set S>
std::string agrees_with_scalar(std::string const& random) {
    for (std::size_t from = 0; from < random.size(); from += 7)
        for (std::size_t size : {0u, 1u, 15u, 16u, 17u, 31u, 32u, 33u, 63u, 64u, 65u, 130u, 700u}) {
            if (from + size > random.size()) continue;
            // an allocation of its own, so that a sanitizer sees every byte read outside
            std::string const piece = random.substr(from, size);
            char const* const end = piece.data() + piece.size();
            char const* const expected = skip_scalar<S>(piece.data(), end);
            if (run_of<S>.skip(piece.data(), end) != expected) return "the set as a value differs at " + std::to_string(from);
            if (skip<S>(piece.data(), end) != expected) return "skip differs at " + std::to_string(from) + " of size " + std::to_string(size);
        }
    return "";
}

TEST_CASE("every way to search finds what the scalar loop finds") {
    std::mt19937 random(1);
    std::string any, mostly_text, runs;
    for (int i = 0; i < 2000; ++i) {
        any += static_cast<char>(random());
        mostly_text += random() % 90 == 0 ? static_cast<char>(random()) : static_cast<char>('a' + random() % 26);
        runs += random() % 400 == 0 ? '\n' : 'x';
    }
    for (std::string const& bytes : {any, mostly_text, runs}) {
        CHECK(agrees_with_scalar<token>(bytes) == "");
        CHECK(agrees_with_scalar<visible>(bytes) == "");
        CHECK(agrees_with_scalar<not_lf>(bytes) == "");
        CHECK(agrees_with_scalar<odd>(bytes) == "");
        CHECK(agrees_with_scalar<only_nul>(bytes) == "");
        CHECK(agrees_with_scalar<byte_set::all()>(bytes) == "");
    }
}

}  // namespace
