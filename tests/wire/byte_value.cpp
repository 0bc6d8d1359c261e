#include "segue/wire/byte_value.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"

namespace {

using namespace segue;

static_assert(byte_owner<std::string> && byte_owner<std::vector<unsigned char>> && byte_owner<std::vector<std::byte>>);
static_assert(byte_view<std::string_view> && byte_view<std::span<char const>> && byte_view<std::span<unsigned char const>>);
static_assert(byte_array<std::array<char, 3>> && !byte_owner<std::array<char, 3>> && !byte_view<std::array<char, 3>>);
static_assert(!byte_value<std::vector<int>> && !byte_value<std::span<char>> && !byte_value<int>);

template <class V>
std::string through() {
    V v{};
    return assign_bytes(v, "a\0\xff", 3) ? std::string(characters_of(v)) : "refused";
}

TEST_CASE("bytes go in and come out of every type that holds them") {
    std::string const expected("a\0\xff", 3);
    CHECK(through<std::string>() == expected);
    CHECK(through<std::vector<char>>() == expected);
    CHECK(through<std::vector<unsigned char>>() == expected);
    CHECK(through<std::vector<std::byte>>() == expected);
    CHECK(through<std::string_view>() == expected);
    CHECK(through<std::span<char const>>() == expected);
    CHECK(through<std::span<std::byte const>>() == expected);
    CHECK(through<std::array<unsigned char, 3>>() == expected);
    CHECK(through<std::array<char, 4>>() == "refused");
}

TEST_CASE("an owner grows by what is appended") {
    std::vector<unsigned char> v;
    append_bytes(v, "ab");
    append_bytes(v, "c");
    CHECK(characters_of(v) == "abc");
}

}  // namespace
