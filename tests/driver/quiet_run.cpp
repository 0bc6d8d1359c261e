#include "segue/driver/quiet_run.hpp"

#include <string>
#include <string_view>

#include "catch.hpp"
#include "segue/wire/scan.hpp"

namespace {

using namespace segue;

constexpr byte_set letters = byte_set{}.with('a', 'z');

TEST_CASE("a run goes on with a few of its characters, as long as there is room for them") {
    quiet_run run(&run_of<letters>, 5);
    CHECK(run);
    CHECK(!quiet_run());
    char to[32];
    CHECK(!run.take("abcdef", 9, to));
    CHECK(!run.take("aB", 9, to));
    CHECK(run.take("abc", 0, to));
    CHECK(std::string_view(to, 3) == "abc");
    CHECK(!run.take("abc", 0, to));
    CHECK(run.take("ab", 0, to));
    CHECK(!run.take("a", 9, to));
}

TEST_CASE("of more than a few characters it takes what is no longer than it is already") {
    quiet_run run(&run_of<letters>, 100);
    std::string const many(40, 'x'), ended = many.substr(1) + '\n';
    char to[64];
    CHECK(!run.take(many, 39, to));
    CHECK(!run.take(ended, 40, to));
    CHECK(run.take(many, 40, to));
    CHECK(std::string_view(to, 40) == many);
    CHECK(run.take(many, 80, to));
    CHECK(!run.take(many, 120, to));  // there is room for 20
    CHECK(run.take(std::string_view(many).substr(0, 20), 120, to));
    CHECK(!run);
}

TEST_CASE("a run that no byte can end takes none by itself") {
    quiet_run run(&any_byte, 0);
    CHECK((run.of_any_byte() && !run && !quiet_run().of_any_byte()));
    char to[1];
    CHECK(!run.take("a", 9, to));
}

}  // namespace
