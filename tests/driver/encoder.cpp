#include "segue/driver/encoder.hpp"

#include "catch.hpp"
#include "segue/netstring/netstring.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;
using netstring::large_netstring;

struct whole_stream {
    BOOST_HANA_DEFINE_STRUCT(whole_stream, (std::uint8_t, tag), (streamed_bytes, data));
};
inline constexpr auto until_end = record<whole_stream>(field<"tag">(u8), field<"data">(streamed<100>()));

template <class E>
std::string drained(E& out, std::size_t space) {
    std::string all;
    char room[64];
    while (std::size_t const n = out.drain(room, space)) all.append(room, n);
    return all;
}

TEST_CASE("messages drain into whatever space there is") {
    for (std::size_t space : {1u, 2u, 5u, 64u}) {
        encoder<netstring::grammar> out;
        CHECK(out.send(netstring::netstring{"hello"}));
        CHECK(out.send(netstring::netstring{""}));
        CHECK(out.pending() == 11);
        CHECK(drained(out, space) == "5:hello,0:,");
        CHECK(out.pending() == 0);
    }
}

TEST_CASE("the buffer is bounded, and takes more when it has been drained") {
    encoder<netstring::grammar, limits{.message = 10}> out;
    CHECK(out.send(netstring::netstring{"hello"}));
    CHECK(!out.send(netstring::netstring{"x"}));
    CHECK(out.error().code == errc::no_room);
    CHECK(drained(out, 64) == "5:hello,");
    CHECK(out.send(netstring::netstring{"x"}));
}

TEST_CASE("a streamed payload goes piece by piece, and what follows it waits") {
    encoder<netstring::streamed_grammar> out;
    REQUIRE(out.send(large_netstring{{5}}));
    CHECK(drained(out, 64) == "5:");
    CHECK(!out.send(large_netstring{{1}}));
    CHECK(out.error().code == errc::contradiction);
    CHECK(out.data("he"));
    CHECK(drained(out, 64) == "he");
    CHECK(!out.data("llo!"));
    CHECK(out.error().code == errc::wrong_size);
    CHECK(!out.finish());
    CHECK(out.data("llo"));
    CHECK(drained(out, 64) == "llo,");
    CHECK(out.send(large_netstring{{0}}));
    CHECK(drained(out, 64) == "0:,");
}

TEST_CASE("a payload of unknown size ends when it is finished") {
    encoder<until_end> out;
    REQUIRE(out.send(whole_stream{7, {}}));
    CHECK(out.data("abc"));
    CHECK(out.finish());
    CHECK(drained(out, 64) == "\7abc");
}

TEST_CASE("a streamed payload needs an encoder") {
    std::string out;
    CHECK(encode(netstring::streamed_grammar, large_netstring{{5}}, out).error().code == errc::requirement);
    CHECK(encode(netstring::streamed_grammar, large_netstring{}, out).error().code == errc::too_long);
}

}  // namespace
