#include "segue/segment/streamed.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/interleave.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

struct in_pieces {
    BOOST_HANA_DEFINE_STRUCT(in_pieces, (std::string_view, name), (streamed_bytes, data), (std::uint16_t, sum));
};
struct collected {
    BOOST_HANA_DEFINE_STRUCT(collected, (std::string_view, name), (std::string, data), (std::uint16_t, sum));
};
template <class T>
inline constexpr auto upload_of = record<T>(
    field<"name">(delimited<":">(bytes)), field<"data">(streamed<10>(u16_be)), field<"sum">(u16_be));

struct whole_stream {
    BOOST_HANA_DEFINE_STRUCT(whole_stream, (std::uint8_t, tag), (streamed_bytes, data));
};
inline constexpr auto until_end = record<whole_stream>(field<"tag">(u8), field<"data">(streamed<5>()));
inline constexpr auto five = record<whole_stream>(field<"tag">(u8), field<"data">(streamed<5>(5)));

static_assert(upload_of<in_pieces>.bounds(limits{.element = 20}) == size_bound{5, 35});
static_assert(sizeof(state_of<decltype(upload_of<in_pieces>)>) <= 40);

TEST_CASE("streamed elements keep the laws") {
    CHECK(holds_for_wire<upload_of<in_pieces>>("n:\0\3abc\1\2"sv) == "");
    CHECK(holds_for_wire<upload_of<in_pieces>>("n:\0\0\1\2"sv) == "");
    CHECK(holds_for_wire<five>("\1abcde") == "");
    CHECK(cuts_change_nothing<until_end>("\1abc") == "");
    CHECK(cuts_change_nothing<until_end>("\1abcde") == "");
    CHECK(fails<until_end>("\1abcdef", errc::too_long, 6) == "");
    CHECK(holds_for_random_wire<upload_of<in_pieces>>() == "");
}

TEST_CASE("an owner collects what a streamed_bytes is told in pieces") {
    CHECK(holds_for_wire<upload_of<collected>>("n:\0\3abc\1\2"sv) == "");
    CHECK(holds_for_random_values<upload_of<collected>>() == "");
    CHECK(decode(upload_of<collected>, "n:\0\3abc\1\2"sv)->data == "abc");
}

TEST_CASE("a payload is handed out from its first byte, with the members before it") {
    decoder<upload_of<in_pieces>> in;
    std::string const head("name:\0\5ab", 9);
    in.feed(head);
    auto event = in.next();
    REQUIRE(event.kind() == kind::part);
    CHECK(event->name == "name");
    CHECK(event->data.size == 5);
    CHECK(event.data() == "ab");
    CHECK(in.next().kind() == kind::need);
    in.feed("cde\0\7next:"sv);
    event = in.next();
    REQUIRE(event.kind() == kind::part);
    CHECK(event.data() == "cde");
    event = in.next();
    REQUIRE(event.kind() == kind::message);
    CHECK(event->name == "name");
    CHECK(event->sum == 7);
}

TEST_CASE("every way to give bytes hands out the same payload, whole or cut off, good or bad") {
    for (std::string_view const wire : {"n:\0\12abcdefghij\1\2m:\0\0\1\2o:\0\1a\1\2"sv, "n:\0\12abcdef"sv, "n:\0\13abc"sv}) {
        CHECK(interleavings_change_nothing<upload_of<in_pieces>>(wire) == "");
        CHECK(interleavings_change_nothing<upload_of<collected>>(wire) == "");
        CHECK(interleavings_change_nothing<upload_of<in_pieces>, limits{.message = 6}>(wire) == "");
    }
    CHECK(interleavings_change_nothing<until_end>("\1abcde") == "");
    CHECK(interleavings_change_nothing<until_end>("\1abcdefg") == "");
    CHECK(interleavings_change_nothing<five>("\1abcde\2vwxyz\3ab") == "");
}

TEST_CASE("a payload that the end of the input cuts off is truncated there, in its own field") {
    decoder<upload_of<in_pieces>> in;
    std::string_view const wire = "n:\0\5abc"sv;
    in.feed(wire.substr(0, 6));
    CHECK(in.next().kind() == kind::part);
    CHECK(in.next().kind() == kind::need);
    in.feed(wire.substr(6));
    in.close();
    auto const rest = in.next();
    REQUIRE(rest.kind() == kind::part);
    CHECK(rest.data() == "c");
    REQUIRE(in.next().kind() == kind::failed);
    CHECK(in.error().code == errc::truncated);
    CHECK(in.error().offset == 7);
    REQUIRE(in.error().places() == 1);
    CHECK(std::string_view(in.error().path[0].field) == "data");
    CHECK(in.unread() == "n:\0\5"sv);
    CHECK(in.next().kind() == kind::failed);
}

TEST_CASE("a payload is never held and does not count as the message's bytes") {
    struct big {
        BOOST_HANA_DEFINE_STRUCT(big, (std::string_view, name), (streamed_bytes, data));
    };
    static constexpr auto grammar = record<big>(field<"name">(delimited<":">(bytes)), field<"data">(streamed<100'000'000>(u32_be)));
    decoder<grammar, limits{.message = 100}> in;
    in.feed("name:\x02\x00\x00\x00"sv);
    CHECK(in.next().kind() == kind::need);
    std::string const piece(1 << 20, 'x');
    std::size_t told = 0;
    for (int i = 0; i < 32; ++i) {
        in.feed(piece);
        for (auto event = in.next(); event.kind() == kind::part; event = in.next()) told += event.data().size();
        CHECK(in.heap() <= 512);
    }
    CHECK(told == std::size_t{32} << 20);
    in.close();
    CHECK(in.next().kind() == kind::end);
}

TEST_CASE("limits hold for streamed payloads") {
    CHECK(holds_for_wire<upload_of<in_pieces>>("n:\0\12abcdefghij\1\2"sv) == "");
    CHECK(fails<upload_of<in_pieces>>("n:\0\13"sv, errc::too_long, 2) == "");
    CHECK(fails<upload_of<collected>>("n:\xff\xff"sv, errc::too_long, 2) == "");
    CHECK(is_refused(upload_of<collected>, collected{"n", "abcdefghijk", 1}, errc::too_long) == "");
}

TEST_CASE("head and trailer at the message limit are the same at every cut") {
    CHECK(cuts_change_nothing<upload_of<in_pieces>, limits{.message = 6}>("n:\0\3abc\1\2n:\0\3abc\1\2"sv) == "");
    CHECK(cuts_change_nothing<upload_of<in_pieces>, limits{.message = 5}>("n:\0\3abc\1\2n:\0\3abc\1\2"sv) == "");
    CHECK(cuts_change_nothing<upload_of<in_pieces>, limits{.message = 4}>("n:\0\3abc\1\2n:\0\3abc\1\2"sv) == "");
    CHECK(cuts_change_nothing<upload_of<in_pieces>, limits{.message = 3}>("n:\0\3abc\1\2n:\0\3abc\1\2"sv) == "");
}

}  // namespace
