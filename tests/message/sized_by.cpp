#include "segue/message/sized_by.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

struct frame {
    BOOST_HANA_DEFINE_STRUCT(frame, (std::uint32_t, length), (std::uint8_t, type), (std::string_view, payload), (std::uint8_t, end));
};
inline constexpr auto sized = record<frame>(
    field<"length">(length_of<"payload">(u24_be)), field<"type">(u8), field<"payload">(sized_by<"length">(bytes).max<10>()), field<"end">(u8));

struct table {
    BOOST_HANA_DEFINE_STRUCT(table, (std::uint64_t, count), (std::string_view, title), (std::vector<std::uint16_t>, rows));
};
inline constexpr auto counted = record<table>(
    field<"count">(count_of<"rows">(delimited<" ">(number<std::uint64_t>))), field<"title">(delimited<"\n">(bytes)), field<"rows">(counted_by<"count">(u16_be).max<4>()));

static_assert(sized.bounds() == size_bound{5, 15});
static_assert(counted.bounds(limits{.element = 10}) == size_bound{3, 21 + 11 + 8});

TEST_CASE("a size or a count in an earlier field keeps the laws") {
    CHECK(holds_for_wire<sized>("\0\0\3\7abc\1"sv) == "");
    CHECK(holds_for_wire<sized>("\0\0\0\7\1"sv) == "");
    CHECK(holds_for_wire<counted>("2 ab\n\0\1\0\2"sv) == "");
    CHECK(holds_for_wire<counted>("0 \n"sv) == "");
    CHECK(holds_for_random_wire<sized>() == "");
}

TEST_CASE("the measuring field is computed on encode, whatever its member holds") {
    std::string out;
    CHECK(encode(sized, frame{99, 7, "abc", 1}, out));
    CHECK(out == "\0\0\3\7abc\1"sv);
    out.clear();
    CHECK(encode(counted, table{99, "ab", {1, 2}}, out));
    CHECK(out == "2 ab\n\0\1\0\2"sv);
}

TEST_CASE("limits hold for sizes and counts") {
    CHECK(holds_for_wire<sized>("\0\0\12\7abcdefghij\1"sv) == "");
    CHECK(fails<sized>("\0\0\13\7"sv, errc::too_long, 4) == "");
    CHECK(fails<counted>("5 \n", errc::too_many, 3) == "");
    CHECK(fails<counted>("18446744073709551615 \n", errc::too_many, 22) == "");
    CHECK(is_refused(sized, frame{0, 7, "abcdefghijk", 1}, errc::too_long) == "");
    CHECK(is_refused(counted, table{0, "", {1, 2, 3, 4, 5}}, errc::too_many) == "");
}

}  // namespace
