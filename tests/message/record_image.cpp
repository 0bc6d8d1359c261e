#include "segue/message/record_image.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

struct sample {
    BOOST_HANA_DEFINE_STRUCT(sample,
        (std::uint8_t, kind), (std::int8_t, level), (std::uint16_t, channel), (std::uint32_t, sequence), (std::int64_t, time),
        (double, value), (float, share));
};
inline constexpr auto as_it_lies = record<sample>(
    field<"kind">(u8), field<"level">(i8), field<"channel">(u16_le), field<"sequence">(u32_be), field<"time">(i64_be),
    field<"value">(f64_be), field<"share">(f32_le));
// The same sixteen bytes, but not where the struct has them.
inline constexpr auto in_another_order = record<sample>(
    field<"level">(i8), field<"kind">(u8), field<"channel">(u16_be), field<"time">(i64_be), field<"sequence">(u32_be),
    field<"share">(f32_be), field<"value">(f64_le));

struct wide {
    BOOST_HANA_DEFINE_STRUCT(wide, (std::uint64_t, a), (std::uint32_t, b), (std::uint64_t, c), (std::uint64_t, d));
};
inline constexpr auto wider_than_the_wire = record<wide>(field<"a">(u32_be), field<"b">(u24_be), field<"c">(u64_be), field<"d">(u64_be));

struct pair_of {
    BOOST_HANA_DEFINE_STRUCT(pair_of, (sample, first), (std::uint16_t, between), (sample, second));
};
inline constexpr auto nested = record<pair_of>(field<"first">(as_it_lies), field<"between">(u16_be), field<"second">(in_another_order));

struct framed {
    BOOST_HANA_DEFINE_STRUCT(framed, (std::uint64_t, a), (std::uint64_t, b), (std::string_view, rest));
};
inline constexpr auto with_more = record<framed>(field<"a">(u64_be), field<"b">(u64_be), field<"rest">(length_prefixed(u8, bytes)));

static_assert(image_of<decltype(as_it_lies), sample> && decltype(as_it_lies)::width == 28);
static_assert(image_of<decltype(nested), pair_of> && decltype(nested)::width == 58);
static_assert(!image_of<decltype(with_more), framed>);
static_assert(!image_of<decltype(record<wide>(literal<"x">, field<"a">(u8), field<"b">(u8), field<"c">(u8), field<"d">(u8))), wide>);

constexpr sample loaded(std::string_view wire) {
    sample s{};
    as_it_lies.load(wire.data(), s);
    return s;
}
constexpr auto wire = "\x01\xff\x03\x02\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x40\x08\x00\x00\x00\x00\x00\x00\x00\x00\xc0\x3f"sv;
static_assert(loaded(wire).channel == 0x0203 && loaded(wire).time == 0x08090a0b0c0d0e0f && loaded(wire).value == 3.0);

TEST_CASE("records of numbers keep the laws, however the struct holds them") {
    CHECK(holds_for_wire<as_it_lies>(wire) == "");
    CHECK(holds_for_random_values<as_it_lies>() + holds_for_random_wire<as_it_lies>() == "");
    CHECK(holds_for_random_values<in_another_order>() + holds_for_random_wire<in_another_order>() == "");
    CHECK(holds_for_random_wire<wider_than_the_wire>() == "");
    CHECK(holds_for_random_values<nested>() + holds_for_random_wire<nested>() == "");
    CHECK(holds_for_random_values<with_more>() + holds_for_random_wire<with_more>() == "");
}

TEST_CASE("every byte comes to its member, as in constant evaluation and in a one-shot decode") {
    std::string const copy(wire);
    sample s;
    as_it_lies.load(copy.data(), s);
    sample const constant = loaded(wire);
    CHECK((s.kind == 1 && s.level == -1 && s.channel == 0x0203 && s.sequence == 0x04050607));
    CHECK((s.time == constant.time && s.value == 3.0 && s.share == 1.5F));
    auto const once = decode(as_it_lies, wire);
    REQUIRE(once);
    CHECK((once->kind == s.kind && once->sequence == s.sequence && once->time == s.time && once->value == s.value));
}

TEST_CASE("a record over the limit of a message is refused, as any other") {
    static constexpr limits L{.adjustable = true};
    decoder<as_it_lies, L> in;
    std::string const two = std::string(wire) + std::string(wire);
    in.feed(two);
    CHECK(in.next().kind() == kind::message);
    REQUIRE(in.lower("message", 27));
    auto const r = in.next();
    REQUIRE(r.kind() == kind::failed);
    CHECK((r.error().code == errc::message_too_long && r.error().offset == 28 + 27));
}

TEST_CASE("records are visited to the first that is cut, and that one is read as it comes") {
    decoder<as_it_lies> in;
    std::string const bytes = std::string(wire) + std::string(wire) + std::string(wire);
    std::size_t seen = 0;
    for (sample const& s : in.messages(std::string_view(bytes).substr(0, 60))) seen += s.kind;
    CHECK(seen == 2);
    for (sample const& s : in.messages(std::string_view(bytes).substr(60))) seen += s.kind;
    CHECK((seen == 3 && !in.failed()));
    in.close();
    CHECK(in.next().kind() == kind::end);
}

}  // namespace
