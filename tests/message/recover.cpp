#include "segue/message/recover.hpp"

#include <iterator>
#include <random>

#include "catch.hpp"
#include "segue/message/checksummed.hpp"
#include "segue/segue.hpp"
#include "segue/testing/interleave.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

// What a decoder says of all of it.
template <auto const& Grammar, limits L = limits{}>
std::string told(std::string_view wire) {
    player<Grammar, L> run;
    run.give(wire);
    said const all = run.close();
    return all.events + (all.last == kind::failed ? all.failure : "end");
}
template <auto const& Grammar, limits L = limits{}>
std::string any_cut(std::string_view wire) {
    if (auto broken = cuts_change_nothing<Grammar, L>(wire); !broken.empty()) return broken;
    return interleavings_change_nothing<Grammar, L>(wire);
}

struct point {
    BOOST_HANA_DEFINE_STRUCT(point, (std::uint32_t, x), (std::uint32_t, y));
};
inline constexpr auto in_frames = recover(length_prefixed(u8, record<point>(field<"x">(delimited<",">(number<std::uint32_t>)), field<"y">(rest(number<std::uint32_t>)))));
inline constexpr auto in_lines = recover(record<point>(field<"x">(delimited<",">(number<std::uint32_t>)), field<"y">(delimited<"\n">(number<std::uint32_t>))));

struct packet {
    BOOST_HANA_DEFINE_STRUCT(packet, (std::uint8_t, kind), (std::uint16_t, size), (std::uint8_t, flags), (std::string, body), (std::uint8_t, sum));
};
inline constexpr auto packets = recover(checksummed<xor_of_bytes, "sum">(record<packet>(
    field<"kind">(verified(u8, [](std::uint8_t k) { return k < 10; }, "a kind is below 10")), field<"size">(length_of<"body">(u16_be)),
    field<"flags">(u8), field<"body">(sized_by<"size">(text)), field<"sum">(u8))));

struct sample_of_sensor {
    BOOST_HANA_DEFINE_STRUCT(sample_of_sensor, (std::uint8_t, sensor), (std::uint16_t, value));
};
inline constexpr auto of_one_size = recover(record<sample_of_sensor>(literal<"#">, field<"sensor">(u8), field<"value">(u16_be)));

struct frame {
    BOOST_HANA_DEFINE_STRUCT(frame, (std::string_view, body), (std::uint8_t, sum));
};
inline constexpr auto marked = recover(checksummed<xor_of_bytes, "sum">(record<frame>(
    literal<"\xaa\x55">, field<"body">(length_prefixed(u8, bytes).max<32>()), field<"sum">(u8)))).to<"\xaa\x55">();
inline constexpr auto few = marked.max<12, "noise">();

inline constexpr auto lines = recover(record<point>(field<"x">(delimited<",">(number<std::uint32_t>)), field<"y">(delimited<"\r\n">(number<std::uint32_t>)))).past<"\r\n">();

std::string framed(std::string_view body) {
    std::string out;
    REQUIRE(encode(marked, frame{body, 0}, out));
    return out;
}

TEST_CASE("good messages keep the laws as without recovery") {
    CHECK(holds_for_wire<in_frames>("\x03" "1,2") == "");
    CHECK(holds_for_wire<in_lines>("1,2\n") == "");
    CHECK(holds_for_wire<packets>("\1\0\2\7ab\7"sv) == "");
    CHECK(holds_for_wire<of_one_size>("#abc") == "");
    CHECK(holds_for_random_values<in_lines>() == "");
}

TEST_CASE("however the bytes are cut, the same is passed over") {
    CHECK(any_cut<in_frames>("\x03" "1,2" "\x03" "1;2" "\x02" "1," "\x03" "3,4") == "");
    CHECK(any_cut<in_lines>("1,2\n1,x2\nx,3\n4,5\n") == "");
    CHECK(any_cut<packets>("\1\0\2\7ab\7" "\x0b\0\2\7ab\x0d" "\1\0\2\7ab\1" "\1\0\2\7\xff\xff\7" "\1\0\2\7ab\7"sv) == "");
    CHECK(any_cut<marked>(framed("one") + "noise\xaa\x55\x04" + framed("two") + "\xaa" + framed("three") + "\xaa\x55") == "");
    CHECK(any_cut<few>(framed("one") + "noise\xaa\x55\x04" + framed("two") + "\xaa" + framed("three") + "longer than a dozen") == "");
    CHECK(any_cut<lines>("1,2\r\n1,x2\r\n\r\r\n3,4\r\n5\r") == "");
}

TEST_CASE("bytes of any kind are passed over alike at every cut") {
    std::mt19937 random(7);
    std::string const parts[] = {framed("ab"), framed(framed("c")), "\xaa\x55", "\xaa", "\x55", "\x03", "noise"};
    for (int round = 0; round < 12; ++round) {
        std::string wire;
        for (int i = 0; i < 6; ++i) wire += parts[random() % std::size(parts)];
        CHECK(cuts_change_nothing<marked>(wire, 8) == "");
        CHECK(interleavings_change_nothing<few>(wire, 20) == "");
    }
}

TEST_CASE("every byte belongs to one message or to one incident") {
    std::mt19937 random(11);
    std::string const parts[] = {framed("ab"), "\xaa\x55", "\xaa", std::string("\xaa\x55\0?", 4), "\x04", "noise"};
    for (int round = 0; round < 200; ++round) {
        std::string wire;
        for (int i = 0; i < 8; ++i) wire += parts[random() % std::size(parts)];
        decoder<marked> in;
        in.feed(wire);
        in.close();
        std::uint64_t at = 0;
        for (auto e = in.next(); e.kind() != kind::end; e = in.next()) {
            if (e.kind() == kind::skipped) {
                CHECK(e.skipped().offset == at);
                CHECK(e.skipped().size != 0);
                at += e.skipped().size;
            } else {
                REQUIRE(e.kind() == kind::message);
                CHECK(e->body == std::string_view(wire).substr(at + 3, e->body.size()));
                at += 4 + e->body.size();
            }
            CHECK(in.offset() == at);
        }
        CHECK(at == wire.size());
    }
}

TEST_CASE("a broken frame is passed over, and the next one is read") {
    CHECK(told<in_frames>("\x03" "1,2" "\x03" "1;2" "\x03" "3,4") ==
          "{x: 1, y: 2} @4\nskipped 4 bytes at 4: mismatch at 6 in .x expected \",\"\n{x: 3, y: 4} @12\nend");
    CHECK(told<in_frames>("\x01" "x" "\x01" "y" "\x03" "3,4") ==
          "skipped 2 bytes at 0: mismatch at 1 in .x expected \"a decimal number\"\nskipped 2 bytes at 2: mismatch at 3 in .x expected \"a decimal number\"\n{x: 3, y: 4} @8\nend");
}

TEST_CASE("whatever does not decide about the framing may be broken") {
    CHECK(told<packets>("\x0b\0\2\7ab\x0d" "\1\0\2\7ab\7"sv) ==
          "skipped 7 bytes at 0: requirement at 0 in .kind expected \"a kind is below 10\"\n{kind: 1, size: 2, flags: 7, body: \"ab\", sum: 7} @14\nend");
    CHECK(told<packets>("\1\0\2\7ab\1"sv) == "skipped 7 bytes at 0: wrong_checksum at 6 in .sum expected \"the exclusive or\"\nend");
    CHECK(told<packets>("\1\0\2\7\xff\xff\7"sv) == "skipped 7 bytes at 0: not_utf8 at 4 in .body\nend");
    CHECK(told<of_one_size>("!abc" "#abc") == "skipped 4 bytes at 0: mismatch at 0 in  expected \"#\"\n{sensor: 97, value: 25187} @8\nend");
}

TEST_CASE("where the framing itself is broken there is nothing to go on from without a mark") {
    CHECK(fails<in_frames>("\xff" "1,2", errc::too_long, 0) == "");
    CHECK(fails<in_frames>("\x07" "1,2", errc::truncated, 4) == "");
    CHECK(fails<in_lines>("1;2", errc::mismatch, 1) == "");
    CHECK(fails<packets>("\x0b\xff\xff\7ab\x0d"sv, errc::requirement, 0) == "");
}

TEST_CASE("noise between two marks is one incident, and no good message is passed over") {
    // the mark in the noise promises four bytes that reach into the good frame
    CHECK(told<marked>("noise\xaa\x55\x04" + framed("two")) == "skipped 8 bytes at 0: mismatch at 0 in  expected \"\\xaaU\"\n{body: \"two\", sum: 144} @15\nend");
    // of two messages in one whose checksum is wrong the inner one is good
    CHECK(told<marked>("\xaa\x55\x08" + framed("two") + "??") ==
          "skipped 3 bytes at 0: wrong_checksum at 11 in .sum expected \"the exclusive or\"\n{body: \"two\", sum: 144} @10\nskipped 2 bytes at 10: mismatch at 10 in  expected \"\\xaaU\"\nend");
}

TEST_CASE("the end of the input inside a message is passed over behind a mark, too") {
    CHECK(told<lines>("1,2\r\n3,") == "{x: 1, y: 2} @5\nskipped 2 bytes at 5: truncated at 7 in .y\nend");
    CHECK(told<lines>("?\r\n3,4\r\n") == "skipped 3 bytes at 0: mismatch at 0 in .x expected \"a decimal number\"\n{x: 3, y: 4} @8\nend");
}

TEST_CASE("more than may be passed over is an error behind what was") {
    CHECK(told<few>("twelve bytes" + framed("a")).starts_with("skipped 12 bytes at 0: mismatch at 0"));
    CHECK(told<few>("thirteen byte" + framed("a")) == "skipped 12 bytes at 0: mismatch at 0 in  expected \"\\xaaU\"\ntoo_much_skipped at 12 in  limit 12 observed 0");
    // marks in the noise give it no new allowance
    std::string const false_frame("\xaa\x55\x01?!", 5);
    CHECK(told<few>(false_frame + false_frame + false_frame + framed("a")) ==
          "skipped 12 bytes at 0: wrong_checksum at 4 in .sum expected \"the exclusive or\"\ntoo_much_skipped at 12 in  limit 12 observed 0");
    CHECK(any_cut<few>(false_frame + false_frame + framed("a") + false_frame + false_frame + false_frame) == "");
    CHECK(told<in_frames, limits{.skipped = 5}>("\x02" "1;" "\x02" "1;" "\x03" "1,2") ==
          "skipped 3 bytes at 0: mismatch at 2 in .x expected \",\"\nskipped 3 bytes at 3: mismatch at 5 in .x expected \",\"\ntoo_much_skipped at 6 in  limit 5 observed 0");
    CHECK(told<in_frames, limits{.skipped = 5}>("\x02" "1;" "\x03" "1,2" "\x02" "1;" "\x03" "1,2").ends_with("end"));
    CHECK(any_cut<in_frames, limits{.skipped = 5}>("\x02" "1;" "\x02" "1;" "\x03" "1,2") == "");
}

TEST_CASE("a loop over messages sees the good ones, and a limit can be lowered by its name") {
    decoder<in_frames, limits{.adjustable = true}> in;
    std::uint32_t sum = 0;
    for (auto const& p : in.messages("\x03" "1,2" "\x02" "1;" "\x03" "5,6")) sum += p.x;
    CHECK(sum == 6);
    CHECK(!in.failed());
    REQUIRE(in.lower("skipped", 2));
    for (auto const& p : in.messages("\x03" "1,2" "\x02" "1;" "\x03" "5,6")) sum += p.x;
    CHECK(sum == 7);
    CHECK(in.error().code == errc::too_much_skipped);
}

TEST_CASE("a message with views that was passed over to leaves none behind") {
    decoder<marked> in;
    std::string const good = framed("two");
    std::string head = "noise" + good.substr(0, 4), tail = good.substr(4);
    in.feed(head);
    CHECK(in.next().kind() == kind::need);
    in.feed(tail);
    REQUIRE(in.next().kind() == kind::skipped);
    in.keep();
    head.assign(head.size(), '?'), tail.assign(tail.size(), '?');
    auto const message = in.next();
    REQUIRE(message.kind() == kind::message);
    CHECK(message->body == "two");
}

// What may have blanks before it.
template <class C>
struct behind_blanks_t : C {
    static constexpr byte_set between = byte_set::of(" ");
};
struct word {
    BOOST_HANA_DEFINE_STRUCT(word, (std::string_view, is));
};
inline constexpr auto behind_blanks = recover(behind_blanks_t{record<word>(field<"is">(delimited<"\n">(charset<byte_set{}.with('a', 'z')>)))}).past<"\n">();
inline constexpr auto few_behind_blanks = behind_blanks.max<4>();

TEST_CASE("what may stand before a message belongs to no incident in front of a good one") {
    CHECK(told<behind_blanks>("?\n  ab\n") == "skipped 2 bytes at 0: mismatch at 0 in .is expected \"[a-z]\"\n{is: \"ab\"} @7\nend");
    CHECK(told<behind_blanks>("?\n  ?\n  ab\n") == "skipped 6 bytes at 0: mismatch at 0 in .is expected \"[a-z]\"\n{is: \"ab\"} @11\nend");
    CHECK(told<behind_blanks>("?\n  ") == "skipped 2 bytes at 0: mismatch at 0 in .is expected \"[a-z]\"\nend");
    CHECK(any_cut<behind_blanks>("a\n  ?\n  ab\n ?\n  ?\n  ab\n?\n ") == "");
}

TEST_CASE("what may stand before a message counts when it is passed over") {
    CHECK(told<few_behind_blanks>("?\n     ?\nab\n") ==
          "skipped 7 bytes at 0: mismatch at 0 in .is expected \"[a-z]\"\ntoo_much_skipped at 7 in  limit 4 observed 0");
    CHECK(any_cut<few_behind_blanks>("?\n     ?\nab\n") == "");
}

TEST_CASE("a limit that is lowered below what was passed over already ends it there") {
    decoder<lines, limits{.adjustable = true}> in;
    in.feed("??????");
    REQUIRE(in.next().kind() == kind::need);
    REQUIRE(in.lower("skipped", 4));
    in.feed("?");
    auto const skipped = in.next();
    REQUIRE(skipped.kind() == kind::skipped);
    CHECK(skipped.skipped().size == 6);
    REQUIRE(in.next().kind() == kind::failed);
    CHECK(in.error().code == errc::too_much_skipped);
}

struct entry {
    BOOST_HANA_DEFINE_STRUCT(entry, (std::uint8_t, of));
};
struct table {
    BOOST_HANA_DEFINE_STRUCT(table, (std::uint8_t, kind), (std::vector<entry>, entries), (std::optional<entry>, last));
};
inline constexpr auto one_entry = record<entry>(literal<"#">, field<"of">(u8));
inline constexpr auto tables = recover(record<table>(field<"kind">(u8), field<"entries">(repeat_counted(u8, one_entry)),
                                                     field<"last">(optional_if<"kind">([](std::uint8_t k) { return k != 0; }, one_entry))));
inline constexpr auto padded_words = recover(record<word>(field<"is">(aligned<4>(length_prefixed(u8, text)))));

TEST_CASE("items, optional elements and padding have a size, whatever they hold") {
    CHECK(told<tables>("\0\2#a?b" "\1\0?b" "\1\1#a#b"sv) ==
          "skipped 6 bytes at 0: mismatch at 4 in .entries[1] expected \"#\"\nskipped 4 bytes at 6: mismatch at 8 in .last expected \"#\"\n"
          "{kind: 1, entries: [{of: 97}], last: some {of: 98}} @16\nend");
    CHECK(told<padded_words>("\1a??" "\1a\0\0"sv) == "skipped 4 bytes at 0: mismatch at 2 in .is expected \"padding\"\n{is: \"a\"} @8\nend");
    CHECK(any_cut<tables>("\0\2#a?b" "\1\0?b" "\1\1#a#b"sv) == "");
    CHECK(any_cut<padded_words>("\1a??" "\1a\0\0"sv) == "");
}

struct tree {
    BOOST_HANA_DEFINE_STRUCT(tree, (std::variant<std::uint32_t, std::vector<tree>>, is));
};

}  // namespace

template <>
struct segue::follows<tree> {
    static constexpr bool views = false;
};
template <>
struct segue::definition<tree> {
    static constexpr std::string_view name = "tree";
    static constexpr auto codec = record<tree>(field<"is">(choice(alternative<"leaf", ":">(length_prefixed(u8, number<std::uint32_t>)),
                                                                  alternative<"branch", "*">(repeat_counted(u8, recursive<tree>)))));
};

namespace {

inline constexpr auto trees = recover(recursive<tree>);

TEST_CASE("what holds itself may be broken at any depth") {
    std::string_view const wire = "*\2*\1:\1x:\1" "2" ":\1" "3";
    CHECK(told<trees>(wire) == "skipped 10 bytes at 0: mismatch at 6 in .is.branch[0].is.branch[0].is.leaf expected \"a decimal number\"\n{is: #0 3} @13\nend");
    CHECK(any_cut<trees>(wire) == "");
}

}  // namespace
