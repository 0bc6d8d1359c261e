#include "segue/driver/quiet_run.hpp"

#include <string_view>

#include "catch.hpp"
#include "segue/wire/scan.hpp"

namespace {

using namespace segue;

TEST_CASE("a run goes on with a few of its characters, as long as there is room for them") {
    quiet_run run(classifier<byte_set{}.with('a', 'z')>::members.data(), 5);
    CHECK(run);
    CHECK(!quiet_run());
    char to[32];
    CHECK(!run.take("abcdef", to));
    CHECK(!run.take("aB", to));
    CHECK(run.take("abc", to));
    CHECK(std::string_view(to, 3) == "abc");
    CHECK(!run.take("abc", to));
    CHECK(run.take("ab", to));
    CHECK(!run.take("a", to));
    CHECK(!quiet_run(classifier<byte_set::all()>::members.data(), 100).take("01234567890123456", to));
}

TEST_CASE("a run that no byte can end takes none by itself") {
    quiet_run run(&any_byte, 0);
    CHECK((run.of_any_byte() && !run && !quiet_run().of_any_byte()));
    char to[1];
    CHECK(!run.take("a", to));
}

}  // namespace
