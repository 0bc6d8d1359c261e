#include "segue/driver/recovery.hpp"

#include <string_view>

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;

inline constexpr auto numbers = recover(length_prefixed(u8, number<std::uint32_t>));
inline constexpr auto words = recover(delimited<"\n">(charset<byte_set{}.with('a', 'z')>)).past<"\n">();

TEST_CASE("what it tells has the place, the size and the cause") {
    decoder<numbers, limits{}, std::uint32_t> in;
    in.feed("\1" "7" "\2" "1x" "\1" "8");
    REQUIRE(in.next().kind() == kind::message);
    auto const skipped = in.next();
    REQUIRE(skipped.kind() == kind::skipped);
    CHECK(skipped.skipped().offset == 2);
    CHECK(skipped.skipped().size == 3);
    CHECK(skipped.skipped().cause.code == errc::trailing_bytes);
    CHECK(skipped.skipped().cause.offset == 4);
    CHECK(!in.failed());
    auto const behind = in.next();
    REQUIRE(behind.kind() == kind::message);
    CHECK(*behind == 8);
}

TEST_CASE("a long incident keeps none of its bytes") {
    decoder<words, limits{}, std::string_view> in;
    std::string const noise(60000, '?');
    for (std::size_t i = 0; i < noise.size(); i += 1000) {
        in.feed(std::string_view(noise).substr(i, 1000));
        REQUIRE(in.next().kind() == kind::need);
        CHECK(in.heap() < 4096);
    }
    in.feed("\nabc\n");
    REQUIRE(in.next().kind() == kind::skipped);
    auto const behind = in.next();
    REQUIRE(behind.kind() == kind::message);
    CHECK(*behind == "abc");
}

TEST_CASE("a decoder moved in the middle of an incident goes on with it") {
    decoder<words, limits{}, std::string_view> first;
    first.feed("??");
    REQUIRE(first.next().kind() == kind::need);
    decoder<words, limits{}, std::string_view> second(std::move(first));
    second.feed("?\nabc\n");
    auto const skipped = second.next();
    REQUIRE(skipped.kind() == kind::skipped);
    CHECK(skipped.skipped().size == 4);
    CHECK(second.next().kind() == kind::message);
}

TEST_CASE("what is not in the bytes is not passed over") {
    reader<> in;
    recovery<std::remove_cvref_t<decltype(numbers)>, limits{}> on;
    std::uint32_t value = 0;
    state_of<std::remove_cvref_t<decltype(numbers)>> state{};
    class_bitmap<sets<>> none;
    in.feed("\1" "7", value);
    in.poison(errc::timed_out);
    CHECK(on.read(in, numbers, state, value, none) == kind::failed);
    CHECK(on.read(in, numbers, state, value, none) == kind::failed);
    CHECK(in.error().code == errc::timed_out);
}

}  // namespace
