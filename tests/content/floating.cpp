#include "segue/content/floating.hpp"

#include <limits>

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
template <auto const& C>
inline constexpr auto only = record<one<value_of<std::remove_cvref_t<decltype(C)>>>>(field<"value">(C));

template <auto const& C>
constexpr auto read(std::string_view wire) {
    return decode(only<C>, wire)->value;
}
static_assert(read<f32_be>("\x3f\xc0\x00\x00"sv) == 1.5F);
static_assert(read<f32_le>("\x00\x00\xc0\x3f"sv) == 1.5F);
static_assert(read<f64_be>("\x3f\xf8\x00\x00\x00\x00\x00\x00"sv) == 1.5);
static_assert(read<f64_le>("\x00\x00\x00\x00\x00\x00\xf8\x3f"sv) == 1.5);
static_assert(read<f32_be>("\x7f\x80\x00\x00"sv) == std::numeric_limits<float>::infinity());
static_assert(read<f64_be>("\x00\x00\x00\x00\x00\x00\x00\x01"sv) == std::numeric_limits<double>::denorm_min());

static_assert(codec_for<std::remove_const_t<decltype(f32_be)>, float>);
static_assert(!codec_for<std::remove_const_t<decltype(f32_be)>, double>, "a conversion would change NaNs");
static_assert(!codec_for<std::remove_const_t<decltype(f64_be)>, float>);

template <auto const&... C>
std::string all_hold() {
    std::string broken;
    ((broken += holds_for_random_values<only<C>>() + holds_for_random_wire<only<C>>()), ...);
    return broken;
}
TEST_CASE("floating numbers of both sizes and orders keep the laws") {
    CHECK(all_hold<f32_be, f32_le, f64_be, f64_le>() == "");
}

TEST_CASE("what a NaN carries, its sign, whether it signals, and the sign of zero are kept") {
    CHECK(holds_for_wire<only<f32_be>>("\x7f\x80\x00\x01"sv) == "");  // the smallest that signals
    CHECK(holds_for_wire<only<f32_le>>("\x01\x00\xc0\xff"sv) == "");
    CHECK(holds_for_wire<only<f32_be>>("\x80\x00\x00\x00"sv) == "");
    CHECK(holds_for_wire<only<f64_be>>("\x7f\xf0\x00\x00\x00\x00\x00\x01"sv) == "");
    CHECK(holds_for_wire<only<f64_le>>("\xef\xbe\xad\xde\x00\x00\xf8\xff"sv) == "");
    CHECK(holds_for_wire<only<f64_le>>("\x00\x00\x00\x00\x00\x00\x00\x80"sv) == "");
}

}  // namespace
