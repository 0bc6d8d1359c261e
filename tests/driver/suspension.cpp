#include "segue/driver/suspension.hpp"

#include "catch.hpp"
#include "segue/wire/input.hpp"

namespace {

using namespace segue;

TEST_CASE("a suspension says what the input said") {
    error e;
    std::string_view const wire = "abc";
    input in(wire.data(), wire.data() + 3, false, &e, {}, wire.data(), 0);
    in.at += 1;
    suspension const s(in.want_while<byte_set{}.with('a', 'z')>(9, 4), in);
    CHECK(s.result == step::need_more);
    CHECK(s.at == wire.data() + 1);
    CHECK(s.need == 4);
    CHECK(s.quiet == &run_of<byte_set{}.with('a', 'z')>);
    CHECK(s.quiet_left == 9);
    CHECK(s.streamed == nullptr);
    CHECK(s.owed == 0);
    CHECK(!s.collected);
}

}  // namespace
