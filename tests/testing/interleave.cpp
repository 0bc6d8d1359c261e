#include "segue/testing/interleave.hpp"

#include "catch.hpp"
#include "segue/lines/lines.hpp"
#include "segue/netstring/netstring.hpp"
#include "segue/tlv/tlv.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_literals;
using namespace std::string_view_literals;

struct upload {
    BOOST_HANA_DEFINE_STRUCT(upload, (std::string_view, name), (streamed_bytes, first), (std::string_view, note), (std::string, second), (std::uint16_t, sum));
};
inline constexpr auto uploads = record<upload>(
    field<"name">(delimited<":">(charset<byte_set{}.with('a', 'z')>)), field<"first">(streamed<200>(u8)),
    field<"note">(delimited<"\r\n">(bytes)), field<"second">(streamed<200>(u8)), field<"sum">(u16_be));

struct choices {
    BOOST_HANA_DEFINE_STRUCT(choices, (std::variant<nothing, std::string, std::vector<std::string_view>>, body));
};
inline constexpr auto looking_ahead = record<choices>(field<"body">(choice(
    alternative<"short", "a">(empty), alternative<"long", "abcd">(streamed<9>(u8)),
    alternative<"list", "l">(repeat_until<".">(delimited<",">(charset<byte_set{}.with('a', 'z')>))))));

TEST_CASE("any way to give bytes gives the same events") {
    CHECK(interleavings_change_nothing<lines::grammar>("one\r\ntwo\n\nthree and some more of it\nlast") == "");
    CHECK(interleavings_change_nothing<netstring::grammar>("5:hello,0:,26:abcdefghijklmnopqrstuvwxyz,3:abcd") == "");
    CHECK(interleavings_change_nothing<netstring::streamed_grammar>("5:hello,0:,26:abcdefghijklmnopqrstuvwxyz,3:abcd") == "");
    CHECK(interleavings_change_nothing<tlv::grammar>("\0\x08\0\0\0\7\xff\xfb\1a\0\x0a\0\0\0\7\xff\xfb\3abc\0\7\0"sv) == "");
    CHECK(interleavings_change_nothing<looking_ahead>("aabcd\3xyzlab,c,.abcabcd\1!aal.ab") == "");
    std::string const two = "name:\5hello" "note\r\n\3abc\1\2" + "other:\0\r\n\0\3\4"s;
    CHECK(interleavings_change_nothing<uploads>(two + "\r", 200) == "");
    CHECK(interleavings_change_nothing<uploads, limits{.message = 17}>(two, 200) == "");
    CHECK(interleavings_change_nothing<uploads, limits{.message = 13}>(two, 200) == "");
}

TEST_CASE("random messages, broken in one place, give the same events in any way") {
    description d;
    uploads.describe(d);
    std::mt19937 random(1);
    std::string broken;
    for (std::uint32_t seed = 0; seed < 100; ++seed) {
        std::string wire = random_wire(d, seed).wire() + random_wire(d, seed + 1).wire();
        wire[random() % wire.size()] ^= static_cast<char>(random());
        broken += interleavings_change_nothing<uploads>(wire, 5) + interleavings_change_nothing<uploads, limits{.message = 20}>(wire, 5);
    }
    CHECK(broken == "");
}

}  // namespace
