#include "segue/message/record.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

struct point {
    BOOST_HANA_DEFINE_STRUCT(point, (std::uint8_t, x), (std::uint16_t, y));
};
struct shape_of_points {
    BOOST_HANA_DEFINE_STRUCT(shape_of_points, (std::string_view, name), (point, from), (point, to), (std::string, note));
};
inline constexpr auto point_codec = record<point>(field<"x">(u8), field<"y">(u16_le));
inline constexpr auto all_fixed = record<point>(literal<"P">, field<"y">(u16_be), literal<",">, field<"x">(u8), literal<";">);
inline constexpr auto mixed = record<shape_of_points>(
    field<"name">(delimited<":">(charset<byte_set{}.with('a', 'z')>)),
    field<"from">(point_codec), literal<"->">, field<"to">(point_codec),
    field<"note">(length_prefixed(u8, text)), literal<"\n">);

static_assert(point_codec.bounds() == size_bound{3, 3} && decltype(point_codec)::exact_size);
static_assert(mixed.bounds(limits{.element = 10}) == size_bound{12, 31});
static_assert(sizeof(state_of<decltype(point_codec)>) <= 2);
static_assert(sizeof(state_of<decltype(mixed)>) <= 12);
static_assert(decode(point_codec, "\1\2\3"sv)->y == 0x0302);
static_assert(all_fixed.first() == byte_set::of("P"));

TEST_CASE("records keep the laws") {
    CHECK(holds_for_wire<point_codec>("\1\2\3") == "");
    CHECK(holds_for_wire<all_fixed>("P\1\2,\3;") == "");
    CHECK(holds_for_wire<mixed>("ab:\1\2\3->\4\5\6\3abc\n") == "");
    CHECK(holds_for_random_wire<mixed>() == "");
    CHECK(holds_for_random_values<point_codec>() == "");
}

TEST_CASE("an error's path begins with the field's name") {
    error const e = decode(mixed, "ab:\1\2\3->\4\5\6\1\xff\n").error();
    CHECK(e.code == errc::not_utf8);
    CHECK(e.offset == 12);
    CHECK(render(e) == "not_utf8 at 12 in .note");
    struct line {
        BOOST_HANA_DEFINE_STRUCT(line, (shape_of_points, drawn));
    };
    static constexpr auto outer = record<line>(field<"drawn">(mixed));
    CHECK(render(decode(outer, "AB").error()) == "mismatch at 0 in .drawn.name expected \"[a-z]\"");
    CHECK(fails<outer>("ab:\1\2\3=", errc::mismatch, 6) == "");
    shape_of_points bad;
    bad.name = "A";
    std::string out;
    CHECK(render(encode(outer, line{bad}, out).error()) == "mismatch at 0 in .drawn.name expected \"[a-z]\"");
    CHECK(out.empty());
}

TEST_CASE("need adds the fewest bytes of all that follows") {
    decoder<mixed> in;
    in.feed("a");
    CHECK(in.next().minimum() == 11);
    in.feed(":\1");
    CHECK(in.next().minimum() == 9);
    in.feed("\2\3->\4\5\6\5");
    CHECK(in.next().minimum() == 6);
}

struct words {
    BOOST_HANA_DEFINE_STRUCT(words, (std::string_view, first), (std::vector<std::string_view>, rest));
};
inline constexpr auto words_codec = record<words>(
    field<"first">(delimited<" ">(charset<byte_set{}.with('a', 'z')>)),
    field<"rest">(repeat_until<".">(delimited<" ">(charset<byte_set{}.with('a', 'z')>))));

TEST_CASE("lists of the last message are gone where the next one is cut before its own") {
    CHECK(holds_for_wire<words_codec>("a b c .") == "");
    decoder<words_codec> in;
    in.feed("a b c .de");
    auto r = in.next();
    CHECK((r.kind() == kind::message && r->rest.size() == 2));
    CHECK((in.next().kind() == kind::need && r->rest.empty()));
    in.feed(" f .");
    CHECK((in.next().kind() == kind::message && r->first == "de" && r->rest == std::vector<std::string_view>{"f"}));
}

}  // namespace
