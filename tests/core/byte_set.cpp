#include "segue/core/byte_set.hpp"

#include "catch.hpp"

using segue::byte_set;

namespace {

template <byte_set S>
constexpr std::size_t size_of_argument() {
    return S.size();
}
constexpr byte_set digits = byte_set{}.with('0', '9');

}  // namespace

TEST_CASE("a set has the bytes it was made of and no other") {
    constexpr byte_set separators = byte_set::of(":;\n");
    for (unsigned byte = 0; byte < 256; ++byte) {
        bool const made_of = byte == ':' || byte == ';' || byte == '\n';
        CHECK(separators.has(static_cast<unsigned char>(byte)) == made_of);
    }
}

TEST_CASE("both ends of a range belong to it, also at the edges of a word and of the byte") {
    STATIC_REQUIRE(digits.has('0'));
    STATIC_REQUIRE(digits.has('9'));
    STATIC_REQUIRE_FALSE(digits.has('/'));
    STATIC_REQUIRE_FALSE(digits.has(':'));
    STATIC_REQUIRE(byte_set{}.with(63, 64).size() == 2);
    STATIC_REQUIRE(byte_set{}.with(255, 255).has('\xff'));
    STATIC_REQUIRE(byte_set::all().size() == 256);
}

TEST_CASE("union, intersection and complement follow the laws of sets") {
    constexpr byte_set letters = byte_set{}.with('a', 'z');
    STATIC_REQUIRE((digits | letters).size() == 36);
    STATIC_REQUIRE((digits & letters) == byte_set{});
    STATIC_REQUIRE(~~digits == digits);
    STATIC_REQUIRE((digits | ~digits) == byte_set::all());
    STATIC_REQUIRE(~(digits | letters) == (~digits & ~letters));
    STATIC_REQUIRE(digits.without("09").size() == 8);
}

TEST_CASE("includes asks for every byte, meets for one") {
    STATIC_REQUIRE(digits.includes(byte_set::of("159")));
    STATIC_REQUIRE_FALSE(digits.includes(byte_set::of("15a")));
    STATIC_REQUIRE(digits.meets(byte_set::of("xy1")));
    STATIC_REQUIRE_FALSE(digits.meets(byte_set::of("xyz")));
    STATIC_REQUIRE(digits.includes({}));
    STATIC_REQUIRE_FALSE(digits.meets({}));
}

TEST_CASE("a set can be a template argument") { STATIC_REQUIRE(size_of_argument<digits>() == 10); }
