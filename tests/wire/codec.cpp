#include "segue/wire/codec.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;

struct point {
    BOOST_HANA_DEFINE_STRUCT(point, (std::uint8_t, x));
};
inline constexpr auto point_codec = record<point>(field<"x">(u8));

static_assert(codec<decltype(point_codec)> && !codec<point>);
static_assert(codec_for<std::remove_cvref_t<decltype(u8)>, std::uint16_t> && !codec_for<std::remove_cvref_t<decltype(u16_be)>, std::uint8_t>);
static_assert(!codec_for<decltype(length_prefixed(u8, text)), int>);
static_assert(std::same_as<value_of<decltype(length_prefixed(u8, point_codec))>, point>);
static_assert(number_codec<decltype(delimited<":">(number<std::uint32_t>))> && !number_codec<std::remove_cvref_t<decltype(i8)>>);
static_assert(self_ending<std::remove_cvref_t<decltype(charset<byte_set::of("a")>)>> && !self_ending<std::remove_cvref_t<decltype(text)>>);
static_assert(takes_the_rest<std::remove_cvref_t<decltype(bytes)>> && !takes_the_rest<decltype(length_prefixed(u8, bytes))>);
static_assert(exact_size<decltype(fixed(3, bytes))> && !exact_size<decltype(length_prefixed(u8, bytes))>);

static_assert(std::same_as<beside<stateless>, std::uint8_t> && std::same_as<beside<std::uint32_t>, std::uint32_t> && std::same_as<beside<std::uint64_t>, std::uint64_t>);

TEST_CASE("of several states at most one is kept, and comes back as it was") {
    one_of<std::uint8_t, std::uint64_t, std::uint16_t> states;
    put_state<1>(states, std::uint64_t{1} << 40);
    CHECK(get_state<1>(states) == std::uint64_t{1} << 40);
    put_state<2>(states, std::uint16_t{7});
    CHECK(get_state<2>(states) == 7);
    CHECK(sizeof(states) == 8);
}

TEST_CASE("counting gives the bytes a value takes, or the reason why it has none") {
    error e;
    output out(e);
    std::uint64_t size = 0;
    CHECK(count(length_prefixed(u8, text), std::string("abc"), out, size));
    CHECK(size == 4);
    CHECK(out.written() == 0);
    CHECK(!count(length_prefixed(u8, text), std::string("\xff"), out, size));
    CHECK(e.code == errc::not_utf8);
}

}  // namespace
