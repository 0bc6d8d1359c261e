#include "../../tools/bench/request_head.hpp"

#include "catch.hpp"
#include "segue/testing/laws.hpp"
#include "segue/testing/touch.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using bench::head;
using bench::request_head;

static_assert(sizeof(state_of<decltype(request_head)>) <= 32);

TEST_CASE("the request head keeps the laws") {
    CHECK(holds_for_wire<request_head>("GET / HTTP/1.1\r\nHost: a\r\n\r\n", false) == "");
    CHECK(holds_for_wire<request_head>("GET /a?b HTTP/1.1\r\nHost:a\r\nX-Y:\r\n\r\n") == "");
    CHECK(holds_for_wire<request_head>("PUT /" + std::string(70, 'x') + " HTTP/1.0\r\nA:" + std::string(90, 'b') + "\r\n\r\n") == "");
    CHECK(holds_for_random_wire<request_head>(20, false) == "");
}

TEST_CASE("limits and defects of a head are the same at every cut") {
    constexpr limits tight{.message = 64, .element = 12, .items = 2};
    for (std::string const wire :
         {"GET /123456789012 HTTP/1.1\r\n\r\n", "GET /12345678901 HTTP/1.1\r\nA:b\r\nC:d\r\nE:f\r\n\r\n", "GET / HTTP/1.1\r\nA: 12345678901\r\n\r\n",
          "GET / HTTP/1.1\r\nA:            \r\n\r\n", "GET / HTTP/1.1\nA:b\n\n", "GET / HTTP/1.1\r\n A:b\r\n\r\n", "GET / HTTP/1.1\r\nA :b\r\n\r\n",
          "GET / HTTP/1.1\r\nA:b\rc\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "GET / HTTP/1.256\r\n\r\n", "GET / HTTP/2\r\n\r\n",
          "GET /1 HTTP/1.1\r\nA: 1234567\r\nB: 12345678\r\n\r\nGET /2 HTTP/1.1\r\nA: 12345678\r\nB: 123456789012\r\n\r\n"}) {
        CHECK(cuts_change_nothing<request_head, tight>(wire) == "");
        CHECK(cuts_change_nothing<request_head>(wire) == "");
    }
    CHECK(fails<request_head>("GET / HTTP/1.1\r\nA :b", errc::mismatch, 17) == "");
    CHECK(fails<request_head>("GET / HTTP/1.1\nA:b", errc::mismatch, 14) == "");
    CHECK(fails<request_head>("GET / HTTP/1.1\r\nA:b\rc", errc::mismatch, 20) == "");
    CHECK(is_refused(request_head, head{"GET", "/", 1, {{"A", "b\r\nEvil: yes"}}}, errc::mismatch) == "");
    CHECK(is_refused(request_head, head{"GET", "/ HTTP/1.1\r\nEvil: yes", 1, {}}, errc::mismatch) == "");
}

TEST_CASE("byte by byte a head is searched once") {
    std::string wire = "GET /" + std::string(2000, 'a') + " HTTP/1.1\r\n";
    for (int i = 0; i < 20; ++i) wire += "Name: " + std::string(100, 'v') + "\r\n";
    wire += "\r\n";
    std::size_t const touched = touches<head, limits{.message = 1 << 20}>(request_head, wire);
    CHECK(touched != 0);
    CHECK(touched <= 2 * wire.size());
}

}  // namespace
