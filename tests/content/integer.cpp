#include "segue/content/integer.hpp"

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
template <auto const& C, class T = value_of<std::remove_cvref_t<decltype(C)>>>
inline constexpr auto only = record<one<T>>(field<"value">(C));

template <auto const& C>
constexpr auto read(std::string_view wire) {
    return decode(only<C>, wire)->value;
}

static_assert(read<u8>("\xff"sv) == 255);
static_assert(read<i8>("\xff"sv) == -1);
static_assert(read<u16_be>("\x01\x02"sv) == 0x0102);
static_assert(read<u16_le>("\x01\x02"sv) == 0x0201);
static_assert(read<i16_be>("\xff\xfe"sv) == -2);
static_assert(read<i16_le>("\xfe\xff"sv) == -2);
static_assert(read<u24_be>("\x01\x02\x03"sv) == 0x010203);
static_assert(read<u24_le>("\x01\x02\x03"sv) == 0x030201);
static_assert(read<i24_be>("\xff\xff\xfe"sv) == -2);
static_assert(read<i24_le>("\x00\x00\x80"sv) == -8388608);
static_assert(read<u32_be>("\x01\x02\x03\x04"sv) == 0x01020304);
static_assert(read<u32_le>("\x01\x02\x03\x04"sv) == 0x04030201);
static_assert(read<i32_be>("\xff\xff\xff\xfe"sv) == -2);
static_assert(read<i32_le>("\xfe\xff\xff\xff"sv) == -2);
static_assert(read<u64_be>("\x01\x02\x03\x04\x05\x06\x07\x08"sv) == 0x0102030405060708);
static_assert(read<u64_le>("\x01\x02\x03\x04\x05\x06\x07\x08"sv) == 0x0807060504030201);
static_assert(read<i64_be>("\xff\xff\xff\xff\xff\xff\xff\xfe"sv) == -2);
static_assert(read<i64_le>("\xfe\xff\xff\xff\xff\xff\xff\xff"sv) == -2);

template <auto const&... C>
std::string all_hold() {
    std::string broken;
    ((broken += holds_for_random_values<only<C>>() + holds_for_random_wire<only<C>>()), ...);
    return broken;
}

TEST_CASE("integers of every width and order keep the laws") {
    CHECK(all_hold<u8, i8, u16_be, u16_le, i16_be, i16_le>() == "");
    CHECK(all_hold<u32_be, u32_le, i32_be, i32_le, u64_be, u64_le, i64_be, i64_le>() == "");
    CHECK(holds_for_random_wire<only<u24_be>>() + holds_for_random_wire<only<u24_le>>() == "");
    CHECK(holds_for_wire<only<i24_be>>("\x80\x00\x01"sv) + holds_for_wire<only<i24_le>>("\x01\x00\x80"sv) == "");
}

TEST_CASE("constant evaluation and run time read the same") {
    for (unsigned byte = 0; byte < 256; ++byte) {
        std::string wire = "\x01\x02\x03\x04\x05\x06\x07";
        wire += static_cast<char>(byte);
        std::uint64_t expected = 0x01020304050607;
        CHECK(read<u64_be>(wire) == (expected << 8 | byte));
    }
}

TEST_CASE("a number that the field cannot hold is refused on encode") {
    CHECK(is_refused(u24_be, std::uint32_t{0x1000000}, errc::out_of_range) == "");
    CHECK(is_refused(i24_be, std::int32_t{8388608}, errc::out_of_range) == "");
    CHECK(is_refused(i24_be, std::int32_t{-8388609}, errc::out_of_range) == "");
    CHECK(is_refused(u8, 256, errc::out_of_range) == "");
    CHECK(is_refused(u8, -1, errc::out_of_range) == "");
}

}  // namespace
