#include "segue/http1/protocol.hpp"

#include <memory>
#include <string>
#include <vector>

#include "catch.hpp"
#include "segue/protocol/chunk_protocol.hpp"
#include "segue/transport/memory.hpp"
#include "segue/transport/pump.hpp"

namespace {

using namespace segue;
using namespace std::chrono_literals;

static_assert(protocol<http1::server>);
static_assert(protocol<http1::client>);
static_assert(!http1::request_states.next(http1::stage::idle, http1::happening::end));
static_assert(http1::response_states.next(http1::stage::owed, http1::happening::interim) == http1::stage::owed);

// What a server is told, as text; every request is answered with its target and body at its end.
struct echo {
    template <class E>
    void operator()(http1::server& s, E& e) {
        if constexpr (std::same_as<E, http1::server::request_event>) {
            target = e->target;
            body.clear();
            told += std::string(e->method) + ' ' + target + '|';
        } else if constexpr (std::same_as<E, http1::event::data>) {
            body += e.bytes;
        } else if constexpr (std::same_as<E, http1::event::end>) {
            told += body + '.';
            for (http1::header const& t : *e.trailers) told += std::string(t.name) + '=' + std::string(t.value) + '.';
            if (!s.proposed()) REQUIRE(s.respond(200, {}, target + body));
        }
    }
    std::string told{}, target{}, body{};
};
// Runs events through the handler until there are none; says why.
template <class App>
std::string run(http1::server& s, App& app) {
    for (int i = 0; i < 10'000; ++i) {
        auto e = s.next_event();
        std::string_view const what = is<event::need>(e) ? "need" : is<event::paused>(e) ? "paused" : is<event::ended>(e) ? "ended" :
                                      is<event::closed>(e) ? "closed" : is<event::failed>(e) ? "failed" : is<event::aborted>(e) ? "aborted" : "";
        if (!what.empty()) return std::string(what);
        std::visit([&](auto& one) {
            if constexpr (requires { app(s, one); }) app(s, one);
        }, e);
    }
    return "no end";
}

std::string const three =
    "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
    "GET /b HTTP/1.1\r\nHost: x\r\n\r\n"
    "PUT /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nT: v\r\n\r\n";

TEST_CASE("http1 server: pipelined requests are answered in order, wherever they are cut") {
    for (std::size_t cut = 0; cut <= three.size(); ++cut) {
        http1::server s;
        echo app;
        for (std::string const& piece : {three.substr(0, cut), three.substr(cut)}) {
            s.receive(piece);
            CHECK(run(s, app) == "need");
            s.keep();
        }
        CHECK(app.told == "POST /a|hello.GET /b|.PUT /c|abcde.T=v.");
        CHECK(s.outgoing().take() == "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n/ahello"
                                     "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n/b"
                                     "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n/cabcde");
        s.receive_eof();
        CHECK(run(s, app) == "ended");
    }
}

TEST_CASE("http1 server: a second request waits, unread, while the first is being answered") {
    http1::server s;
    std::string const two = three.substr(three.find("GET"));
    s.receive(two);
    std::string told;
    auto listen = [&]<class E>(http1::server&, E& e) {
        if constexpr (std::same_as<E, http1::server::request_event>) told += e->target;
    };
    CHECK(run(s, listen) == "paused");
    CHECK(told == "/b");
    CHECK(s.send(http1::response{"1.1", 200, "OK", {{"Transfer-Encoding", "chunked"}}, {}, {}}));
    CHECK(run(s, listen) == "paused");
    CHECK(s.send_data("one"));
    CHECK(s.send_data(""));
    CHECK(s.send_data("two"));
    CHECK(s.send_end({{"T", "v"}}));
    CHECK(run(s, listen) == "paused");
    CHECK(told == "/b/c");
    CHECK(s.outgoing().take() == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\nT: v\r\n\r\n");
}

TEST_CASE("http1 server: what it sends is what its state allows, and nothing can be injected") {
    http1::server s;
    http1::response const ok{"1.1", 200, "OK", {{"Content-Length", "3"}}, {}, {}};
    auto const code = [](encoded const& e) { return e.error().code; };
    CHECK(code(s.send(ok)) == errc::contradiction);  // nobody asked
    s.receive("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    echo quiet;
    auto nothing_said = [](http1::server&, auto&) {};
    CHECK(run(s, nothing_said) == "paused");
    CHECK(code(s.send_data("x")) == errc::contradiction);
    CHECK(code(s.send(http1::response{"1.1", 200, "OK", {{"X", "a\r\nEvil: yes"}}, {}, {}})) == errc::mismatch);
    CHECK(code(s.send(http1::response{"1.1", 200, "O\nK", {}, {}, {}})) == errc::mismatch);
    CHECK(code(s.send(http1::response{"1.1", 101, "", {}, {}, {}})) == errc::contradiction);
    CHECK(s.outgoing().pending() == 0);
    CHECK(s.send(http1::response{"1.1", 103, "Early Hints", {{"Link", "</a>"}}, {}, {}}));
    CHECK(s.send(ok));
    CHECK(code(s.send(ok)) == errc::contradiction);
    CHECK(code(s.send_data("four")) == errc::wrong_size);
    CHECK(code(s.send_end()) == errc::wrong_size);
    CHECK(s.send_data("abc"));
    CHECK(code(s.send_end({{"T", "v"}})) == errc::contradiction);
    CHECK(s.send_end());
    CHECK(code(s.send_end()) == errc::contradiction);
}

TEST_CASE("http1 server: when the connection ends, and how that is said") {
    struct row {
        std::string request;
        bool stays;
        std::string said;
    };
    std::string const close = "Connection: close\r\n";
    for (row const& r : {row{"GET / HTTP/1.1\r\nHost: x\r\n\r\n", true, ""}, row{"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", false, close},
                         row{"GET / HTTP/1.1\r\nHost: x\r\nConnection: x, Close\r\n\r\n", false, close}, row{"GET / HTTP/1.0\r\n\r\n", false, close},
                         row{"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true, "Connection: keep-alive\r\n"}}) {
        http1::server s;
        echo app;
        s.receive(r.request);
        CHECK(run(s, app) == (r.stays ? "need" : "closed"));
        CHECK(s.outgoing().ending() == !r.stays);
        CHECK(s.outgoing().take() == "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n" + r.said + "\r\n/");
    }
    http1::server silent;  // a client of HTTP/1.0 that is told nothing waits for the end
    silent.receive("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    auto say_nothing = []<class E>(http1::server& s, E&) {
        if constexpr (std::same_as<E, http1::event::end>) {
            CHECK(s.send(http1::response{"1.1", 200, "OK", {{"Content-Length", "0"}}, {}, {}}));
            CHECK(s.send_end());
        }
    };
    CHECK(run(silent, say_nothing) == "closed");
    http1::server until_close;
    until_close.receive("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    auto answer = []<class E>(http1::server& s, E&) {
        if constexpr (std::same_as<E, http1::event::end>) {
            CHECK(s.send(http1::response{"1.1", 200, "OK", {{"Transfer-Encoding", "chunked"}}, {}, {}}).error().code == errc::contradiction);
            CHECK(s.send(http1::response{"1.1", 200, "OK", {}, {}, {}}));
            CHECK(s.send_data("all there is"));
            CHECK(s.send_end());
        }
    };
    CHECK(run(until_close, answer) == "closed");

    http1::server early;
    early.receive("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
    auto refuse_it = []<class E>(http1::server& s, E&) {
        if constexpr (std::same_as<E, http1::server::request_event>) CHECK(s.respond(413, {}, ""));
    };
    CHECK(run(early, refuse_it) == "closed");
}

TEST_CASE("http1 server: HEAD is answered without a body") {
    http1::server s;
    s.receive("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
    echo app;
    CHECK(run(s, app) == "need");
    CHECK(s.outgoing().take() == "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n");
}

TEST_CASE("http1 server: 100-continue is sent when the body is wanted, and not when it is there or refused") {
    std::string const head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
    http1::server waits;
    echo app;
    waits.receive(head);
    CHECK(run(waits, app) == "need");
    CHECK(waits.outgoing().take() == "HTTP/1.1 100 Continue\r\n\r\n");
    waits.receive("hi");
    CHECK(run(waits, app) == "need");
    CHECK(waits.outgoing().take() == "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n/hi");

    http1::server there;
    std::string const all = head + "hi";
    there.receive(all);
    CHECK(run(there, app) == "need");
    CHECK(there.outgoing().take() == "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n/hi");

    http1::server refuses;
    refuses.receive(head);
    auto no = []<class E>(http1::server& s, E&) {
        if constexpr (std::same_as<E, http1::server::request_event>) CHECK(s.respond(417, {}, ""));
    };
    CHECK(run(refuses, no) == "closed");
    CHECK(refuses.outgoing().take() == "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

TEST_CASE("http1 server: an error is answered with its status, once, and the connection ends") {
    struct row {
        std::string wire;
        int status;
    };
    std::string many;
    for (int i = 0; i < 101; ++i) many += "a: b\r\n";
    for (row const& r : {row{"GET / HTTP/1.1\r\n\r\n", 400}, row{"GET / HTTP/3.0\r\n\r\n", 505}, row{"GET /" + std::string(9000, 'x'), 414},
                         row{std::string(33, 'M') + " / HTTP/1.1\r\nHost: x\r\n\r\n", 501},
                         row{"GET / HTTP/1.1\r\n" + many, 431}, row{"GET / HTTP/1.1\r\na: " + std::string(9000, 'x'), 431},
                         row{"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501},
                         row{"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", 413}, row{"GET\r\n", 400}}) {
        http1::server s;
        echo app;
        s.receive(r.wire);
        CHECK(run(s, app) == "failed");
        CHECK(run(s, app) == "failed");
        CHECK(s.outgoing().take().substr(0, 12) == "HTTP/1.1 " + std::to_string(r.status));
        CHECK(s.outgoing().ending());
    }
    http1::server slow({.head_within = 5s});
    echo app;
    CHECK(run(slow, app) == "need");
    slow.receive("GET / HT");
    slow.advance(instant{} + 5s);
    CHECK(run(slow, app) == "failed");
    CHECK(slow.outgoing().take().substr(0, 12) == "HTTP/1.1 408");
}

TEST_CASE("http1 server: empty lines behind the last request are no request, and half of one is half of something") {
    struct row {
        std::string behind;
        char const* last;
    };
    for (row const& r : {row{"\r\n", "ended"}, row{"\r\n\r\n", "ended"}, row{"\r", "failed"}, row{"\r\n\r", "failed"}, row{"\n", "failed"}, row{"\r\nG", "failed"}}) {
        std::string const wire = "GET / HTTP/1.1\r\nHost: x\r\n\r\n" + r.behind;
        for (std::size_t cut = 0; cut <= wire.size(); ++cut) {
            http1::server s;
            echo app;
            for (std::string const& piece : {wire.substr(0, cut), wire.substr(cut)}) {
                s.receive(piece);
                (void)run(s, app);
                s.keep();
            }
            s.receive_eof();
            INFO(r.behind.size() << " behind, cut at " << cut);
            CHECK(run(s, app) == r.last);
            CHECK(run(s, app) == r.last);
            CHECK(app.told == "GET /|.");
        }
    }
}

TEST_CASE("http1 server: a body longer than the settings allow is answered with 413, before it is read where its length is known") {
    std::string const head = "POST / HTTP/1.1\r\nHost: x\r\n";
    struct row {
        std::string wire;
        char const *told, *last;
    };
    for (row const& r : {row{"Content-Length: 5\r\n\r\nhello", "POST /|hello.", "need"}, row{"Content-Length: 6\r\nExpect: 100-continue\r\n\r\n", "", "failed"},
                         row{"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "POST /|abcde.", "need"},
                         row{"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3\r\ndef", "POST /|", "failed"}}) {
        std::string const wire = head + r.wire;
        for (std::size_t cut = 0; cut <= wire.size(); ++cut) {
            http1::server s({.most_body = 5});
            echo app;
            for (std::string const& piece : {wire.substr(0, cut), wire.substr(cut)}) {
                s.receive(piece);
                (void)run(s, app);
                s.keep();
            }
            CHECK(run(s, app) == r.last);
            CHECK(app.told == r.told);
            CHECK(s.outgoing().take().substr(0, 12) == (r.last == std::string("need") ? "HTTP/1.1 200" : "HTTP/1.1 413"));
            if (s.error()) CHECK(s.error().limit == 5);
        }
    }
}

TEST_CASE("http1 server: limits of the grammar are lowered by their names, and answered with their status") {
    struct row {
        char const* name;
        std::size_t most;
        std::string wire;
        int status;
    };
    std::string const head = "POST /long HTTP/1.1\r\nHost: x\r\n", chunks = head + "Transfer-Encoding: chunked\r\n\r\n";
    for (row const& r : {row{"target", 4, head, 414}, row{"value", 3, head + "a: bcd\r\n", 431}, row{"name", 4, head + "abcde: f\r\n", 431}, row{"fields", 1, head + "a: b\r\n", 431},
                         row{"message", 20, head, 431}, row{"body", 2, head + "Content-Length: 3\r\n\r\n", 413}, row{"body", 2, chunks + "2\r\nab\r\n1\r\n", 413},
                         row{"chunk extensions", 3, chunks + "1;a\r\nx\r\n1;b\r\n", 413}, row{"method", 3, head, 501}}) {
        http1::basic_server<http1::strict, limits{.adjustable = true}> free, lowered;
        CHECK(lowered.lower(r.name, r.most));
        for (auto* s : {&free, &lowered}) {
            s->receive(r.wire);
            auto e = s->next_event();
            for (int i = 0; i < 10 && !is<event::need>(e) && !is_last(e); ++i) e = s->next_event();
            INFO(r.name);
            CHECK(is<event::failed>(e) == (s == &lowered));
        }
        CHECK(lowered.outgoing().take().substr(0, 12) == "HTTP/1.1 " + std::to_string(r.status));
    }
}

TEST_CASE("http1 server: each wait has its own deadline, and time that passes while nobody waits does not count") {
    http1::server s({.idle_within = 60s, .head_within = 10s, .body_within = 5s});
    echo app;
    instant const start{};
    auto const at = [&](std::chrono::seconds t) {
        s.advance(start + t);
        return run(s, app);
    };
    auto const arrives = [&](std::chrono::seconds t, std::string_view bytes) {
        s.receive(bytes);
        std::string const what = at(t);
        s.keep();
        return what;
    };
    CHECK(at(0s) == "need");
    CHECK(s.next_deadline() == start + 60s);
    CHECK(arrives(59s, "PO") == "need");
    CHECK(s.next_deadline() == start + 69s);
    CHECK(arrives(68s, "ST / HTTP/1.1\r\nHost: x\r\n") == "need");
    CHECK(s.next_deadline() == start + 69s);  // one byte more starts nothing again
    CHECK(arrives(68s, "Transfer-Encoding: chunked\r\n\r\n") == "need");
    CHECK(s.next_deadline() == start + 73s);
    CHECK(arrives(72s, "2\r\na") == "need");
    CHECK(s.next_deadline() == start + 77s);
    CHECK(arrives(76s, "b\r\n") == "need");
    CHECK(s.next_deadline() == start + 81s);
    CHECK(arrives(80s, "0") == "need");
    CHECK(s.next_deadline() == start + 81s);  // framing is no progress
    CHECK(arrives(80s, "\r\n\r\n") == "need");
    CHECK(s.next_deadline() == start + 140s);
    CHECK(s.outgoing().take().ends_with("/ab"));
    CHECK(arrives(200s, "GET / HTTP/1.1\r\nHost: x\r\n\r\n") == "need");  // it came, whatever the time
    CHECK(s.outgoing().take().ends_with("/"));
    CHECK(at(259s) == "need");
    CHECK(at(260s) == "closed");  // nothing was asked: nothing is answered
    CHECK(s.outgoing().ended());
    CHECK_FALSE(s.next_deadline());

    http1::server slow_body({.body_within = 5s});
    slow_body.receive("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n");
    CHECK(run(slow_body, app) == "need");
    slow_body.advance(start + 5s);
    CHECK(run(slow_body, app) == "failed");
    CHECK(slow_body.outgoing().take().substr(0, 12) == "HTTP/1.1 408");

    http1::server answers_slowly({.idle_within = 1s, .head_within = 1s, .body_within = 1s});
    auto nothing_said = [](http1::server&, auto&) {};
    answers_slowly.receive("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(run(answers_slowly, nothing_said) == "paused");
    CHECK_FALSE(answers_slowly.next_deadline());
}

std::chrono::sys_seconds wall;  // moved by hand
TEST_CASE("http1 server: Date comes from the caller's clock, unless the head has one, and not in interim responses") {
    using namespace std::chrono;
    wall = sys_days(year(1994) / 11 / 6) + 8h + 49min + 37s;
    auto const answers = [](http1::server& s, auto answer) {
        s.receive("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        auto nothing_said = [](http1::server&, auto&) {};
        CHECK(run(s, nothing_said) == "paused");
        answer();
        return s.outgoing().take();
    };
    http1::server s({.wall_clock = [] { return wall; }});
    std::string const date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    CHECK(answers(s, [&] { CHECK(s.respond(204, {{"A", "b"}}, "")); }) == "HTTP/1.1 204 No Content\r\nA: b\r\n" + date + "\r\n");
    CHECK(answers(s, [&] {
        CHECK(s.send(http1::response{"1.1", 103, "", {}, {}, {}}));
        CHECK(s.send(http1::response{"1.1", 304, "", {}, {}, {}}));
        CHECK(s.send_end());
    }) == "HTTP/1.1 103 \r\n\r\nHTTP/1.1 304 \r\n" + date + "\r\n");
    CHECK(answers(s, [&] { CHECK(s.respond(204, {{"dATE", "then"}}, "")); }) == "HTTP/1.1 204 No Content\r\ndATE: then\r\n\r\n");
    wall = sys_days(year(10'000) / 1 / 1);
    CHECK(answers(s, [&] { CHECK(s.respond(204, {}, "")); }) == "HTTP/1.1 204 No Content\r\n\r\n");
    wall = sys_days(year(2000) / 2 / 29);
    s.receive("nonsense\r\n");
    echo app;
    CHECK(run(s, app) == "failed");
    CHECK(s.outgoing().take().find("Date: Tue, 29 Feb 2000 00:00:00 GMT\r\n") != std::string::npos);
    CHECK(http1::imf_fixdate(sys_seconds(0s)) == "Thu, 01 Jan 1970 00:00:00 GMT");
    CHECK(http1::imf_fixdate(sys_seconds(-1s)) == "Wed, 31 Dec 1969 23:59:59 GMT");
}

TEST_CASE("http1: an upgrade is handed over at the exact byte, and a refused one goes on as HTTP, for every cut") {
    std::string const wire = "GET /chat HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: lines\r\n\r\nfirst\nsecond\n";
    for (std::size_t cut = 0; cut <= wire.size(); ++cut) {
        http1::server s;
        std::optional<decltype(line_protocol())> lines;
        std::string heard;
        auto nothing_said = [](http1::server&, auto&) {};
        for (std::string const& piece : {wire.substr(0, cut), wire.substr(cut)}) {
            if (lines) {
                lines->receive(piece);
            } else {
                s.receive(piece);
                (void)run(s, nothing_said);
                if (s.proposed()) {
                    CHECK(run(s, nothing_said) == "paused");
                    CHECK(s.send(http1::response{"1.1", 101, "Switching Protocols", {{"Connection", "upgrade"}, {"Upgrade", "lines"}}, {}, {}}));
                    CHECK(s.send_end());
                    lines.emplace(s.hand_over(), delimited_any<"\n", "\r\n">(bytes));
                }
                s.keep();
            }
            while (lines) {
                auto e = lines->next_event();
                auto* m = std::get_if<event::message<std::string_view>>(&e);
                if (!m) break;
                heard += std::string(**m) + '|';
            }
            if (lines) lines->keep();
        }
        CHECK(heard == "first|second|");
        CHECK(lines->outgoing().take().substr(0, 12) == "HTTP/1.1 101");
    }
    std::string const refused = "GET /chat HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: lines\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n";
    for (std::size_t cut = 0; cut <= refused.size(); ++cut) {
        http1::server s;
        echo app;
        for (std::string const& piece : {refused.substr(0, cut), refused.substr(cut)}) {
            s.receive(piece);
            if (run(s, app) == "paused" && s.proposed()) {
                CHECK(s.respond(200, {}, "no"));
                CHECK(run(s, app) == "need");
            }
            s.keep();
        }
        CHECK(app.told == "GET /chat|.GET /b|.");
    }
}

TEST_CASE("http1: known fields are found without a search, and unknown ones are not there") {
    http1::server s;
    s.receive("GET / HTTP/1.1\r\nhost: x\r\nX-Mine: 1\r\nCONTENT-TYPE: a/b\r\ncontent-type: c/d\r\n\r\n");
    auto e = s.next_event();
    auto& head = std::get<http1::server::request_event>(e);
    CHECK(head[http1::field::content_type] == "a/b");
    CHECK(head[http1::field::host] == "x");
    CHECK_FALSE(head[http1::field::content_length]);
    CHECK(http1::find(head->headers, "x-mine") == "1");
}

TEST_CASE("http1: collect gives a request whole, and refuses one that is too large") {
    std::string told;
    auto app = http1::collect<5>([&told](http1::server& s, http1::request const& r, std::string_view body) {
        told += std::string(r.target) + '=' + std::string(body) + ';';
        CHECK(s.respond(204, {}, ""));
    });
    http1::server s;
    s.receive(three);
    CHECK(run(s, app) == "need");
    CHECK(told == "/a=hello;/b=;/c=abcde;");
    (void)s.outgoing().take();
    s.receive("POST /d HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n123456");
    CHECK(run(s, app) == "closed");
    CHECK(s.outgoing().take().substr(0, 12) == "HTTP/1.1 413");
    CHECK(told == "/a=hello;/b=;/c=abcde;");
}

// ---- both ends
TEST_CASE("http1: a client and a server over memory, byte by byte") {
    memory_loop loop;
    auto channels = memory_pair({.most_read = 1}, {.most_read = 3});
    memory_transport a(loop, std::move(channels.first)), b(loop, std::move(channels.second));
    http1::server server;
    http1::client client;
    echo app;
    std::string heard;
    pump at_server(server, b, [&app]<class E>(http1::server& s, E& e) {
        if constexpr (std::same_as<E, event::ended>) s.outgoing().end();
        else app(s, e);
    });
    pump at_client(client, a, [&heard]<class E>(http1::client& c, E& e) {
        if constexpr (std::same_as<E, http1::client::response_event>) heard += std::to_string(e->status) + ' ';
        if constexpr (std::same_as<E, http1::event::data>) heard += e.bytes;
        if constexpr (std::same_as<E, http1::event::end>) {
            heard += '|';
            if (c.unanswered() == 0) c.close();
        }
    });
    at_server.start();
    REQUIRE(client.ask("POST", "/a", {{"Host", "x"}}, "hello"));
    REQUIRE(client.ask("HEAD", "/b", {{"Host", "x"}}));
    REQUIRE(client.send(http1::request{"PUT", "/c", "1.1", {{"Host", "x"}, {"Transfer-Encoding", "chunked"}}, {}, {}}));
    REQUIRE(client.send_data("abc"));
    REQUIRE(client.send_end());
    at_client.start();
    CHECK(loop.run());
    CHECK(heard == "200 /ahello|200 |200 /cabc|");
    CHECK(at_client.finished());
    CHECK(at_server.finished());
}

// What a client is told.
std::string told(http1::client& c) {
    std::string all;
    for (int i = 0; i < 1000; ++i) {
        auto e = c.next_event();
        if (auto* h = std::get_if<http1::client::response_event>(&e)) all += std::to_string((*h)->status) + ' ';
        else if (auto* d = std::get_if<http1::event::data>(&e)) all += d->bytes;
        else if (is<http1::event::end>(e)) all += '|';
        else return all + (is<event::need>(e) ? "need" : is<event::failed>(e) ? std::string(name_of(c.error().code)) : is<event::ended>(e) ? "ended" : "paused");
    }
    return all;
}

TEST_CASE("http1 client: responses as RFC 9112 section 6.3 frames them") {
    struct row {
        char const *method, *wire, *expected;
    };
    for (row const& r : {row{"GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "200 hi|need"},
                         row{"GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "100 200 |need"},
                         row{"HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", "200 |need"},
                         row{"GET", "HTTP/1.1 204 No Content\r\n\r\n", "204 |need"},
                         row{"GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n", "304 |need"},
                         row{"GET", "HTTP/1.1 200 OK\r\n\r\nto the end", "200 to the endneed"},
                         row{"GET", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", "contradiction"},
                         row{"GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi extra", "200 hi|contradiction"},
                         row{"GET", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "requirement"}}) {
        http1::client c;
        REQUIRE(c.ask(r.method, "/", {{"Host", "x"}}));
        c.receive(r.wire);
        CHECK(told(c) == r.expected);
    }
    http1::client c;
    REQUIRE(c.ask("GET", "/", {{"Host", "x"}}));
    c.receive("HTTP/1.1 200 OK\r\n\r\nto the end");
    c.receive_eof();
    CHECK(told(c) == "200 to the end|ended");
    CHECK(c.ask("GET", "/", {{"Host", "x"}}).error().code == errc::contradiction);
    http1::client cut;
    REQUIRE(cut.ask("GET", "/", {{"Host", "x"}}));
    cut.receive_eof();
    CHECK(told(cut) == "truncated");
}

TEST_CASE("http1 client: an upgrade that it asked for gives the connection away behind the answer") {
    http1::client c;
    REQUIRE(c.ask("GET", "/", {{"Host", "x"}, {"Connection", "upgrade"}, {"Upgrade", "lines"}}));
    c.receive("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: lines\r\n\r\nnot HTTP");
    CHECK(told(c) == "101 |paused");
    CHECK(c.switched());
    CHECK(c.hand_over().unread == "not HTTP");
}

TEST_CASE("http1 client: CONNECT gives the connection away behind the answer") {
    http1::client c;
    REQUIRE(c.ask("CONNECT", "x:443", {{"Host", "x:443"}}));
    c.receive("HTTP/1.1 200 OK\r\n\r\nnot HTTP");
    CHECK(told(c) == "200 |paused");
    CHECK(c.switched());
    CHECK(c.hand_over().unread == "not HTTP");
}

}  // namespace
