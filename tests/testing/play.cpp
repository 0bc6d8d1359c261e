#include "segue/testing/play.hpp"

#include "catch.hpp"
#include "segue/lines/lines.hpp"
#include "segue/netstring/netstring.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

TEST_CASE("a run says every message, the end, and how much was consumed") {
    player<lines::grammar> run;
    CHECK(run.give("one\ntw").messages == 1);
    said const all = run.close();
    CHECK(all.events == "{text: \"one\"} @4\n{text: \"tw\"} @6\n");
    CHECK(all.last == kind::end);
    CHECK(all.offset == 6);
}

TEST_CASE("a run says streamed pieces as one, and a failure with its place") {
    player<netstring::streamed_grammar> run;
    run.give("3:a");
    run.give("bc,x");
    said const all = run.close();
    CHECK(all.events == "abc{payload: streamed 3} @6\n");
    CHECK(all.last == kind::failed);
    CHECK(all.failure.starts_with("mismatch at 6 in .payload"));
}

}  // namespace
