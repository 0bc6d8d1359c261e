#include "segue/driver/decode.hpp"

#include "catch.hpp"
#include "segue/lines/lines.hpp"
#include "segue/segue.hpp"
#include "segue/tlv/tlv.hpp"

namespace {

using namespace segue;

static_assert(decode(lines::grammar, "abc\n")->text == "abc");
static_assert(decode(lines::grammar, "abc\nd\n").error().code == errc::trailing_bytes);
static_assert(decode<limits{.message = 3}>(lines::grammar, "abc\n").error().code == errc::message_too_long);
static_assert(decode(tlv::grammar, std::string_view("\0\x08\0\0\0\7\xff\xfb\1a", 10))->centigrade == -5);

TEST_CASE("one shot decodes bytes that are exactly one message") {
    CHECK(decode(lines::grammar, "abc")->text == "abc");
    decoded<lines::line> const more = decode(lines::grammar, "a\nb");
    CHECK(!more);
    CHECK(more.error().offset == 2);
    std::string const wire("\0\x08\0\0\0\7\xff\xfb\1a", 10);
    auto const reading = decode(tlv::grammar, wire);
    REQUIRE(reading);
    CHECK(reading->label.data() == wire.data() + 9);
}

}  // namespace
