#include "segue/driver/reader_base.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;

struct line {
    BOOST_HANA_DEFINE_STRUCT(line, (std::string_view, text));
};
inline constexpr auto codec_of_line = record<line>(field<"text">(delimited<"\n">(bytes)));

TEST_CASE("the offset is that of the first byte that no complete message has taken, in every mode") {
    reader<> in;
    line l;
    state_of<decltype(codec_of_line)> state{};
    in.feed("one\ntw", l);
    CHECK(in.offset() == 0);
    CHECK(in.read(codec_of_line, state, l) == kind::message);
    CHECK(in.offset() == 4);
    CHECK(in.unread() == "tw");
    CHECK(in.read(codec_of_line, state, l) == kind::need);  // held
    CHECK(in.offset() == 4);
    CHECK(in.unread() == "tw");
    in.feed("o\nthree\n", l);
    CHECK(in.unread() == "two\nthree\n");
    CHECK(in.read(codec_of_line, state, l) == kind::message);  // delivered
    CHECK(l.text == "two");
    CHECK(in.offset() == 8);
    std::span<char> const room = in.prepare(2, l);
    room[0] = 'x';
    in.commit(1);
    CHECK(in.read(codec_of_line, state, l) == kind::message);
    CHECK(in.read(codec_of_line, state, l) == kind::need);  // in place
    CHECK(in.offset() == 14);
    CHECK(in.unread() == "x");
    in.close();
    CHECK(in.read(codec_of_line, state, l) == kind::failed);
    CHECK(in.offset() == 14);
    CHECK(in.unread() == "x");
    CHECK(in.error().code == errc::truncated);
}

TEST_CASE("a limit for messages that is lowered in the middle of one holds from the next one on") {
    reader<limits{.message = 100, .adjustable = true}> in;
    line l;
    state_of<decltype(codec_of_line)> state{};
    in.feed("a line of more than ten bytes", l);
    CHECK(in.read(codec_of_line, state, l) == kind::need);
    CHECK(in.lower("message", 10));
    in.feed("\nshort\nanother long line", l);
    CHECK(in.read(codec_of_line, state, l) == kind::message);
    CHECK(in.read(codec_of_line, state, l) == kind::message);
    CHECK(in.read(codec_of_line, state, l) == kind::failed);
    CHECK(in.error().code == errc::message_too_long);
    CHECK(in.error().offset == 46);
}

}  // namespace
