#include "segue/core/error_code.hpp"

#include "catch.hpp"

namespace {

using segue::errc;

TEST_CASE("an errc is a std::error_code") {
    std::error_code const code = errc::truncated;
    CHECK(code == errc::truncated);
    CHECK(code != errc::mismatch);
    CHECK(!std::error_code(errc::none));
    CHECK(std::string(code.category().name()) == "segue");
    CHECK(code.message() == std::string(sentence(errc::truncated)));
}

}  // namespace
