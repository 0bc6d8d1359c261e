#include "segue/protocol/outbox.hpp"

#include <array>
#include <string>

#include "catch.hpp"
#include "segue/content/bytes.hpp"
#include "segue/content/integer.hpp"
#include "segue/segment/delimited.hpp"
#include "segue/segment/length_prefixed.hpp"

namespace {

using namespace segue;

std::string joined(outbox const& o, std::size_t most = 100) {
    std::vector<std::string_view> room(most);
    std::string all;
    for (std::string_view const piece : o.pieces(room)) all += piece;
    return all;
}

TEST_CASE("outbox: bytes leave in order, however they were put and however they are taken") {
    std::string const large(5000, 'l'), block(16000, 'b');
    std::string const all = "one" + large + "two" + block + block + "three";
    for (std::size_t step : {1u, 3u, 4999u, 5000u, 5003u, 40000u}) {
        outbox o;
        REQUIRE(o.write("one"));
        REQUIRE(o.write(std::string(large)));
        REQUIRE(o.write("two"));
        REQUIRE(o.write(std::string_view(block)));
        REQUIRE(o.write(std::string_view(block)));
        REQUIRE(o.write("three"));
        CHECK(o.pending() == all.size());
        CHECK(joined(o) == all);
        std::string taken;
        while (o.pending() != 0) {
            std::string const here = joined(o).substr(0, step);
            taken += here;
            o.consume(here.size());
        }
        CHECK(taken == all);
    }
}

TEST_CASE("outbox: a large string is not copied") {
    outbox o;
    std::string large(10000, 'x');
    char const* const bytes_of_it = large.data();
    REQUIRE(o.write(std::move(large)));
    std::array<std::string_view, 1> room;
    CHECK(o.pieces(room)[0].data() == bytes_of_it);
}

TEST_CASE("outbox: a value is encoded behind what is pending; one that cannot be is not put") {
    outbox o;
    constexpr auto c = length_prefixed(u8, bytes);
    REQUIRE(o.write("<"));
    REQUIRE(o.write(c, std::string("hi")));
    encoded const refused = o.write(c, std::string(300, 'x'));
    CHECK(refused.error().code == errc::too_long);
    CHECK(o.take() == "<\x02hi");
}

TEST_CASE("outbox: a value of any size is put as encode writes it, or refused as encode refuses it") {
    constexpr auto c = length_prefixed(u16_be, delimited<"\n">(bytes));
    for (std::size_t size = 0; size < 1100; ++size) {
        for (std::string const& value : {std::string(size, 'x'), std::string(size, 'x') + "\n"}) {
            outbox o;
            REQUIRE(o.write("<"));
            std::string wanted = "<";
            encoded const expected = encode(c, value, wanted), got = o.write(c, value);
            REQUIRE(bool(got) == bool(expected));
            REQUIRE(got.error().code == expected.error().code);
            REQUIRE(got.error().offset == expected.error().offset);
            REQUIRE(o.pending() == wanted.size());
            REQUIRE(o.take() == wanted);
        }
    }
    outbox full({.low = 1, .high = 8, .most = 8, .reserve = 0});
    CHECK(full.write(c, std::string(6, 'x')).error().code == errc::no_room);
    CHECK(full.write(c, std::string(600, 'x')).error().code == errc::no_room);
    CHECK(full.write(c, std::string("x\n")).error().code == encoded_size(c, std::string("x\n")).error().code);
    CHECK(full.pending() == 0);
}

TEST_CASE("outbox: beyond the limit nothing is put, and a control message still has the reserve") {
    outbox o({.low = 2, .high = 5, .most = 10, .reserve = 3});
    REQUIRE(o.write("12345678"));
    encoded const refused = o.write("abc");
    CHECK(refused.error().code == errc::no_room);
    CHECK(refused.error().limit == 10);
    CHECK(o.write("90"));
    CHECK(o.write("abc", outbox::urgency::control));
    CHECK_FALSE(o.write("d", outbox::urgency::control));
    CHECK_FALSE(o.write(std::string(unbounded / 2 > 5000 ? 5000 : 5, 'x')));
    CHECK(o.take() == "1234567890abc");
}

TEST_CASE("outbox: congested from the high mark to the low mark") {
    outbox o({.low = 2, .high = 5, .most = 10, .reserve = 0});
    REQUIRE(o.write("1234"));
    CHECK_FALSE(o.congested());
    REQUIRE(o.write("5"));
    CHECK(o.congested());
    o.consume(2);
    CHECK(o.congested());
    o.consume(1);
    CHECK_FALSE(o.congested());
}

TEST_CASE("outbox: a refused write congests it, unless no outbox would have room for that") {
    outbox o({.low = 2, .high = 8, .most = 10, .reserve = 0});
    REQUIRE(o.write("123"));
    CHECK(o.write(std::string(11, 'x')).error().code == errc::no_room);
    CHECK_FALSE(o.congested());
    CHECK(o.write(std::string(10, 'x')).error().code == errc::no_room);
    CHECK(o.congested());
    o.consume(1);
    CHECK_FALSE(o.congested());
    CHECK_FALSE(o.write(std::string(10, 'x')));
    CHECK(o.congested());  // below the low mark, too: what is pending has to go
    o.consume(2);
    CHECK_FALSE(o.congested());
    CHECK(o.write(std::string(10, 'x')));
}

TEST_CASE("outbox: after the end nothing is put; it has ended when all is taken") {
    outbox o;
    REQUIRE(o.write("last"));
    o.end();
    CHECK(o.write("more").error().code == errc::closed);
    CHECK_FALSE(o.ended());
    CHECK(o.take(2) == "la");
    CHECK(o.take() == "st");
    CHECK(o.ended());
}

TEST_CASE("outbox: an abort forgets what is pending") {
    outbox o;
    REQUIRE(o.write("last"));
    o.abort();
    CHECK(o.pending() == 0);
    CHECK(o.aborted());
    CHECK(o.write("more").error().code == errc::closed);
}

TEST_CASE("outbox: it moves with what is pending") {
    outbox a;
    REQUIRE(a.write("abc"));
    a.consume(1);
    outbox b = std::move(a);
    CHECK(b.take() == "bc");
    CHECK(a.pending() == 0);
}

TEST_CASE("outbox: without a limit a control message has room too") {
    outbox o({.low = 0, .high = unbounded, .most = unbounded, .reserve = 1024});
    REQUIRE(o.write(std::string(3000, 'x')));
    CHECK(o.write("ping", outbox::urgency::control));
}

TEST_CASE("outbox: no piece is empty") {
    outbox o;
    REQUIRE(o.write(""));
    REQUIRE(o.write(std::string(5000, 'x')));
    REQUIRE(o.write(""));
    std::array<std::string_view, 4> room;
    CHECK(o.pieces(room).size() == 1);
    o.consume(5000);
    CHECK(o.pieces(room).empty());
    REQUIRE(o.write("a"));
    o.consume(1);
    REQUIRE(o.write(std::string(5000, 'y')));
    CHECK(o.pieces(std::span(room).first(1))[0].size() == 5000);
}

TEST_CASE("outbox: with nothing pending nobody is congested") {
    outbox o({.low = 0, .high = 0, .most = 10, .reserve = 0});
    REQUIRE(o.write(""));
    CHECK_FALSE(o.congested());
    REQUIRE(o.write("1"));
    CHECK(o.congested());
    o.consume(1);
    CHECK_FALSE(o.congested());
}

TEST_CASE("outbox: many large strings are taken in linear time") {
    outbox o({.low = 0, .high = unbounded, .most = unbounded, .reserve = 0});
    std::size_t const count = 20'000;
    for (std::size_t i = 0; i < count; ++i) REQUIRE(o.write(std::string(4096, static_cast<char>('a' + i % 26))));
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < count; ++i) {
        std::array<std::string_view, 1> room;
        wrong += o.pieces(room)[0].front() != static_cast<char>('a' + i % 26);
        o.consume(4096);
    }
    CHECK(wrong == 0);
    CHECK(o.pending() == 0);
}

}  // namespace
