#include "segue/core/fixed_string.hpp"

#include "catch.hpp"

using segue::fixed_string;

namespace {

template <fixed_string S>
constexpr std::string_view of() {
    return S.view();
}
template <fixed_string S>
struct named {};

}  // namespace

TEST_CASE("a fixed string as a template argument keeps its characters, NUL bytes too") {
    STATIC_REQUIRE(of<"label">() == "label");
    STATIC_REQUIRE(of<"\0\r\n">() == std::string_view("\0\r\n", 3));
    STATIC_REQUIRE(fixed_string("\r\n")[1] == '\n');
}

TEST_CASE("the size of a fixed string does not count the closing NUL") {
    STATIC_REQUIRE(fixed_string("").size == 0);
    STATIC_REQUIRE(fixed_string("ab").size == 2);
}

TEST_CASE("types named by equal strings are one type, by different strings two") {
    STATIC_REQUIRE(std::is_same_v<named<"a">, named<"a">>);
    STATIC_REQUIRE_FALSE(std::is_same_v<named<"a">, named<"b">>);
    STATIC_REQUIRE_FALSE(std::is_same_v<named<"a">, named<"a\0">>);
}
