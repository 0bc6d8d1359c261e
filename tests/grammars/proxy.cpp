#include "segue/proxy/version_2.hpp"

#include "catch.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_literals;
using namespace std::string_view_literals;

proxy::version_2 relayed(std::vector<proxy::tlv> tlvs) {
    using enum proxy::family;
    return {{proxy::command::proxied, inet, proxy::transport::stream}, proxy::inet_block{{{192, 168, 0, 1}}, {{192, 168, 0, 11}}, 56324, 443, std::move(tlvs)}};
}
proxy::only_version_2 only(proxy::version_2 v) { return {std::move(v)}; }
inline constexpr auto const& grammar = proxy::version_2_grammar;

static_assert(grammar.bounds() == size_bound{16, 16 + 8192});

TEST_CASE("proxy: every type of version 2 keeps the laws") {
    proxy::ssl const tls{{0, true, true, true}, 0, {proxy::ssl_version{"TLSv1.3"}, proxy::common_name{"example.com"}, proxy::cipher{"AES"},
                                                    proxy::signature_algorithm{"SHA256"}, proxy::key_algorithm{"RSA2048"}, proxy::other{0x40, "new"}}};
    for (proxy::tlv const& one : {proxy::tlv(proxy::alpn{"h2"}), proxy::tlv(proxy::authority{"example.com"}), proxy::tlv(proxy::noop{"\0"sv}),
                                  proxy::tlv(proxy::unique_id{"id"}), proxy::tlv(tls), proxy::tlv(proxy::netns{"blue"}), proxy::tlv(proxy::other{0xe0, "own"})})
        CHECK(holds_for_value<proxy::version_2_grammar>(only(relayed({one})), false) == "");
    CHECK(holds_for_value<proxy::version_2_grammar>(only({{proxy::command::local, proxy::family::unspecified, proxy::transport::unspecified}, proxy::opaque_block{}})) == "");
    CHECK(holds_for_random_wire<proxy::version_2_grammar>(10) == "");
}

TEST_CASE("proxy: the checksum is computed on encoding, wherever it stands, and checked on decoding") {
    std::string const too_long(129, 'x');
    for (bool last : {false, true}) {
        std::vector<proxy::tlv> tlvs{proxy::checksum{7}, proxy::unique_id{"id"}};
        if (last) std::swap(tlvs[0], tlvs[1]);
        std::string wire;
        REQUIRE(encode(grammar, only(relayed(tlvs)), wire));
        CHECK(holds_for_wire<proxy::version_2_grammar>(wire, true, false) == "");
        std::size_t const place = wire.size() - (last ? 4 : 9);
        for (std::size_t i : {std::size_t{13}, std::size_t{17}, wire.size() - 1}) {
            std::string wrong = wire;
            wrong[i] ^= 3;  // another transport, another address, another id or sum
            CHECK(fails<proxy::version_2_grammar>(wrong, errc::wrong_checksum, place) == "");
        }
        gather_list list;
        REQUIRE(encode(grammar, only(relayed(tlvs)), list));
        CHECK(list.pieces().size() == 1);
        CHECK(list.pieces()[0] == wire);
    }
    CHECK(is_refused(grammar, only(relayed({proxy::unique_id{too_long}})), errc::too_long) == "");
}

TEST_CASE("proxy: two checksums are refused both ways, since one cannot be that of the other") {
    std::string wire;
    encoded const result = encode(grammar, only(relayed({proxy::checksum{}, proxy::checksum{}})), wire);
    CHECK(result.error().code == errc::requirement);
    CHECK(wire.empty());
}

TEST_CASE("proxy: a block that its head does not name is refused") {
    proxy::version_2 wrong = relayed({});
    wrong.head.family = proxy::family::inet6;
    CHECK(is_refused(grammar, only(wrong), errc::contradiction) == "");
    wrong.head = {proxy::command::proxied, proxy::family::inet, proxy::transport::unspecified};
    CHECK(is_refused(grammar, only(wrong), errc::requirement) == "");
    CHECK(is_refused(grammar, only(relayed({proxy::other{0x02, "x"}})), errc::contradiction) == "");
    CHECK(is_refused(grammar, only({{proxy::command::proxied, proxy::family::unix_socket, proxy::transport::stream}, proxy::unix_block{"/short", "/path", {}}}), errc::wrong_size) == "");
}

}  // namespace
