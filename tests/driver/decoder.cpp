#include "segue/driver/decoder.hpp"

#include "allocations.hpp"
#include "catch.hpp"
#include "segue/lines/lines.hpp"
#include "segue/netstring/netstring.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

struct header {
    BOOST_HANA_DEFINE_STRUCT(header, (std::string_view, name), (std::string_view, value));
};
struct head {
    BOOST_HANA_DEFINE_STRUCT(head, (std::string_view, target), (std::vector<header>, headers));
};
inline constexpr auto token = charset<byte_set{}.with('a', 'z').with('A', 'Z').with("/")>;
inline constexpr auto grammar = record<head>(
    field<"target">(delimited<"\n">(token)),
    field<"headers">(repeat_until<"\n">(record<header>(field<"name">(delimited<":">(token)), field<"value">(delimited<"\n">(bytes))))));

TEST_CASE("a message with views that lies whole in the bytes fed is decoded without allocation") {
    decoder<lines::grammar> lines_in;
    decoder<netstring::grammar> netstrings_in;
    decoder<grammar> heads_in;
    std::string const heads = "/a\nx:1\ny:2\n\n/b\nx:1\ny:2\n\n";
    heads_in.feed(heads);
    REQUIRE(heads_in.next().kind() == kind::message);  // the vector grows once
    std::size_t const before = allocations_so_far();
    lines_in.feed("one\ntwo\nthree\n");
    std::size_t messages = 0;
    while (lines_in.next().kind() == kind::message) ++messages;
    netstrings_in.feed("3:one,3:two,");
    while (netstrings_in.next().kind() == kind::message) ++messages;
    while (heads_in.next().kind() == kind::message) ++messages;
    std::size_t const after = allocations_so_far();
    CHECK(messages == 6);
    CHECK(after == before);
}

TEST_CASE("an idle decoder holds no heap") {
    decoder<lines::grammar> in;
    CHECK(in.heap() == 0);
    in.feed("cut");
    CHECK(in.next().kind() == kind::need);
    CHECK(in.heap() != 0);
    in.feed(" here\n");
    CHECK(in.next().kind() == kind::message);
    CHECK(in.next().kind() == kind::need);
    CHECK(in.heap() == 0);
    std::span<char> const room = in.prepare(100);
    room[0] = 'x';
    room[1] = '\n';
    in.commit(2);
    CHECK(in.next().kind() == kind::message);
    CHECK(in.next().kind() == kind::need);
    CHECK(in.heap() == 0);
}

TEST_CASE("views follow their bytes when a message is cut") {
    decoder<grammar> in;
    std::string const wire = "/path\nname:some value\nother:thing\n\n";
    for (std::size_t i = 0; i < wire.size(); ++i) {
        std::string const piece = wire.substr(i, 1);
        in.feed(piece);
        auto const event = in.next();
        if (i + 1 < wire.size()) {
            REQUIRE(event.kind() == kind::need);
            continue;
        }
        REQUIRE(event.kind() == kind::message);
        CHECK(event->target == "/path");
        CHECK(event->headers[0].value == "some value");
        CHECK(event->headers[1].name == "other");
    }
}

TEST_CASE("a decoder can be moved with its views intact") {
    decoder<grammar> in;
    in.feed("/path\nname:some va");
    REQUIRE(in.next().kind() == kind::need);
    decoder<grammar> moved(std::move(in));
    moved.feed("lue\n\n");
    auto const event = moved.next();
    REQUIRE(event.kind() == kind::message);
    CHECK(event->target == "/path");
    CHECK(event->headers[0].value == "some value");
    CHECK(moved.offset() == 23);
    static_assert(!std::is_copy_constructible_v<decoder<grammar>>);
}

TEST_CASE("the caller may stop after any message and come back") {
    decoder<lines::grammar> in;
    {
        std::string const fed = "one\ntwo\nthr";
        in.feed(fed);
        CHECK(in.next()->text == "one");
        in.keep();
    }
    CHECK(in.next()->text == "two");
    in.feed("ee\nfour\n");
    CHECK(in.next()->text == "three");
    CHECK(in.next()->text == "four");
    CHECK(in.next().kind() == kind::need);
}

TEST_CASE("bytes may be fed before all that came earlier have been read") {
    decoder<lines::grammar> in;
    for (std::string const& piece : {std::string("one\ntw"), std::string("o\nthree"), std::string("\n")}) in.feed(std::string_view(piece));
    CHECK(in.next()->text == "one");
    CHECK(in.next()->text == "two");
    CHECK(in.next()->text == "three");
    CHECK(in.next().kind() == kind::need);
    CHECK(in.offset() == 14);
}

TEST_CASE("after a failure the decoder is poisoned, and the unread bytes can be fetched") {
    decoder<netstring::grammar> in;
    in.feed("1:a,1:b;rest");
    CHECK(in.next().kind() == kind::message);
    CHECK(in.next().kind() == kind::failed);
    CHECK(in.error().code == errc::mismatch);
    CHECK(in.error().offset == 7);
    in.feed("more");
    CHECK(in.next().kind() == kind::failed);
    CHECK(in.offset() == 4);
    CHECK(in.unread() == "1:b;restmore");
    for (std::size_t cut = 1; cut < 11; ++cut) {
        decoder<netstring::grammar> pieces;
        pieces.feed(std::string_view("5:hellox123").substr(0, cut));
        (void)pieces.next();
        pieces.feed(std::string_view("5:hellox123").substr(cut));
        CHECK(pieces.next().kind() == kind::failed);
        CHECK(pieces.unread() == "5:hellox123");
    }
}

TEST_CASE("the simple form visits the messages that are complete") {
    decoder<lines::grammar> in;
    std::string seen;
    for (auto const& line : in.messages("one\ntwo\nthr")) seen += std::string(line.text) + ";";
    for (auto const& line : in.messages("ee\n")) seen += std::string(line.text) + ";";
    CHECK(seen == "one;two;three;");
    CHECK(!in.failed());
}

TEST_CASE("need says how many bytes are missing at least") {
    decoder<netstring::grammar> in;
    CHECK(in.next().minimum() == 3);
    in.feed("5:he");
    CHECK(in.next().minimum() == 4);
    in.feed("llo");
    CHECK(in.next().minimum() == 1);
}

TEST_CASE("limits can be lowered at run time by name, never raised") {
    decoder<lines::grammar, limits{.adjustable = true}> in;
    CHECK(in.lower("element", 3));
    CHECK(in.lower("element", 100));
    in.feed("abc\nabcd\n");
    CHECK(in.next().kind() == kind::message);
    CHECK(in.next().kind() == kind::failed);
    CHECK(in.error().limit == 3);
    decoder<lines::grammar, limits{.adjustable = true}> whole;
    CHECK(whole.lower("message", 4));
    whole.feed("abc\nabcd\n");
    CHECK(whole.next().kind() == kind::message);
    CHECK(whole.next().kind() == kind::failed);
    CHECK(whole.error().code == errc::message_too_long);
    CHECK(whole.error().offset == 8);
}

TEST_CASE("the limit of a whole message is the same at every cut") {
    CHECK(cuts_change_nothing<grammar, limits{.message = 12}>("/a\nx:1\ny:2\n\n/b\n\n") == "");
    CHECK(cuts_change_nothing<grammar, limits{.message = 11}>("/a\nx:1\ny:2\n\n/b\n\n") == "");
    CHECK(cuts_change_nothing<grammar, limits{.message = 10}>("/a\nx:1\ny:2\n\n/b\n\n") == "");
    CHECK(fails<grammar, limits{.message = 11}>("/a\nx:1\ny:2\n\n", errc::message_too_long, 11) == "");
    CHECK(holds_for_wire<grammar, limits{.message = 12}>("/a\nx:1\ny:2\n\n") == "");
}

TEST_CASE("empty items for ever stop at the limits") {
    decoder<grammar, limits{.message = 1 << 20, .items = 1000}> in;
    in.feed("/a\n");
    std::string const items(4000, 'a');
    std::size_t fed = 0;
    kind last = kind::need;
    for (; fed < 100000 && last == kind::need; ++fed) {
        in.feed("x:\n");
        last = in.next().kind();
    }
    CHECK(last == kind::failed);
    CHECK(in.error().code == errc::too_many);
    CHECK(fed == 1001);
}

constexpr bool decodes_at_compile_time() {
    decoder<grammar> in;
    std::string_view const wire = "/path\nname:value\n\n";
    for (std::size_t i = 0; i < wire.size(); ++i) {
        in.feed(wire.substr(i, 1));
        auto const event = in.next();
        if (i + 1 == wire.size()) return event.kind() == kind::message && event->target == "/path" && event->headers[0].value == "value";
        if (event.kind() != kind::need) return false;
    }
    return false;
}
static_assert(decodes_at_compile_time());
static_assert(sizeof(state_of<decltype(grammar)>) <= 24);
static_assert(sizeof(state_of<decltype(lines::grammar)>) <= 8);
static_assert(sizeof(state_of<decltype(netstring::grammar)>) <= 16);
static_assert(sizeof(state_of<decltype(netstring::streamed_grammar)>) <= 32);

}  // namespace
