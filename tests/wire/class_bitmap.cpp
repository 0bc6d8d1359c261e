#include "segue/wire/class_bitmap.hpp"

#include <random>
#include <string>

#include "byte_sets.hpp"
#include "catch.hpp"

namespace {

using namespace segue;
using namespace byte_sets;

template <byte_set S>
std::string agrees_with_scalar(std::string const& all) {
    for (std::size_t from = 0; from < all.size(); from += 11)
        for (std::size_t size : {0u, 1u, 63u, 64u, 65u, 127u, 128u, 130u, 700u}) {
            if (from + size > all.size()) continue;
            // an allocation of its own, so that a sanitizer sees every byte read outside
            std::string const piece = all.substr(from, size);
            char const* const end = piece.data() + piece.size();
            class_bitmap<sets<token, visible, not_lf, S>> bitmap;
            for (char const* p = piece.data(); p <= end; ++p) {
                if (std::size_t const n = bitmap.template near<S>(p); n != 64 && p + n != skip_scalar<S>(p, end)) return "near at " + std::to_string(from);
                if (bitmap.template skip<S>(p, end) != skip_scalar<S>(p, end)) return "at " + std::to_string(from) + " of size " + std::to_string(size);
            }
            for (char const* p = end;; --p) {  // backwards too: a search may begin before the last block
                if (bitmap.template skip<S>(p, end) != skip_scalar<S>(p, end)) return "backwards at " + std::to_string(from);
                if (p == piece.data()) break;
            }
        }
    return "";
}

// of bytes that lie behind others of the same run, and were copied there
template <byte_set S>
std::string agrees_after_a_copy(std::string const& all) {
    for (std::size_t from = 0; from < all.size(); from += 11)
        for (std::size_t size : {1u, 15u, 16u, 17u, 63u, 64u, 65u, 130u}) {
            if (from + size > all.size()) continue;
            std::string const before = all.substr(0, from % 70);
            std::string const arrived = all.substr(from, size);
            std::string const copy = before + arrived;
            char const* const end = copy.data() + copy.size();
            class_bitmap<sets<token, visible, not_lf, S>> bitmap;
            bitmap.foresee(arrived.data(), size, end - size);
            for (char const* p = copy.data(); p <= end; ++p) {
                class_bitmap<sets<token, visible, not_lf, S>> foreseen = bitmap;
                if (foreseen.template skip<S>(p, end) != skip_scalar<S>(p, end)) return "at " + std::to_string(from) + " of size " + std::to_string(size);
            }
        }
    return "";
}

TEST_CASE("a bitmap finds what the scalar loop finds, for each of its sets and for others") {
    std::mt19937 random(1);
    std::string any, runs;
    for (int i = 0; i < 1500; ++i) {
        any += random() % 9 == 0 ? static_cast<char>(random()) : static_cast<char>('a' + random() % 26);
        runs += random() % 400 == 0 ? '\n' : 'x';
    }
    for (std::string const& bytes : {any, runs}) {
        CHECK(agrees_with_scalar<token>(bytes) == "");
        CHECK(agrees_with_scalar<visible>(bytes) == "");
        CHECK(agrees_with_scalar<not_lf>(bytes) == "");
        CHECK(agrees_with_scalar<odd>(bytes) == "");
        CHECK(agrees_with_scalar<only_nul>(bytes) == "");
        CHECK(agrees_after_a_copy<token>(bytes) == "");
        CHECK(agrees_after_a_copy<visible>(bytes) == "");
        CHECK(agrees_after_a_copy<odd>(bytes) == "");
    }
}

}  // namespace
