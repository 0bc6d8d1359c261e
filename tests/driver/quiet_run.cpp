#include "segue/driver/quiet_run.hpp"

#include <string>
#include <string_view>

#include "catch.hpp"
#include "segue/content/charset.hpp"
#include "segue/driver/decoder.hpp"
#include "segue/segment/delimited.hpp"
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

TEST_CASE("behind a run the first byte of a delimiter ends it, and wakes nobody; the next one does") {
    quiet_run run(&run_of<letters, "\r\n">, 5);
    char to[4];
    CHECK(run.take("abc", 0, to));
    CHECK(!run.take_text("\n", 3));
    CHECK(!run.take_text("\r\n", 3));
    CHECK(run.take_text("\r", 3));
    CHECK(run);
    CHECK((!run.take("a", 4, to) && !run.take_text("\n", 4) && !run.take_text("\r", 4)));
    quiet_run full(&run_of<letters, "\r\n">, 1);
    CHECK((full.take_text("\r", 3) && !full));
    CHECK((!quiet_run(&run_of<letters, "\n">, 5).take_text("\n", 3) && !quiet_run(&run_of<letters>, 5).take_text("\n", 3)));
}

TEST_CASE("the bytes of a text wake nobody as long as they are right, but for the last") {
    quiet_run run(&text_alone<"HTTP">, 2);  // behind its first
    char to[1];
    CHECK((!run.take("T", 1, to) && !run.take_text("P", 1)));
    CHECK((run.take_text("T", 1) && run));
    CHECK((run.take_text("T", 2) && !run));
}

TEST_CASE("nothing is copied behind the room that there is, wherever a delimiter begins in it") {
    static constexpr auto line = delimited<"\r\n">(charset<letters>);
    for (std::size_t size = 1; size < 1600; ++size) {
        decoder<line, limits{}, std::string_view> in;
        std::string const wire = std::string(size, 'x') + "\r!";
        for (char const& c : wire) {
            in.feed({&c, 1});
            (void)in.next();
        }
        CHECK(in.failed());
        CHECK(in.error().offset == size + 1);
    }
}

TEST_CASE("a run that no byte can end takes none by itself") {
    quiet_run run(&any_byte, 0);
    CHECK((run.of_any_byte() && !run && !quiet_run().of_any_byte()));
    char to[1];
    CHECK(!run.take("a", 9, to));
}

}  // namespace
