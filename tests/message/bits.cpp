#include "segue/message/bits.hpp"

#include "catch.hpp"
#include "segue/inspect/description_text.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

enum class kind_of_frame : std::uint8_t { data, control };
enum class level { low, high };

struct head {
    BOOST_HANA_DEFINE_STRUCT(head, (bool, last), (kind_of_frame, kind), (std::uint16_t, size), (level, priority));
};
inline constexpr auto in_network_order =
    bits_be<head>(bit_field<"last", 1>, constant_bits<2, 1>, bit_field<"kind", 4>, bit_field<"size", 12>, bit_field<"priority", 3>, reserved_bits<2>);
inline constexpr auto from_the_lowest =
    bits_le<head>(bit_field<"last", 1>, constant_bits<2, 1>, bit_field<"kind", 4>, bit_field<"size", 12>, bit_field<"priority", 3>, reserved_bits<2>);
inline constexpr auto lenient = bits_be<head>(bit_field<"priority", 2>, reserved_bits<5>.any_value(), bit_field<"last", 1>,
                                              bit_field<"kind", 8>, bit_field<"size", 16>);

static_assert(decode(in_network_order, "\xa3\x00\x54"sv)->last);
static_assert(decode(in_network_order, "\xa3\x00\x54"sv)->kind == kind_of_frame::control);
static_assert(decode(in_network_order, "\xa3\x00\x54"sv)->size == 0x802);
static_assert(decode(in_network_order, "\xa3\x00\x54"sv)->priority == static_cast<level>(5));
static_assert(decode(from_the_lowest, "\x0b\x41\x28"sv)->last);
static_assert(decode(from_the_lowest, "\x0b\x41\x28"sv)->kind == kind_of_frame::control);
static_assert(in_network_order.bounds() == size_bound::exactly(3));
static_assert(in_network_order.first().size() == 64 && !in_network_order.first().has('\x00'));

struct wide {
    BOOST_HANA_DEFINE_STRUCT(wide, (std::uint64_t, all));
};
inline constexpr auto eight_bytes = bits_le<wide>(bit_field<"all", 64>);

// As a part of a record, with what depends on it behind.
struct message {
    BOOST_HANA_DEFINE_STRUCT(message, (head, start), (std::optional<std::uint8_t>, extra));
};
inline constexpr auto with_extra = record<message>(
    field<"start">(in_network_order), field<"extra">(optional_if<"start">([](head const& h) { return h.last; }, u8)));

}  // namespace

template <>
struct segue::testing::sample<head> {
    static head make(random_source& random) {
        return {random() % 2 == 0, static_cast<kind_of_frame>(random() % 16), static_cast<std::uint16_t>(random() % 4096),
                static_cast<level>(random() % 4)};
    }
};

namespace {

TEST_CASE("bits of both orders keep the laws") {
    CHECK(holds_for_random_wire<in_network_order>() == "");
    CHECK(holds_for_random_wire<from_the_lowest>() == "");
    CHECK(holds_for_random_wire<lenient>(20, false) == "");
    CHECK(holds_for_random_wire<eight_bytes>() == "");
    CHECK(holds_for_random_values<in_network_order>() == "");
    CHECK(holds_for_random_values<from_the_lowest>() == "");
    CHECK(holds_for_random_values<lenient>() == "");
    CHECK(holds_for_random_values<eight_bytes>() == "");
    CHECK(holds_for_wire<in_network_order>("\xa3\x00\x54"sv) == "");
    CHECK(holds_for_wire<with_extra>("\xa3\x00\x54\x07"sv) == "");
    CHECK(holds_for_wire<with_extra>("\x23\x00\x54"sv) == "");
}

TEST_CASE("the first field has the highest bits, or the lowest") {
    CHECK(render(*decode(in_network_order, "\xa3\x00\x54"sv)) == "{last: 1, kind: 1, size: 2050, priority: 5}");
    CHECK(render(*decode(from_the_lowest, "\x0b\x41\x28"sv)) == "{last: 1, kind: 1, size: 130, priority: 5}");
}

TEST_CASE("a wrong constant bit is an error at its byte, as soon as that is there") {
    CHECK(fails<in_network_order>("\x80", errc::mismatch, 0) == "");
    CHECK(fails<in_network_order>("\xa3\x00\x55"sv, errc::mismatch, 2) == "");
    CHECK(fails<from_the_lowest>("\x0b\x41\x68"sv, errc::mismatch, 2) == "");
    CHECK(decode(lenient, "\x7e\x00\x00\x00"sv));
}

TEST_CASE("a number that its bits cannot hold is refused, and the error names the field") {
    CHECK(is_refused(in_network_order, head{false, kind_of_frame::data, 4096, level::low}, errc::out_of_range) == "");
    CHECK(is_refused(in_network_order, head{false, static_cast<kind_of_frame>(16), 0, level::low}, errc::out_of_range) == "");
    CHECK(is_refused(in_network_order, head{false, kind_of_frame::data, 0, static_cast<level>(-1)}, errc::out_of_range) == "");
    CHECK(render(encoded_size(in_network_order, head{false, kind_of_frame::data, 4096, level::low}).error()).find(".size") != std::string::npos);
}

TEST_CASE("bits are described one field after the other") {
    description d;
    in_network_order.describe(d);
    CHECK(describe_text(d) == R"(bits_be  [3 bytes]
  last: 1 bit
  2 bits, always 1
  kind: 4 bits
  size: 12 bits
  priority: 3 bits
  2 bits, always 0
)");
}

}  // namespace
