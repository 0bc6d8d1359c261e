#include "segue/driver/quiet_run.hpp"

#include "catch.hpp"
#include "segue/wire/scan.hpp"

namespace {

using namespace segue;

TEST_CASE("a run goes on with a few of its characters, as long as there is room for them") {
    quiet_run run(classifier<byte_set{}.with('a', 'z')>::members.data(), 5);
    CHECK(run);
    CHECK(!quiet_run());
    CHECK(run.goes_on_with("abc"));
    CHECK(run.goes_on_with("abcde"));
    CHECK(!run.goes_on_with("abcdef"));
    CHECK(!run.goes_on_with("aB"));
    run.take(3);
    CHECK(run.goes_on_with("ab"));
    CHECK(!run.goes_on_with("abc"));
    CHECK(!quiet_run(classifier<byte_set::all()>::members.data(), 100).goes_on_with("01234567890123456"));
}

}  // namespace
