#include "segue/inspect/base64.hpp"

#include <random>
#include <string>

#include "catch.hpp"

using namespace segue;

TEST_CASE("base64: the vectors of RFC 4648, section 10, both ways") {
    std::pair<std::string, std::string> const vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"},
                                                           {std::string("\0", 1), "AA=="},
                                                           {"\xff\xfe", "//4="}};
    for (auto const& [raw, coded] : vectors) {
        CAPTURE(coded);
        CHECK(base64_of(raw) == coded);
        CHECK(bytes_of_base64(coded) == raw);
    }
}

TEST_CASE("base64: what was written reads back") {
    std::mt19937 random(1);
    for (std::size_t size = 0; size < 200; ++size) {
        std::string raw(size, '\0');
        for (char& c : raw) c = static_cast<char>(random());
        REQUIRE(bytes_of_base64(base64_of(raw)) == raw);
    }
}

TEST_CASE("base64: no padding, foreign characters and second spellings are refused") {
    for (std::string const wrong : {"Z", "Zg", "Zg=", "=", "====", "Z===", "Zg==Zg==", "Zh==", "Zm9=", "Zm 9", "Zm9v\n",
                                    "Zm-_", "\xff\xff\xff\xff"}) {
        CAPTURE(wrong);
        CHECK_FALSE(bytes_of_base64(wrong));
    }
}
