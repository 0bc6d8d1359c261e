#include "segue/message/field.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;

TEST_CASE("elements say whether they have a name, depend on a field, or measure one") {
    auto const plain = field<"a">(u8);
    auto const sized = sized_by<"n">(bytes);
    auto const measure = length_of<"a">(u8);
    CHECK(named<decltype(plain)>);
    CHECK(plain.name.view() == "a");
    CHECK((!named<decltype(sized)> && dependent<decltype(sized)> && !measuring<decltype(sized)>));
    CHECK((measuring<decltype(measure)> && !dependent<decltype(measure)>));
}

}  // namespace
