#include "segue/content/varint.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

template <class T>
struct one {
    BOOST_HANA_DEFINE_STRUCT(one, (T, value));
};
inline constexpr auto u64 = record<one<std::uint64_t>>(field<"value">(varint));
inline constexpr auto u32 = record<one<std::uint32_t>>(field<"value">(varint32));
inline constexpr auto i64 = record<one<std::int64_t>>(field<"value">(zigzag));
inline constexpr auto i32 = record<one<std::int32_t>>(field<"value">(zigzag32));

static_assert(u64.bounds() == size_bound{1, 10} && u32.bounds() == size_bound{1, 5});
static_assert(decode(u64, "\xac\x02")->value == 300);
static_assert(decode(u64, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")->value == ~std::uint64_t{0});
static_assert(decode(i64, "\x03")->value == -2);
static_assert(decode(i64, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")->value == std::numeric_limits<std::int64_t>::min());
static_assert(decode(i32, "\xfe\xff\xff\xff\x0f")->value == std::numeric_limits<std::int32_t>::max());

TEST_CASE("varint and zigzag keep the laws") {
    CHECK(holds_for_random_values<u64>(60) == "");
    CHECK(holds_for_random_values<u32>(60) == "");
    CHECK(holds_for_random_values<i64>(60) == "");
    CHECK(holds_for_random_values<i32>(60) == "");
    CHECK(holds_for_random_wire<u64>() == "");
}

TEST_CASE("a longer form than needed is refused, and so is what does not fit") {
    CHECK(fails<u64>("\x80\x00"sv, errc::not_canonical, 1) == "");
    CHECK(fails<u64>("\xff\x80\x80\x00"sv, errc::not_canonical, 3) == "");
    CHECK(fails<u64>("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", errc::out_of_range, 9) == "");
    CHECK(fails<u64>("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x80", errc::out_of_range, 9) == "");
    CHECK(fails<u32>("\xff\xff\xff\xff\x10", errc::out_of_range, 4) == "");
}

}  // namespace
