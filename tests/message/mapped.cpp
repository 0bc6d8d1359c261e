#include "segue/message/mapped.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

enum class color : std::uint8_t { red = 1, green = 2 };
struct point {
    BOOST_HANA_DEFINE_STRUCT(point, (std::uint8_t, x), (std::uint8_t, y));
};
struct pixel {
    BOOST_HANA_DEFINE_STRUCT(pixel, (color, shade), (int, sum), (std::string, name));
};
inline constexpr auto known_color = mapped(
    u8, [](std::uint8_t b) { return b == 1 || b == 2 ? std::optional(static_cast<color>(b)) : std::nullopt; },
    [](color c) { return static_cast<std::uint8_t>(c); });
inline constexpr auto sum = mapped(
    record<point>(field<"x">(u8), field<"y">(delimited<";">(number<std::uint8_t>))), [](point p) { return p.x * 256 + p.y; },
    [](int v) { return v < 0 ? std::optional<point>() : point{static_cast<std::uint8_t>(v / 256), static_cast<std::uint8_t>(v % 256)}; });
inline constexpr auto shouted = mapped<std::string_view>(
    text, [](std::string_view s) { return std::string(s) + "!"; }, [](std::string const& s) { return std::string_view(s).substr(0, s.size() - 1); });
inline constexpr auto grammar = record<pixel>(field<"shade">(known_color), field<"sum">(sum), field<"name">(length_prefixed(u8, shouted)));

static_assert(grammar.bounds() == size_bound{5, 262});
static_assert(decode(known_color, "\2").error().code == errc::none);

TEST_CASE("mapped values keep the laws") {
    CHECK(holds_for_wire<grammar>("\1\5" "7;\2hi"sv) == "");
    CHECK(holds_for_wire<grammar>("\2\5" "255;\0"sv) == "");
    CHECK(decode(grammar, "\2\1" "2;\1a"sv)->sum == 258);
    CHECK(decode(grammar, "\2\1" "2;\1a"sv)->name == "a!");
}

TEST_CASE("a value that the mapping does not know is refused both ways") {
    CHECK(fails<grammar>("\3", errc::out_of_range, 0) == "");
    CHECK(is_refused(grammar, pixel{color::red, -1, "!"}, errc::out_of_range) == "");
}

}  // namespace
