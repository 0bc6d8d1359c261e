#include "segue/message/take_form.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "catch.hpp"

namespace {

using namespace segue;

using words = std::vector<std::string>;
using forms = std::variant<std::string_view, std::uint64_t, words, std::string, words>;

TEST_CASE("a form that is taken is empty, whatever was there before, and with a driver or without") {
    frames driver;
    for (frames* const with : {static_cast<frames*>(nullptr), &driver}) {
        forms v(std::in_place_index<0>, "text");
        take_form<1>(v, with);
        CHECK(std::get<1>(v) == 0);
        take_form<3>(v, with);
        CHECK(std::get<3>(v).empty());
        std::get<3>(v) = "too long for a place inside of the string";
        take_form<0>(v, with);
        CHECK(std::get<0>(v).empty());
        take_form<2>(v, with);
        CHECK(std::get<2>(v).empty());
    }
}

TEST_CASE("a container has its place again when its form comes back, or another form of its type") {
    frames driver;
    forms v(std::in_place_index<2>, words{"a", "b"});
    auto const* const place = std::get<2>(v).data();
    take_form<1>(v, &driver);
    take_form<0>(v, &driver);
    take_form<2>(v, &driver);
    CHECK(std::get<2>(v).data() == place);
    take_form<4>(v, &driver);
    CHECK(std::get<4>(v).data() == place);
    take_form<1>(v, nullptr);
    take_form<2>(v, &driver);
    CHECK(std::get<2>(v).capacity() == 0);
}

struct throws_when_moved {
    throws_when_moved() = default;
    throws_when_moved(throws_when_moved&&) { throw 1; }
    throws_when_moved& operator=(throws_when_moved&&) = default;
};

TEST_CASE("a variant that lost its value takes a form") {
    std::variant<std::uint64_t, std::string, throws_when_moved> v;
    throws_when_moved from;
    CHECK_THROWS(v.emplace<2>(std::move(from)));
    REQUIRE(v.valueless_by_exception());
    frames driver;
    take_form<1>(v, &driver);
    CHECK(std::get<1>(v).empty());
}

}  // namespace
