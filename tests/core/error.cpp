#include "segue/core/error.hpp"

#include <set>
#include <string>

#include "catch.hpp"

namespace {

using namespace segue;

TEST_CASE("every code has a name and a sentence of its own") {
    std::set<std::string> names, sentences;
    std::size_t const codes = static_cast<std::size_t>(errc::no_room) + 1;
    for (std::size_t i = 0; i < codes; ++i) {
        names.emplace(name_of(static_cast<errc>(i)));
        sentences.emplace(sentence(static_cast<errc>(i)));
    }
    CHECK(names.size() == codes);
    CHECK(sentences.size() == codes);
    CHECK(names.count("unknown") == 0);
}

TEST_CASE("errors are equal when they say the same") {
    static char const one[] = "name", other[] = "name";
    error a{.code = errc::mismatch, .depth = 1, .offset = 3};
    error b = a;
    a.path[0] = {one, 0};
    b.path[0] = {other, 0};
    CHECK(a == b);
    b.path[0] = {nullptr, 0};
    CHECK(a != b);
    b = a;
    b.offset = 4;
    CHECK(a != b);
    CHECK(!error{});
    CHECK(static_cast<bool>(a));
}

}  // namespace
