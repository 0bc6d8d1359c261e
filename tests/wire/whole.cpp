#include "segue/wire/whole.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;

TEST_CASE("a content must use all of its segment, and the input stands behind it") {
    error e;
    std::string_view const wire = "\1\2\3";
    input in(wire.data(), wire.data() + 3, false, &e, {}, wire.data(), 0);
    std::uint8_t one = 0;
    CHECK(decode_whole(u8, in, 1, one) == step::done);
    CHECK(one == 1);
    CHECK(in.at == wire.data() + 1);
    CHECK(decode_whole(u8, in, 2, one) == step::failed);
    CHECK(e.code == errc::trailing_bytes);
    CHECK(e.offset == 2);
    std::uint16_t two = 0;
    CHECK(decode_whole(u16_be, in, 1, two) == step::failed);
    CHECK(e.code == errc::segment_too_short);
}

}  // namespace
