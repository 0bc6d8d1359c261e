#include "segue/wire/utf8.hpp"

#include <string>
#include <string_view>

#include "catch.hpp"

namespace {

using segue::invalid_utf8;

constexpr std::size_t first_bad(std::string_view s) { return static_cast<std::size_t>(invalid_utf8(s.data(), s.data() + s.size()) - s.data()); }

static_assert(first_bad("") == 0 && first_bad("a\xc3\xa9") == 3 && first_bad("a\xc3") == 1);

// the definition: a code point's shortest form, no surrogates
std::string encoded(unsigned long c) {
    std::string s;
    if (c < 0x80) return {static_cast<char>(c)};
    if (c < 0x800) s = {static_cast<char>(0xc0 | c >> 6)};
    else if (c < 0x10000) s = {static_cast<char>(0xe0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3f))};
    else s = {static_cast<char>(0xf0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3f)), static_cast<char>(0x80 | (c >> 6 & 0x3f))};
    return s + static_cast<char>(0x80 | (c & 0x3f));
}

TEST_CASE("every code point is accepted but surrogates and what is above U+10FFFF") {
    std::size_t wrong = 0;
    for (unsigned long c = 0; c < 0x120000; ++c) {
        bool const valid = c < 0x110000 && (c < 0xd800 || c > 0xdfff);
        std::string const s = encoded(c);
        wrong += (first_bad(s) == s.size()) != valid;
    }
    CHECK(wrong == 0);
}

TEST_CASE("every sequence of two bytes that begins outside ASCII is accepted exactly when it is made of code points") {
    std::size_t wrong = 0, two_bytes_accepted = 0;
    for (unsigned a = 0x80; a < 256; ++a)
        for (unsigned b = 0; b < 256; ++b) {
            std::string const s = {static_cast<char>(a), static_cast<char>(b)};
            bool const valid = a >= 0xc2 && a <= 0xdf && b >= 0x80 && b <= 0xbf;
            two_bytes_accepted += first_bad(s) == 2;
            wrong += (first_bad(s) == 2) != valid;
        }
    CHECK(wrong == 0);
    CHECK(two_bytes_accepted == 30 * 64);
}

}  // namespace
