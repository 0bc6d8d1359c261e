#include "segue/segment/length_prefixed.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

struct note {
    BOOST_HANA_DEFINE_STRUCT(note, (std::string_view, words));
};
template <auto const& Prefix>
inline constexpr auto behind = record<note>(field<"words">(length_prefixed(Prefix, bytes)));
inline constexpr auto colon = delimited<":">(number<std::uint16_t>);
inline constexpr auto hex_line = delimited<"\r\n">(hexadecimal<std::uint64_t>);

inline constexpr auto itself = record<note>(field<"words">(length_prefixed(u16_be, bytes).counting_itself()));
inline constexpr auto less = record<note>(field<"words">(length_prefixed(u8, fixed(3, bytes)).plus(-2)));
inline constexpr auto short_one = record<note>(field<"words">(length_prefixed(u32_be, bytes).max<5>()));

static_assert(behind<u8>.bounds() == size_bound{1, 256});
static_assert(behind<u16_be>.bounds() == size_bound{2, 2 + 8192});
static_assert(behind<u16_be>.bounds(limits{.element = unbounded}) == size_bound{2, 2 + 65535});
static_assert(behind<varint>.bounds(limits{.element = 100}) == size_bound{1, 110});
static_assert(short_one.bounds() == size_bound{4, 9});
static_assert(decode(itself, "\0\4hi"sv)->words == "hi");

TEST_CASE("a length may stand in any codec that yields an unsigned number") {
    CHECK(holds_for_wire<behind<u8>>("\2hi") == "");
    CHECK(holds_for_wire<behind<u16_be>>("\0\2hi"sv) == "");
    CHECK(holds_for_wire<behind<u16_le>>("\2\0hi"sv) == "");
    CHECK(holds_for_wire<behind<u24_be>>("\0\0\2hi"sv) == "");
    CHECK(holds_for_wire<behind<u32_be>>("\0\0\0\2hi"sv) == "");
    CHECK(holds_for_wire<behind<u32_le>>("\2\0\0\0hi"sv) == "");
    CHECK(holds_for_wire<behind<u64_be>>("\0\0\0\0\0\0\0\2hi"sv) == "");
    CHECK(holds_for_wire<behind<u64_le>>("\2\0\0\0\0\0\0\0hi"sv) == "");
    CHECK(holds_for_wire<behind<varint>>("\2hi") == "");
    CHECK(holds_for_wire<behind<varint>>("\xc8\1" + std::string(200, 'x')) == "");
    CHECK(holds_for_wire<behind<colon>>("2:hi") == "");
    CHECK(holds_for_wire<behind<hex_line>>("2\r\nhi") == "");
    CHECK(holds_for_random_wire<behind<colon>>() == "");
    CHECK(holds_for_random_wire<behind<varint>>() == "");
    CHECK(holds_for_random_values<behind<u24_le>>() == "");
}

TEST_CASE("a length may count more or less than the content") {
    CHECK(holds_for_wire<itself>("\0\4hi"sv) == "");
    CHECK(holds_for_wire<less>("\1abc") == "");
    CHECK(fails<itself>("\0\1"sv, errc::out_of_range, 0) == "");
    CHECK(holds_for_random_values<itself>() == "");
}

TEST_CASE("a hostile length fails on the length alone") {
    CHECK(fails<behind<u64_be>>("\xff\xff\xff\xff\xff\xff\xff\xff", errc::too_long, 0) == "");
    CHECK(fails<behind<varint>>("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", errc::too_long, 0) == "");
    CHECK(fails<behind<varint>>("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", errc::out_of_range, 9) == "");
    CHECK(fails<behind<colon>>("65536:", errc::out_of_range, 4) == "");
    CHECK(fails<behind<colon>>("00:", errc::not_canonical, 1) == "");
    CHECK(fails<behind<hex_line>>("ffffffffffffffff\r\n", errc::too_long, 0) == "");
    CHECK(fails<less>("\xff", errc::too_long, 0) == "");
    decoder<behind<u64_be>> in;
    in.feed("\x00\x00\x00\x00\x00\x00\x20\x00"sv);
    CHECK(in.next().kind() == kind::need);
    CHECK(in.heap() <= 512);
}

TEST_CASE("a limit holds at its last byte and fails behind it") {
    CHECK(holds_for_wire<short_one>("\0\0\0\4abcd"sv) == "");
    CHECK(holds_for_wire<short_one>("\0\0\0\5abcde"sv) == "");
    CHECK(fails<short_one>("\0\0\0\6abcdef"sv, errc::too_long, 0) == "");
    CHECK(is_refused(short_one, note{"abcdef"}, errc::too_long) == "");
    CHECK(is_refused(behind<u8>, note{std::string_view(std::string(256, 'x'))}, errc::too_long) == "");
}

TEST_CASE("what a segment has too much or too little of is said with its place") {
    struct pair {
        BOOST_HANA_DEFINE_STRUCT(pair, (std::uint16_t, a), (std::uint16_t, b));
    };
    static constexpr auto pairs = length_prefixed(u8, record<pair>(field<"a">(u16_be), field<"b">(u16_be)));
    CHECK(fails<pairs>("\3\0\1\0\2"sv, errc::segment_too_short, 4) == "");
    CHECK(fails<pairs>("\5\0\1\0\2\3"sv, errc::too_long, 0) == "");  // no content could be so long
    CHECK(decode(pairs, "\3\0\1\0"sv).error().path[0].field == std::string_view("b"));
}

template <std::size_t Level>
constexpr auto nested() {
    if constexpr (Level == 0) return length_prefixed(u8, bytes);
    else return length_prefixed(u32_be, nested<Level - 1>());
}

// counts how often the innermost content is encoded
struct counted_bytes : whole_bytes_t<false> {
    static inline int encodings = 0;
    template <class V>
    step encode(V const& v, output& out) const {
        ++encodings;
        return whole_bytes_t<false>::encode(v, out);
    }
};
template <std::size_t Level, class Prefix>
constexpr auto nested_counting(Prefix prefix) {
    if constexpr (Level == 0) return length_prefixed(prefix, counted_bytes{});
    else return length_prefixed(prefix, nested_counting<Level - 1>(prefix));
}

TEST_CASE("encoding 64 levels is linear") {
    std::string out;
    CHECK(encode(nested<63>(), std::string("x"), out).size() == 64 * 4 - 4 + 2);
    counted_bytes::encodings = 0;
    std::string fixed_width;
    CHECK(encode(nested_counting<63>(u32_be), std::string("x"), fixed_width));
    CHECK(counted_bytes::encodings == 2);  // counted once, written once
    counted_bytes::encodings = 0;
    std::string variable_width;
    CHECK(encode(nested_counting<63>(varint), std::string("x"), variable_width));
    CHECK(counted_bytes::encodings == 2 + 64);  // and counted once for each length of unknown width
}

}  // namespace
