#include "segue/segment/escaped.hpp"

#include "catch.hpp"
#include "segue/inspect/description_text.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_literals;
using namespace std::string_view_literals;

// A message of SMTP behind its command, and what follows it.
struct mail {
    BOOST_HANA_DEFINE_STRUCT(mail, (std::string, lines), (std::uint8_t, next));
};
inline constexpr auto mails = record<mail>(field<"lines">(dot_stuffed.max<24, "mail">()), field<"next">(u8));
inline constexpr auto in_a_segment = length_prefixed(u8, record<mail>(field<"lines">(dot_stuffed), field<"next">(u8)));

struct parameter {
    BOOST_HANA_DEFINE_STRUCT(parameter, (std::string, name), (std::vector<std::byte>, value));
};
inline constexpr auto any_string = quoted_string<'"', '\\'>;
inline constexpr byte_set text_characters = byte_set{}.with(' ', '~').with("\t");
inline constexpr auto parameters = record<parameter>(field<"name">(quoted_string<'\'', '%'>.of<text_characters>().max<8>()), field<"value">(any_string));

TEST_CASE("lines with doubled dots keep the laws") {
    CHECK(holds_for_random_wire<mails>() == "");
    CHECK(holds_for_random_wire<in_a_segment>() == "");
    for (std::string const& lines : {""s, "a\r\n"s, ".\r\n"s, "..\r\n.a\r\n"s, "\r\n\r\n"s, "a.b\r\n.\r\n.\r\n"s}) {
        CHECK(holds_for_value<mails>(mail{lines, 7}) == "");
        CHECK(holds_for_value<in_a_segment>(mail{lines, 7}) == "");
    }
}

TEST_CASE("a dot is doubled at the start of a line, and nowhere else") {
    auto const wire_of = [](std::string const& lines) {
        std::string wire;
        encode(dot_stuffed, lines, wire);
        return wire;
    };
    CHECK(wire_of("") == ".\r\n");
    CHECK(wire_of("a\r\n.b\r\n") == "a\r\n..b\r\n.\r\n");
    CHECK(wire_of(".\r\n..\r\na.\r\n") == "..\r\n...\r\na.\r\n.\r\n");
    CHECK(wire_of("\r\n.\r\n\r\n") == "\r\n..\r\n\r\n.\r\n");
}

TEST_CASE("a dot before anything else than a line's end is dropped, as the RFC says") {
    CHECK(decode(mails, ".a\r\n.\r\n\7")->lines == "a\r\n");
    CHECK(holds_for_wire<mails>(".a\r\n.\r\n\7", false) == "");
}

TEST_CASE("a CR or LF alone is refused both ways, so that nobody sees an end that another does not") {
    CHECK(fails<mails>("a\n.\r\n\7", errc::mismatch, 1) == "");
    CHECK(fails<mails>("\n.\n", errc::mismatch, 0) == "");
    CHECK(fails<mails>("a\r.\r\n", errc::mismatch, 2) == "");
    CHECK(fails<mails>(".\ra", errc::mismatch, 2) == "");
    CHECK(fails<mails>(".\n", errc::mismatch, 1) == "");
    CHECK(fails<mails>("a\r\r\n.\r\n", errc::mismatch, 2) == "");
    for (std::string const& lines : {"a"s, "a\n"s, "a\r"s, "\n.\r\n"s, "a\r.\r\n"s, "a\r\n\n"s, "a\r\r\n"s, "a\r\nb"s})
        CHECK(is_refused(mails, mail{lines, 7}, errc::mismatch) == "");
}

TEST_CASE("the limit counts the value, not the dots, and does not depend on the cuts") {
    std::string const longest = ".23456789.123456789.\r\n\r\n";
    REQUIRE(longest.size() == 24);
    CHECK(holds_for_value<mails>(mail{longest, 7}) == "");
    CHECK(fails<mails>("." + longest + "x\r\n.\r\n\7", errc::too_long, 25) == "");
    CHECK(fails<mails>("." + longest + "\r\n.\r\n\7", errc::too_long, 25) == "");
    CHECK(fails<mails>(".." + longest.substr(1, 19) + "123\r\n.\r\n\7", errc::too_long, 25) == "");  // the line feed
    CHECK(is_refused(mails, mail{longest + "\r\n", 7}, errc::too_long) == "");
}

TEST_CASE("a limit that is lowered under way holds for what is still to come, and is no way around it") {
    constexpr limits lowerable{.adjustable = true};
    decoder<mails, lowerable> in;
    in.feed("0123456789");
    CHECK(in.next().kind() == kind::need);
    in.lower("mail", 4);
    in.feed("0123456789");
    if (in.next().kind() == kind::need) in.feed("0123456789");
    CHECK(in.next().error().code == errc::too_long);
}

TEST_CASE("what must still come is asked for") {
    auto const needed = [](std::string_view wire) {
        decoder<mails> in;
        in.feed(wire);
        return in.next().minimum();
    };
    CHECK(needed("") == 4);
    CHECK(needed("a") == 6);
    CHECK(needed("a\r") == 5);
    CHECK(needed("a\r\n") == 4);
    CHECK(needed("a\r\n.") == 3);
    CHECK(needed("a\r\n.\r") == 2);
    CHECK(needed("a\r\n.\r\n") == 1);
}

TEST_CASE("strings in quotes keep the laws") {
    CHECK(holds_for_random_wire<parameters>() == "");
    CHECK(holds_for_random_values<parameters>() == "");
    CHECK(holds_for_wire<parameters>("'a%'%%\"'\"\\\"\\\\\xff%\n\""sv) == "");
    CHECK(decode(parameters, "'a%'%%\"'\"\""sv)->name == "a'%\"");
}

TEST_CASE("an escape before another character is read as that, and not written") {
    CHECK(decode(parameters, "'%a'\"\"")->name == "a");
    CHECK(holds_for_wire<parameters>("'%a'\"\\x\"", false) == "");
}

TEST_CASE("what may not stand in a string is refused both ways, escaped or not") {
    CHECK(fails<parameters>("a", errc::mismatch, 0) == "");
    CHECK(fails<parameters>("'a\n", errc::mismatch, 2) == "");
    CHECK(fails<parameters>("'a%\n", errc::mismatch, 3) == "");
    CHECK(is_refused(parameters, parameter{"a\n", {}}, errc::mismatch) == "");
}

TEST_CASE("the limit of a string counts its value, not the escapes") {
    CHECK(holds_for_wire<parameters>("'12345%%%'8'\"\"") == "");
    CHECK(fails<parameters>("'12345%%%'89'\"\"", errc::too_long, 11) == "");
    CHECK(fails<parameters>("'12345678%%'\"\"", errc::too_long, 10) == "");
    CHECK(is_refused(parameters, parameter{"123456789", {}}, errc::too_long) == "");
}

TEST_CASE("escaped: a description says what ends it") {
    description d;
    parameters.describe(d);
    dot_stuffed.describe(d);
    CHECK(describe_text(d).find("name: string in \"'\", escaped by \"%\", at most 8 bytes of content") != std::string::npos);
    CHECK(describe_text(d).find("lines until \".\\r\\n\", at most 8192 bytes of content") != std::string::npos);
}

}  // namespace
