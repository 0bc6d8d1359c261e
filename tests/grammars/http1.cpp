#include "segue/http1/http1.hpp"

#include <algorithm>
#include <memory>
#include <string>

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/interleave.hpp"
#include "segue/testing/vectors.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using http1::framing;
using http1::headers;

static_assert(sizeof(state_of<std::remove_const_t<decltype(http1::streamed_request_grammar)>>) <= 48);

std::string const post = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello";
std::string const chunked = "POST /a?b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b;c=\"d\\\"\"\r\nhello\r\n003\r\nabc\r\n0\r\nT: v \r\n\r\n";

TEST_CASE("http1: every vector holds, at every cut and both ways") {
    CHECK(holds_for_vectors<http1::request_grammar>(SEGUE_SOURCE_DIR "/grammars/http1/vectors/request.tsv") == "");
    CHECK(holds_for_vectors<http1::response_grammar>(SEGUE_SOURCE_DIR "/grammars/http1/vectors/response.tsv") == "");
}

TEST_CASE("http1: a message is what it is, wherever it is cut, collected or in pieces") {
    for (std::string const& wire : {post, chunked, post + chunked, std::string("\r\n\r\nGET / HTTP/1.0\r\n\r\n"),
                                    "OPTIONS * HTTP/1.1\r\nhost:\r\nx:a\t b \xff\r\n\r\n" + post}) {
        CHECK(cuts_change_nothing<http1::request_grammar>(wire) == "");
        CHECK(cuts_change_nothing<http1::streamed_request_grammar>(wire) == "");
    }
    for (std::string const wire : {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 304 \r\n\r\n", "HTTP/1.0 200 \r\n\r\nuntil the end",
                                   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"}) {
        CHECK(cuts_change_nothing<http1::response_grammar>(wire) == "");
        CHECK(cuts_change_nothing<http1::streamed_response_grammar>(wire) == "");
    }
}

TEST_CASE("http1: every way to give bytes hands out the same body, whole or cut off") {
    std::string const wire = post + chunked + post;
    for (std::size_t const size : {wire.size(), wire.size() - 2, post.size() + chunked.size() - 30, post.size() - 1}) {
        CHECK(interleavings_change_nothing<http1::streamed_request_grammar>(wire.substr(0, size)) == "");
        CHECK(interleavings_change_nothing<http1::request_grammar>(wire.substr(0, size)) == "");
    }
    for (std::string const response : {"HTTP/1.0 200 \r\n\r\nuntil the end", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ntoo short"}) {
        CHECK(interleavings_change_nothing<http1::streamed_response_grammar>(response) == "");
        CHECK(interleavings_change_nothing<http1::streamed_response_grammar>(response.substr(0, response.size() - 3)) == "");
    }
}

TEST_CASE("http1: a body that the end of the input cuts off is truncated there, and the head stays readable") {
    for (std::string const& wire : {post, chunked}) {
        std::size_t const cut = wire.find("hello") + 3;
        decoder<http1::streamed_request_grammar> in;
        for (char const c : wire.substr(0, cut)) {
            auto const own = std::make_unique<char>(c);
            in.feed({own.get(), 1});
            kind k = in.next().kind();
            while (k == kind::part) k = in.next().kind();
            CHECK(k == kind::need);
        }
        in.close();
        auto const e = in.next();
        REQUIRE(e.kind() == kind::failed);
        CHECK(e.error().code == errc::truncated);
        CHECK(e.error().offset == cut);
        REQUIRE(e.error().places() == 1);
        CHECK(std::string_view(e.error().path[0].field) == "body");
        CHECK(e->method == "POST");
        CHECK(in.unread() == wire.substr(0, wire.find("\r\n\r\n") + 4));
    }
}

TEST_CASE("http1: a chunked body is collected without its framing, and trailers follow") {
    auto const r = decode(http1::request_grammar, chunked);
    REQUIRE(r);
    CHECK(r->method == "POST");
    CHECK(r->target == "/a?b");
    CHECK(r->body == "helloabc");
    REQUIRE(r->trailers.size() == 1);
    CHECK(r->trailers[0].value == "v");
    std::string again;
    REQUIRE(encode(http1::request_grammar, *r, again));
    CHECK(again.find("\r\n\r\n8\r\nhelloabc\r\n0\r\nT: v\r\n\r\n") != std::string::npos);
}

TEST_CASE("http1: the framing of a long chunked body is not kept") {
    decoder<http1::streamed_request_grammar> in;
    in.feed("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    std::size_t told = 0, most = 0;
    for (int i = 0; i < 100'000; ++i) {
        for (char const c : std::string_view("1;x=y\r\na\r\n")) {
            in.feed({&c, 1});
            kind k = in.next().kind();
            while (k == kind::part) {
                ++told;
                k = in.next().kind();
            }
            if (k != kind::need) FAIL(sentence(in.error().code));
            most = std::max(most, in.heap());
            if (in.error()) break;
        }
        if (i == 1000) break;  // 1001 times 3 bytes of extensions are below their limit
    }
    CHECK(told == 1002);
    CHECK(most <= 1024);
}

TEST_CASE("http1: empty lines before a request mean nothing, also where none follows") {
    for (std::string const& wire : {std::string("\r\n"), "\r\n\r\n" + post + "\r\n", post + "\r\n\r", post + "\r\n\r\n\n"}) CHECK(cuts_change_nothing<http1::request_grammar>(wire) == "");
    CHECK(holds_for_wire<http1::request_grammar>("\r\n\r\nGET / HTTP/1.0\r\n\r\n", false) == "");
    CHECK(decode(http1::request_grammar, "\r\n").error().code == errc::truncated);
    decoder<http1::request_grammar> in;
    in.feed("\r\n\r\n");
    in.close();
    CHECK(in.next().kind() == kind::end);
    CHECK(in.next().kind() == kind::end);
    CHECK(in.offset() == 4);
}

// ---- what is refused, by its name
struct refusal {
    char const* name;
    std::string wire;
    errc code;
};
std::string head(std::string const& fields) { return "GET / HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n"; }

TEST_CASE("http1: what could smuggle is refused, for every cut") {
    refusal const all[]{
        {"both framings", head("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), errc::requirement},
        {"two lengths", head("Content-Length: 5\r\nContent-Length: 6\r\n"), errc::requirement},
        {"a list of lengths", head("Content-Length: 5, 6\r\n"), errc::requirement},
        {"a signed length", head("Content-Length: +5\r\n"), errc::requirement},
        {"a length too large", head("Content-Length: 99999999999999999999\r\n"), errc::requirement},
        {"a length in hexadecimal", head("Content-Length: 0x5\r\n"), errc::requirement},
        {"an empty length", head("Content-Length:\r\n"), errc::requirement},
        {"chunked not last", head("Transfer-Encoding: chunked, gzip\r\n"), errc::requirement},
        {"chunked twice", head("Transfer-Encoding: chunked, chunked\r\n"), errc::requirement},
        {"chunked in two fields", head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), errc::requirement},
        {"an unknown coding", head("Transfer-Encoding: xchunked\r\n"), errc::requirement},
        {"a coding before chunked", head("Transfer-Encoding: gzip, chunked\r\n"), errc::requirement},
        {"a vertical tab in a coding", head("Transfer-Encoding:\x0b chunked\r\n"), errc::mismatch},
        {"chunked in HTTP/1.0", "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", errc::requirement},
        {"a bare CR", head("a: b\rc\r\n"), errc::mismatch},
        {"a bare LF", "GET / HTTP/1.1\nHost: x\r\n\r\n", errc::mismatch},
        {"a bare LF behind a field", "GET / HTTP/1.1\r\nHost: x\n\r\n", errc::mismatch},
        {"a NUL", head(std::string("a: b\0c\r\n", 9)), errc::mismatch},
        {"a control character", head("a: b\x01\r\n"), errc::mismatch},
        {"a space before the colon", head("Content-Length : 5\r\n"), errc::mismatch},
        {"a folded line", head("a: b\r\n c\r\n"), errc::mismatch},
        {"no Host", "GET / HTTP/1.1\r\n\r\n", errc::requirement},
        {"Host twice", head("Host: x\r\n"), errc::requirement},
        {"a Host with a path", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n", errc::requirement},
        {"a Host beyond ASCII", "GET / HTTP/1.1\r\nHost: \xc3\xa9\r\n\r\n", errc::requirement},
        {"another version", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", errc::requirement},
        {"two spaces", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n", errc::mismatch},
        {"no name", head(": b\r\n"), errc::mismatch},
    };
    for (refusal const& r : all) {
        INFO(r.name);
        decoder<http1::request_grammar> in;
        in.feed(r.wire);
        CHECK(in.next().kind() == kind::failed);
        CHECK(in.error().code == r.code);
        CHECK(cuts_change_nothing<http1::request_grammar>(r.wire) == "");
    }
}

TEST_CASE("http1: bad chunks are refused, for every cut") {
    for (std::string const lines : {"+5\r\n", "-1\r\n", "5 \r\n", " 5\r\n", "0x5\r\n", "g\r\n", "\r\n", "11111111111111111\r\n", "5;\r\n", "5 a\r\n", "5; \r\n", "5;a \r\n", "5;a= \r\n", "5;a=\r\n",
                                    "5;a=\"b\r\n", "5\n", "5\r\nhelloX", "5\r\nhello\n", "5\r\nhello\r0"}) {
        std::string const wire = head("Transfer-Encoding: chunked\r\n") + lines + "and more\r\n\r\n";
        INFO(lines);
        decoder<http1::request_grammar> in;
        in.feed(wire);
        CHECK(in.next().kind() == kind::failed);
        CHECK(cuts_change_nothing<http1::request_grammar>(wire) == "");
    }
}

inline constexpr auto small_request = http1::request_of<streamed_bytes, 10>();

TEST_CASE("http1: a chunk that makes the body too large is refused at its size, before its line has ended") {
    std::string const first = head("Transfer-Encoding: chunked\r\n") + "5;a=b\r\nhello\r\n";
    for (std::string const last : {"6;", "6\r\n", "0006;c=d\r\nworld!\r\n", "ffffffffffffffff\r\n"})
        CHECK(fails<small_request>(first + last, errc::too_long, first.size()) == "");
    CHECK(cuts_change_nothing<small_request>(first + "5\r\nworld\r\n0\r\n\r\n") == "");
    CHECK(interleavings_change_nothing<small_request>(first + "5\r\nworld\r\n0\r\nT: v\r\n\r\n") == "");
    CHECK(fails<small_request>(head("Content-Length: 11\r\n"), errc::too_long, head("Content-Length: 11\r\n").size()) == "");
}

TEST_CASE("http1: chunk extensions have a limit for each line and one for the message, and none can be injected") {
    std::string const begin = head("Transfer-Encoding: chunked\r\n");
    auto const line = [](std::size_t size) { return "1;" + std::string(size - 1, 'x') + "\r\n"; };
    CHECK(decode(http1::streamed_request_grammar, begin + line(4096) + "a\r\n0\r\n\r\n"));
    auto const too_long = decode(http1::streamed_request_grammar, begin + line(4097) + "a\r\n0\r\n\r\n");
    CHECK(too_long.error().code == errc::too_long);
    CHECK(too_long.error().offset == begin.size() + 1 + 4096);
    std::string many = begin;
    for (int i = 0; i < 4; ++i) many += line(4096) + "a\r\n";
    CHECK(decode(http1::streamed_request_grammar, many + "0\r\n\r\n"));
    auto const too_many = decode(http1::streamed_request_grammar, many + "0;y\r\n\r\n");
    CHECK(too_many.error().code == errc::too_long);
    CHECK(too_many.error().offset == many.size() + 1);
    std::string out;
    CHECK(encode(http1::chunk_extensions, std::string_view(";a=b"), out));
    for (std::string_view const bad : {";a\r\n\r\nGET / ", ";", "a", ";a=\"", ";a\n"}) CHECK(!encode(http1::chunk_extensions, bad, out));
    CHECK(out == ";a=b\r\n");
}

TEST_CASE("http1: what cannot stand in a chunk's line is told when it comes, not at the end of a line") {
    for (std::string const line : {"5\n", "5;a\n", "5;a=\"b\n", "5\rx", "5\r\r", "", "5\x01", "\n", "5;a\x7f"}) {
        std::string const wire = head("Transfer-Encoding: chunked\r\n") + (line.empty() ? std::string(1, '\0') : line);
        INFO(line);
        decoder<http1::request_grammar> in;
        in.feed(wire);
        CHECK(in.next().kind() == kind::failed);
        CHECK(in.error().code == errc::mismatch);
        CHECK(in.error().offset == wire.size() - 1);
        CHECK(cuts_change_nothing<http1::request_grammar>(wire + "and more\r\n\r\n") == "");
        CHECK(cuts_change_nothing<http1::streamed_request_grammar>(wire) == "");
    }
    for (std::size_t const at : {4094u, 4095u, 4096u, 4097u})
        for (std::string const stray : {"\n", "\rx", "\r\n"}) {
            std::string line = "1;" + std::string(4098, 'a') + "\r\n";
            line.replace(at, stray.size(), stray);
            std::string const wire = head("Transfer-Encoding: chunked\r\n") + line;
            decoder<http1::request_grammar> whole, pieces;
            whole.feed(wire);
            kind const last = whole.next().kind();
            kind bytewise = kind::need;
            for (std::size_t i = 0; i < wire.size() && bytewise == kind::need; ++i) {
                pieces.feed(std::string_view(wire).substr(i, 1));
                bytewise = pieces.next().kind();
            }
            INFO(at << ' ' << stray.size());
            CHECK((last == kind::failed) == (bytewise == kind::failed));
            CHECK(render(whole.error()) == render(pieces.error()));
        }
}

// The body, and how it ended.
std::string hear(std::string const& wire) {
    decoder<http1::streamed_request_grammar> in;
    in.feed(wire);
    in.close();
    std::string body;
    for (;;) {
        auto const e = in.next();
        if (e.kind() != kind::part) return body + ", " + (e.kind() == kind::failed ? render(e.error()) : "complete");
        body += e.data();
    }
}

TEST_CASE("http1: the line of a chunk means behind another chunk what it means in front of all, wherever the input ends") {
    std::string const in_front = head("Transfer-Encoding:       chunked\r\n"), behind = head("Transfer-Encoding: chunked\r\n") + "1\r\nx\r\n";
    REQUIRE(in_front.size() == behind.size());
    for (std::string const line : {"5\r\n", "05\r\n", "0000000000000005\r\n", "00000000000000005\r\n", "a\r\n", "A\r\n", "0A\r\n", "0\r\n", "00\r\n", "5;a\r\n",
                                   "5 \r\n", "5\n", "5\rx", "\r\n", "g\r\n", "-5\r\n", "3fffffff\r\n", "40000001\r\n", "ffffffffffffffff\r\n", "10000000000000000\r\n"}) {
        std::string const rest = line + "helloworld\r\n4\r\nmore\r\n0\r\n\r\n";
        for (std::size_t size = 0; size <= rest.size(); ++size) {
            INFO(line << size);
            CHECK("x" + hear(in_front + rest.substr(0, size)) == hear(behind + rest.substr(0, size)));
        }
    }
}

inline constexpr std::string_view two_chunks = "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0005\r\nworld\r\n0\r\n\r\n";
template <std::size_t... More>
std::string cut_with_room_for(std::index_sequence<More...>) {
    constexpr std::size_t size_of_head = two_chunks.find("5\r\nhello");
    return (std::string() + ... + cuts_change_nothing<http1::streamed_request_grammar, limits{.message = size_of_head + More}>(two_chunks));
}
TEST_CASE("http1: a message whose head leaves little room for the line of a chunk is the same, wherever it is cut") {
    CHECK(cut_with_room_for(std::make_index_sequence<12>{}) == "");
}

TEST_CASE("http1: white space around the signs of a chunk extension is read, as RFC 9110 section 5.6.3 demands") {
    for (std::string const line : {"5;a", "5 ;a", "5;\ta", "5 \t; a ; b", "5; a = b", "5 ; a\t=\t\" x \" ;c=d"}) {
        std::string const wire = head("Transfer-Encoding: chunked\r\n") + line + "\r\nhello\r\n0\r\n\r\n";
        INFO(line);
        auto const r = decode(http1::request_grammar, wire);
        REQUIRE(r);
        CHECK(r->body == "hello");
        CHECK(cuts_change_nothing<http1::request_grammar>(wire) == "");
    }
}

TEST_CASE("http1: the body of a response depends on what it answers") {
    using form = framing::form;
    auto const how = [](std::uint16_t status, headers all, http1::answer_to to = http1::answer_to::ordinary) {
        return http1::framing_of(http1::response{"1.1", status, "", std::move(all), {}, {}}, to).how;
    };
    headers const sized{{"Content-Length", "5"}}, chunked_fields{{"transfer-encoding", "Chunked"}};
    CHECK(how(200, {}) == form::until_close);
    CHECK(how(200, sized) == form::sized);
    CHECK(how(200, chunked_fields) == form::chunked);
    CHECK(how(200, sized, http1::answer_to::head) == form::none);
    CHECK(how(200, chunked_fields, http1::answer_to::head) == form::none);
    CHECK(how(200, sized, http1::answer_to::connect) == form::none);
    CHECK(how(407, sized, http1::answer_to::connect) == form::sized);
    for (std::uint16_t const status : {std::uint16_t{100}, std::uint16_t{101}, std::uint16_t{103}, std::uint16_t{204}, std::uint16_t{304}}) CHECK(how(status, sized) == form::none);
    CHECK(how(200, {{"Transfer-Encoding", "gzip"}}) == form::until_close);
    CHECK(how(200, {{"Transfer-Encoding", "gzip, chunked"}}) == form::chunked);
    CHECK(how(200, {{"Transfer-Encoding", "chunked, gzip"}}) == form::until_close);  // RFC 9112 section 6.3, rule 4
    CHECK(how(200, {{"Transfer-Encoding", "chunked, chunked"}}) == form::refused);
    CHECK(how(200, {{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}) == form::refused);
    CHECK(how(200, {{"Content-Length", "5, 5"}}) == form::sized);
}

TEST_CASE("http1: what would be read differently is not written") {
    auto const refused = [](http1::collected_request const& r) {
        std::string out;
        return encode(http1::request_grammar, r, out).error().code;
    };
    http1::collected_request const good{"POST", "/", "1.1", {{"Host", "x"}, {"Content-Length", "2"}}, "ok", {}};
    CHECK(refused(good) == errc::none);
    auto with = [&](auto change) {
        auto r = good;
        change(r);
        return refused(r);
    };
    CHECK(with([](auto& r) { r.headers[0].value = "x\r\nEvil: yes"; }) == errc::mismatch);
    CHECK(with([](auto& r) { r.headers[0].name = "Ho st"; }) == errc::mismatch);
    CHECK(with([](auto& r) { r.target = "/ HTTP/1.1\r\nEvil: yes"; }) == errc::mismatch);
    CHECK(with([](auto& r) { r.method = "GET /"; }) == errc::mismatch);
    CHECK(with([](auto& r) { r.body = "longer"; }) == errc::contradiction);
    CHECK(with([](auto& r) { r.headers.push_back({"Transfer-Encoding", "chunked"}); }) == errc::requirement);
    CHECK(with([](auto& r) { r.trailers.push_back({"T", "v"}); }) == errc::contradiction);
    CHECK(with([](auto& r) { r.headers.erase(r.headers.begin()); }) == errc::requirement);
}

}  // namespace
