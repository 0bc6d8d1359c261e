#include "segue/message/checksummed.hpp"

#include "catch.hpp"
#include "segue/inspect/description_text.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"
#include "segue/wire/crc.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

// A trailer over all before it; neither the name nor the words stand in a segment of the whole.
struct note {
    BOOST_HANA_DEFINE_STRUCT(note, (std::string_view, name), (std::vector<std::uint16_t>, words), (std::uint32_t, crc));
};
inline constexpr auto notes = checksummed<crc32c, "crc">(record<note>(
    field<"name">(delimited<":">(charset<byte_set{}.with('a', 'z')>)), field<"words">(repeat_counted(u8, u16_be)), field<"crc">(u32_le)));

// In the middle, as a zero: the header of IPv4, and what follows it.
struct datagram {
    BOOST_HANA_DEFINE_STRUCT(datagram, (std::uint8_t, length), (std::uint16_t, id), (std::uint16_t, sum), (std::string_view, payload));
};
inline constexpr auto datagrams =
    checksummed<internet_sum, "sum">(record<datagram>(field<"length">(length_of<"payload">(u8)), field<"id">(u16_be), field<"sum">(u16_be),
                                                      field<"payload">(sized_by<"length">(bytes)))).field_as_zero();
// In front, in a segment, and nested.
struct framed {
    BOOST_HANA_DEFINE_STRUCT(framed, (std::uint8_t, sum), (note, inner));
};
inline constexpr auto frames =
    length_prefixed(u16_be, checksummed<negated_sum_of_bytes<std::uint8_t>, "sum">(record<framed>(field<"sum">(u8), field<"inner">(notes))));
// Under a guard, which must see the bytes as they are in the end.
inline constexpr auto lines = delimited<"\n">(checksummed<xor_of_bytes, "sum">(
    record<datagram>(field<"length">(length_of<"payload">(u8)), field<"id">(u16_be), field<"sum">(u16_be), field<"payload">(sized_by<"length">(bytes)))));

static_assert(decode(datagrams, "\1\0\7\xf7\x60\x9e"sv).error().code == errc::wrong_checksum);
static_assert(sizeof(state_of<decltype(datagrams)>) <= 48);

std::string wire_of(auto const& codec, auto const& value) {
    std::string wire;
    encode(codec, value, wire);
    return wire;
}
note const hello{"hello", {1, 2, 0xffff}, 0};

TEST_CASE("checksummed: random values keep the laws, with the sum computed") {
    // the member is not what stands on the wire: the bytes are, and they are read back as themselves
    random_source random(1);
    std::string broken;
    for (int i = 0; i < 20; ++i) {
        note n = random_value<note>(random);
        if (n.name.empty()) n.name = "x";
        broken += holds_for_wire<notes>(wire_of(notes, n), true, i == 0);
        broken += holds_for_wire<datagrams>(wire_of(datagrams, random_value<datagram>(random)), true, i == 0);
        broken += holds_for_wire<frames>(wire_of(frames, framed{7, n}), true, i == 0);
    }
    CHECK(broken == "");
    CHECK(holds_for_random_wire<notes>() == "");
    CHECK(holds_for_random_wire<datagrams>() == "");
    CHECK(holds_for_random_wire<frames>() == "");
}

TEST_CASE("checksummed: the sum is what the bytes give, wherever the field stands") {
    std::string const wire = wire_of(notes, hello);
    crc32c sum;
    sum.add(std::string_view(wire).substr(0, wire.size() - 4));
    CHECK(decode(notes, wire)->crc == sum.value());
    CHECK(wire_of(datagrams, datagram{0, 7, 0, "\x9e"}) == "\1\0\7\xf7\x61\x9e"sv);  // the complement of 0100 + 0700 + 009e
    CHECK(wire_of(datagrams, datagram{0, 7, 9, "abc"}) == wire_of(datagrams, datagram{1, 7, 0, "abc"}));
    std::string const frame = wire_of(frames, framed{0, hello});
    sum_of_bytes<std::uint8_t> zero;
    zero.add(std::string_view(frame).substr(2));
    CHECK(zero.value() == 0);
}

TEST_CASE("checksummed: any wrong byte is found, at the field and with its name") {
    std::string const wire = wire_of(notes, hello);
    std::string wrong = wire;
    wrong[1] ^= 1;
    CHECK(fails<notes>(wrong, errc::wrong_checksum, wire.size() - 4) == "");
    CHECK(render(decode(notes, wrong).error()).find("in .crc expected \"CRC-32C\"") != std::string::npos);
    wrong = wire;
    wrong.back() ^= 1;
    CHECK(fails<notes>(wire + wrong, errc::wrong_checksum, 2 * wire.size() - 4) == "");
    std::string frame = wire_of(frames, framed{0, hello});
    frame[2] ^= 1;
    CHECK(fails<frames>(frame, errc::wrong_checksum, 2) == "");
    std::string header = wire_of(datagrams, datagram{0, 7, 0, "abc"});
    header.back() ^= 4;
    CHECK(fails<datagrams>(header, errc::wrong_checksum, 3) == "");
}

TEST_CASE("checksummed: what guards the output sees the sum") {
    CHECK(holds_for_value<lines>(datagram{3, 0, 3 ^ 'a' ^ 'b' ^ 'c', "abc"}) == "");
    CHECK(is_refused(lines, datagram{1, 0, 0, "\x0b"}, errc::delimiter_in_content) == "");  // 01 ^ 0b is a line feed
}

TEST_CASE("checksummed: a description says which field, of which bytes") {
    description d;
    datagrams.describe(d);
    CHECK(describe_text(d).starts_with("sum is the internet checksum of all bytes, its own as zeros"));
}

}  // namespace
