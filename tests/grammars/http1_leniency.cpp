// Each leniency lets in what it names, and nothing else; without it that is refused.
#include "segue/http1/http1.hpp"

#include <string>

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/vectors.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using http1::leniency;

template <leniency L>
inline constexpr auto requests = http1::request_of<std::string, http1::default_body, L>();
template <leniency L>
inline constexpr auto responses = http1::response_of<std::string, http1::default_body, L>();

template <auto const& G>
std::string outcome(std::string const& wire) {
    auto const r = decode(G, wire);
    return r ? render(*r) : std::string(name_of(r.error().code));
}
template <auto const& Grammar, auto const& Strict>
void check_lets_in(std::string const& wire, std::string const& meaning) {
    INFO(wire);
    CHECK_FALSE(decode(Strict, wire));
    CHECK(cuts_change_nothing<Grammar>(wire) == "");
    CHECK(outcome<Grammar>(wire) == outcome<Strict>(meaning));
    CHECK(outcome<Grammar>(meaning) == outcome<Strict>(meaning));
    auto const r = decode(Grammar, wire);
    REQUIRE(r);
    std::string again;
    REQUIRE(encode(Grammar, *r, again));
    CHECK(again == meaning);  // nothing of it is written
}
// What has no strict form is written as it was read, by the lenient grammar only.
template <leniency L>
void stays(std::string const& wire) {
    INFO(wire);
    CHECK_FALSE(decode(http1::request_grammar, wire));
    CHECK(cuts_change_nothing<requests<L>>(wire) == "");
    auto const r = decode(requests<L>, wire);
    REQUIRE(r);
    std::string again;
    REQUIRE(encode(requests<L>, *r, again));
    CHECK(again == wire);
}
template <leniency L>
void request(std::string const& wire, std::string const& meaning) {
    check_lets_in<requests<L>, http1::request_grammar>(wire, meaning);
}
template <leniency L>
void response(std::string const& wire, std::string const& meaning) {
    check_lets_in<responses<L>, http1::response_grammar>(wire, meaning);
}
template <auto const& Grammar>
void check_refused(std::initializer_list<std::string> all) {
    for (std::string const& wire : all) {
        INFO(wire);
        CHECK_FALSE(decode(Grammar, wire));
        CHECK(cuts_change_nothing<Grammar>(wire) == "");
    }
}
std::string const host = "GET / HTTP/1.1\r\nHost: x\r\n";
std::string const chunked = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

TEST_CASE("http1 bare_line_feed: a line of a head may end with LF, with or without a CR before it") {
    constexpr leniency one{.bare_line_feed = true};
    request<one>("GET / HTTP/1.1\nHost: x\n\n", host + "\r\n");
    request<one>("GET / HTTP/1.1\nHost: x\na: b \r\n\n", host + "a: b\r\n\r\n");
    request<one>("\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\n", host + "\r\n");
    response<one>("HTTP/1.1 204 \na:\n\r\n", "HTTP/1.1 204 \r\na: \r\n\r\n");
    check_refused<requests<one>>({"GET / HTTP/1.1\rHost: x\n\n", "GET / HTTP/1.1\r\r\nHost: x\n\n", host + "a\n: b\r\n\r\n", host + "a: b\rc\n\n",
                                  host + "a: b\n c: d\n\n", chunked + "1\na\r\n0\r\n\r\n", chunked + "1;a\na\r\n0\r\n\r\n", chunked + "1\r\na\n0\r\n\r\n"});
}

TEST_CASE("http1 folded_lines: a fold and the white space around it is one space") {
    constexpr leniency one{.folded_lines = true};
    request<one>(host + "a: b\r\n c\r\n\r\n", host + "a: b c\r\n\r\n");
    request<one>(host + "a:\r\n\tb \t\r\n  c\t\r\n\td\r\ne: f\r\n\r\n", host + "a: b c d\r\ne: f\r\n\r\n");
    response<one>("HTTP/1.1 204 \r\nConnection: x,\r\n close\r\n\r\n", "HTTP/1.1 204 \r\nConnection: x, close\r\n\r\n");
    request<one>(chunked + "0\r\nt: u\r\n v\r\n\r\n", chunked + "0\r\nt: u v\r\n\r\n");
    check_refused<requests<one>>({"GET / HTTP/1.1\r\n Host: x\r\n\r\n", host + "a: b\r\n \r\n\r\n", host + "a: b\r\n c\r\n\t\r\n\r\n", host + "a\r\n : b\r\n\r\n",
                                  host + "a: b\n c\r\n\r\n", host + "Transfer-Encoding: chunked\r\n  abc\r\n\r\n"});
    auto const of_two_lines = [](std::size_t second) { return host + "a:" + std::string(4096, 'b') + "\r\n " + std::string(second, 'c') + "\r\n\r\n"; };
    CHECK(decode(requests<one>, of_two_lines(4093)));  // 8192 bytes with the fold
    CHECK(decode(requests<one>, of_two_lines(4094)).error().code == errc::too_long);
    // what frames the message is seen unfolded
    CHECK(decode(requests<one>, host + "Content-Length:\r\n 2\r\n\r\nhi")->body == "hi");
    constexpr leniency both{.bare_line_feed = true, .folded_lines = true};
    request<both>("GET / HTTP/1.1\nHost: x\na: b\n c\r\n d\n\n", host + "a: b c d\r\n\r\n");
}

TEST_CASE("http1 space_before_colon: white space between a name and its colon is removed, in responses") {
    constexpr leniency one{.space_before_colon = true};
    response<one>("HTTP/1.1 204 \r\na \t: b\r\nc : d\r\n\r\n", "HTTP/1.1 204 \r\na: b\r\nc: d\r\n\r\n");
    check_refused<responses<one>>({"HTTP/1.1 204 \r\na b: c\r\n\r\n", "HTTP/1.1 204 \r\n a: c\r\n\r\n", "HTTP/1.1 204 \r\n : c\r\n\r\n",
                                   "HTTP/1.1 204 \r\na \r\n: c\r\n\r\n"});
}

TEST_CASE("http1 control_characters: they stay in values, but for CR, LF and NUL") {
    constexpr leniency one{.control_characters = true};
    for (std::string const value : {"a\x01z", "\x0c", "a\x7fz", "a\x1b[0m"}) stays<one>(host + "b: " + value + "\r\n\r\n");
    check_refused<requests<one>>({host + "a: b\rc\r\n\r\n", host + "a: b\nc: d\r\n\r\n", host + std::string("a: b\0c\r\n\r\n", 10), host + "a\x01: b\r\n\r\n",
                                  "GET /\x01 HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\x01\r\n\r\n"});
}

TEST_CASE("http1 no_reason: a status line may end behind the status") {
    constexpr leniency one{.no_reason = true};
    response<one>("HTTP/1.1 204\r\n\r\n", "HTTP/1.1 204 \r\n\r\n");
    check_refused<responses<one>>({"HTTP/1.1 204OK\r\n\r\n", "HTTP/1.1 20 \r\n\r\n", "HTTP/1.1 2040\r\n\r\n", "HTTP/1.1 099\r\n\r\n", "HTTP/1.1 204\n\r\n", "HTTP/1.1 204\t\r\n\r\n"});
    constexpr leniency both{.bare_line_feed = true, .no_reason = true};
    response<both>("HTTP/1.1 204\n\n", "HTTP/1.1 204 \r\n\r\n");
}

TEST_CASE("http1 length_beside_coding: the transfer coding decides, and the message is the last") {
    static constexpr leniency one{.length_beside_coding = true};
    using form = http1::framing::form;
    auto const framed = [](http1::headers fields) {
        fields.push_back({"Host", "x"});
        return http1::framing_of<one>(http1::request{"POST", "/", "1.1", std::move(fields), {}, {}});
    };
    CHECK(framed({{"Content-Length", "3"}, {"Transfer-Encoding", "chunked"}}) == http1::framing{form::chunked, 0, {}, true});
    CHECK_FALSE(framed({{"Transfer-Encoding", "chunked"}}).closes);
    for (http1::headers const& bad : {http1::headers{{"Content-Length", "x"}, {"Transfer-Encoding", "chunked"}}, {{"Content-Length", "3"}, {"Content-Length", "4"}, {"Transfer-Encoding", "chunked"}},
                                      {{"Content-Length", "3"}, {"Transfer-Encoding", "gzip"}}, {{"Content-Length", "3"}, {"Transfer-Encoding", "chunked, gzip"}}})
        CHECK(framed(bad).how == form::refused);
    auto const answer = [](char const* coding) {
        return http1::framing_of<one>(http1::response{"1.1", 200, "", {{"Content-Length", "3"}, {"Transfer-Encoding", coding}}, {}, {}});
    };
    CHECK(answer("chunked") == http1::framing{form::chunked, 0, {}, true});
    CHECK(answer("gzip").how == form::until_close);

    std::string const both = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n";
    CHECK(decode(requests<one>, both)->body == "hi");
    CHECK(cuts_change_nothing<requests<one>>(both) == "");
    CHECK_FALSE(decode(http1::request_grammar, both));
    check_refused<requests<one>>({"POST / HTTP/1.0\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"});
}

TEST_CASE("http1 space_behind_chunk_size: white space may stand before the end of that line") {
    constexpr leniency one{.space_behind_chunk_size = true};
    request<one>(chunked + "2 \r\nhi\r\n0 \t\r\n\r\n", chunked + "2\r\nhi\r\n0\r\n\r\n");
    request<one>(chunked + "2 ; a=b \r\nhi\r\n0;c \r\n\r\n", chunked + "2\r\nhi\r\n0\r\n\r\n");
    check_refused<requests<one>>({chunked + " 2\r\nhi\r\n0\r\n\r\n", chunked + "2 x\r\nhi\r\n0\r\n\r\n", chunked + "2 \nhi\r\n0\r\n\r\n",
                                  chunked + "2;\r\nhi\r\n0\r\n\r\n", chunked + "2; \r\nhi\r\n0\r\n\r\n"});
}

TEST_CASE("http1 no_host: a request may lack Host, and not have it twice") {
    constexpr leniency one{.no_host = true};
    stays<one>("GET / HTTP/1.1\r\n\r\n");
    check_refused<requests<one>>({host + "Host: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n"});
}

// ---- both ends of a connection read as leniently as they are told, and no more
TEST_CASE("http1 server: behind a length beside a coding the connection ends") {
    http1::basic_server<leniency{.length_beside_coding = true}> s;
    std::string told;
    s.receive("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
    auto e = s.next_event();
    for (int i = 0; i < 10 && !is<event::need>(e) && !is_last(e); ++i, e = s.next_event()) {
        if (auto* piece = std::get_if<http1::event::data>(&e)) told += piece->bytes;
        if (is<http1::event::end>(e)) CHECK(s.respond(204, {}, ""));
    }
    CHECK(told == "hi");
    CHECK(is<event::closed>(e));
    CHECK(s.outgoing().ending());
}

TEST_CASE("http1 client: folded values are read as one line, and what it sends stays strict") {
    http1::basic_client<leniency{.folded_lines = true}> c;
    REQUIRE(c.ask("GET", "/", {{"Host", "x"}}));
    CHECK(c.ask("GET", "/", {{"Host", "x"}, {"a", "b\r\n c"}}).error().code == errc::mismatch);
    for (char const one : std::string_view("HTTP/1.1 204 \r\na: b\r\n c\r\nConnection: x,\r\n close\r\n\r\n")) {
        c.receive({&one, 1});
        auto e = c.next_event();
        if (auto* head = std::get_if<http1::basic_client<leniency{.folded_lines = true}>::response_event>(&e)) {
            CHECK(http1::find((*head)->headers, "a") == "b c");
            CHECK((*head)[http1::field::connection] == "x, close");
            CHECK_FALSE(is_last(c.next_event()));
            CHECK(c.ask("GET", "/", {{"Host", "x"}}).error().code == errc::contradiction);  // closed by a folded value
            return;
        }
    }
    FAIL("no response");
}

}  // namespace
