#include "segue/jsonrpc/jsonrpc.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "allocations.hpp"
#include "catch.hpp"

namespace {

using namespace segue;
using namespace std::chrono_literals;
using strings = std::vector<std::string>;

struct operands {
    BOOST_HANA_DEFINE_STRUCT(operands, (std::int64_t, minuend), (std::int64_t, subtrahend));
};
struct greeting {
    BOOST_HANA_DEFINE_STRUCT(greeting, (std::string, name), (std::optional<std::string>, title));
};
using numbers = std::vector<std::int64_t>;
using data = std::tuple<std::string, std::int64_t>;

inline constexpr auto& subtract = jsonrpc::method<"subtract", operands, std::int64_t>;
inline constexpr auto& sum = jsonrpc::method<"sum", numbers, std::int64_t>;
inline constexpr auto& update = jsonrpc::method<"update", numbers>;
inline constexpr auto& get_data = jsonrpc::method<"get_data", jsonrpc::none, data>;
inline constexpr auto& greet = jsonrpc::method<"greet", greeting, std::string>;
inline constexpr auto& echo = jsonrpc::method<"echo", json::raw, json::raw>;
inline constexpr auto& divide = jsonrpc::method<"divide", operands, double>;
inline constexpr auto& explode = jsonrpc::method<"explode", jsonrpc::none, std::string>;
inline constexpr auto& large = jsonrpc::method<"large", std::tuple<std::int64_t>, std::string>;
inline constexpr auto& later = jsonrpc::method<"later", std::tuple<std::int64_t>, std::int64_t>;

// Replies that are answered when the test says so.
struct waiting_replies {
    std::vector<std::pair<std::int64_t, jsonrpc::reply<std::int64_t>>> all;
    int cancelled = 0;
};

auto methods_with(waiting_replies* held = nullptr) {
    return jsonrpc::methods{
        subtract([](operands const& o) { return o.minuend - o.subtrahend; }),
        sum([](numbers const& all) {
            std::int64_t total = 0;
            for (std::int64_t n : all) total += n;
            return total;
        }),
        update([](numbers const&) {}),
        get_data([] { return data{"hello", 5}; }),
        greet([](greeting const& g) { return "hello " + (g.title ? *g.title + " " : "") + g.name; }),
        echo([](json::raw given) { return given; }),
        divide([](operands const& o) -> jsonrpc::outcome<double> {
            if (o.subtrahend == 0) return jsonrpc::failure(-1, "division by zero", R"({"by":0})");
            return static_cast<double>(o.minuend) / static_cast<double>(o.subtrahend);
        }),
        explode([]() -> std::string { throw std::runtime_error("a secret"); }),
        large([](std::tuple<std::int64_t> const& n) { return std::string(static_cast<std::size_t>(std::get<0>(n)), 'x'); }),
        later([held](std::tuple<std::int64_t> const& n, jsonrpc::reply<std::int64_t> r) {
            r.on_cancel([held] { ++held->cancelled; });
            held->all.emplace_back(std::get<0>(n), std::move(r));
        }),
    };
}
using server = decltype(jsonrpc::server{methods_with()});

// How payloads look on each wire, written without segue.
struct on_lines {
    static auto serve(waiting_replies* held = nullptr) { return stack{jsonrpc::server{methods_with(held)}, jsonrpc::over_lines{}, jsonrpc::lines()}; }
    static auto call() { return stack{jsonrpc::client{}, jsonrpc::over_lines{}, jsonrpc::lines()}; }
    static std::string frame(std::string const& payload) { return payload + "\n"; }
    static strings payloads(std::string_view wire) {
        strings all;
        for (; !wire.empty(); wire.remove_prefix(all.back().size() + 1)) all.emplace_back(wire.substr(0, wire.find('\n')));
        return all;
    }
};
struct on_netstrings {
    static auto serve(waiting_replies* held = nullptr) { return stack{jsonrpc::server{methods_with(held)}, jsonrpc::over_netstrings{}, jsonrpc::netstrings()}; }
    static auto call() { return stack{jsonrpc::client{}, jsonrpc::over_netstrings{}, jsonrpc::netstrings()}; }
    static std::string frame(std::string const& payload) { return std::to_string(payload.size()) + ":" + payload + ","; }
    static strings payloads(std::string_view wire) {
        strings all;
        while (!wire.empty()) {
            std::size_t const size = std::stoul(std::string(wire.substr(0, wire.find(':'))));
            all.emplace_back(wire.substr(wire.find(':') + 1, size));
            wire.remove_prefix(wire.find(':') + size + 2);
        }
        return all;
    }
};
// The length behind `name`, then the payload behind an empty line.
strings behind_heads(std::string_view wire, std::string_view name) {
    strings all;
    while (!wire.empty()) {
        std::size_t const end = wire.find("\r\n\r\n");
        std::size_t const at = wire.substr(0, end).find(name);
        std::size_t size = 0;
        if (at != wire.npos) std::from_chars(wire.data() + at + name.size(), wire.data() + end, size);
        if (at != wire.npos) all.emplace_back(wire.substr(end + 4, size));
        wire.remove_prefix(end + 4 + size);
    }
    return all;
}
struct on_lsp {
    static auto serve(waiting_replies* held = nullptr) { return stack{jsonrpc::server{methods_with(held)}, jsonrpc::over_lsp{}, jsonrpc::lsp()}; }
    static auto call() { return stack{jsonrpc::client{}, jsonrpc::over_lsp{}, jsonrpc::lsp()}; }
    static std::string frame(std::string const& payload) {
        return "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:" + std::to_string(payload.size()) + "\r\n\r\n" + payload;
    }
    static strings payloads(std::string_view wire) { return behind_heads(wire, "Content-Length: "); }
};
struct on_http {
    static auto serve(waiting_replies* held = nullptr) { return stack{jsonrpc::server{methods_with(held)}, jsonrpc::over_http{.path = "/rpc"}, http1::server{}}; }
    static auto call() { return stack{jsonrpc::client{}, jsonrpc::over_http{}, http1::client{}}; }
    static std::string frame(std::string const& payload) {
        return "POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: " + std::to_string(payload.size()) + "\r\n\r\n" + payload;
    }
    static strings payloads(std::string_view wire) { return behind_heads(wire, "Content-Length: "); }
};

struct on_texts {
    static auto serve(waiting_replies* held = nullptr) { return stack{jsonrpc::server{methods_with(held)}, jsonrpc::over_texts{}, jsonrpc::texts()}; }
    static auto call() { return stack{jsonrpc::client{}, jsonrpc::over_texts{}, jsonrpc::texts()}; }
    static std::string frame(std::string const& payload) { return payload; }
    // Each begins where the one before it has closed its last bracket.
    static strings payloads(std::string_view wire) {
        strings all;
        int open = 0;
        bool quoted = false;
        for (std::size_t i = 0, from = 0; i < wire.size(); ++i) {
            char const c = wire[i];
            if (quoted && c == '\\') ++i;
            else if (c == '"') quoted = !quoted;
            else if (!quoted && (c == '{' || c == '[')) ++open;
            else if (!quoted && (c == '}' || c == ']') && --open == 0) {
                all.emplace_back(wire.substr(from, i + 1 - from));
                from = i + 1;
            }
        }
        return all;
    }
};

template <class Stack>
std::string told(Stack& s) {
    auto const e = s.next_event();
    return is<event::need>(e) ? "need" : is<event::paused>(e) ? "paused" : is<event::ended>(e) ? "ended" : is<event::closed>(e) ? "closed" :
           is<event::aborted>(e) ? "aborted" : is<event::failed>(e) ? "failed" : "own";
}

struct exchange {
    std::string request, response;
};
std::vector<exchange> const exchanges = [] {
    std::vector<exchange> all;
    std::ifstream file(SEGUE_SOURCE_DIR "/grammars/jsonrpc/vectors/exchanges.tsv");
    for (std::string line; std::getline(file, line);)
        if (std::size_t const tab = line.find('\t'); !line.empty() && line[0] != '#')
            all.push_back({line.substr(0, tab), tab != line.npos ? line.substr(tab + 1) : ""});
    return all;
}();

TEMPLATE_TEST_CASE("jsonrpc: every exchange gives the same answer over every binding, at every cut", "", on_lines, on_netstrings, on_lsp, on_http, on_texts) {
    REQUIRE(exchanges.size() > 40);
    for (exchange const& one : exchanges) {
        // a second one behind it shows that the first left nothing behind
        std::string const wire = TestType::frame(one.request) + TestType::frame(exchanges[0].request);
        strings expected;
        if (!one.response.empty()) expected.push_back(one.response);
        // a text that is broken has no end, but that of the input
        bool const endless = std::same_as<TestType, on_texts> && one.response.find("-32700") != one.response.npos && on_texts::payloads(one.request).empty();
        if (!endless) expected.push_back(exchanges[0].response);
        for (std::size_t cut = 0; cut <= wire.size(); ++cut) {
            auto s = TestType::serve();
            std::string out;
            std::string const pieces[]{wire.substr(0, cut), wire.substr(cut)};
            for (std::string const& piece : pieces) {
                s.receive(piece);
                REQUIRE(told(s) == "need");
                out += s.outgoing().take();
                s.keep();
            }
            s.receive_eof();
            REQUIRE(told(s) == (endless ? "failed" : "ended"));
            out += s.outgoing().take();
            REQUIRE(TestType::payloads(out) == expected);
        }
        auto s = TestType::serve();
        std::string out;
        for (char const c : wire) {
            std::string const piece(1, c);
            s.receive(piece);
            REQUIRE(told(s) == "need");
            out += s.outgoing().take();
            s.keep();
        }
        s.receive_eof();
        (void)told(s);
        out += s.outgoing().take();
        CHECK(TestType::payloads(out) == expected);
    }
}

TEMPLATE_TEST_CASE("jsonrpc: calls of a client are answered by a server, 10,000 of them in a row", "", on_lines, on_netstrings, on_lsp, on_http, on_texts) {
    auto c = TestType::call();
    auto s = TestType::serve();
    int asked = 0, answered = 0;
    bool wrong = false;
    for (int turn = 0; turn < 1'000'000 && answered < 10'000; ++turn) {
        for (; asked < 10'000 && c.above().unanswered() < 1000; ++asked) REQUIRE(c.above().call(subtract, {asked, 1}) == asked + 1);
        for (;;) {
            auto e = c.next_event();
            auto const* a = std::get_if<jsonrpc::answer>(&e);
            if (!a) break;
            auto const result = a->as(subtract);
            wrong = wrong || !result || *result != a->id - 2;
            ++answered;
        }
        std::string const there = c.outgoing().take(1000);
        c.keep();
        s.receive(there);
        (void)s.next_event();
        s.keep();
        std::string const back = s.outgoing().take(700);
        c.receive(back);
        if (answered == 10'000) break;
        auto e = c.next_event();
        while (auto const* a = std::get_if<jsonrpc::answer>(&e)) {
            auto const result = a->as(subtract);
            wrong = wrong || !result || *result != a->id - 2;
            ++answered;
            e = c.next_event();
        }
        c.keep();
    }
    CHECK(answered == 10'000);
    CHECK_FALSE(wrong);
    CHECK(c.above().unanswered() == 0);
}

TEST_CASE("jsonrpc: answers that come later leave when they are there, in any order") {
    waiting_replies held;
    auto s = on_lines::serve(&held);
    std::string const calls = R"({"jsonrpc":"2.0","method":"later","params":[1],"id":1})" "\n" R"({"jsonrpc":"2.0","method":"later","params":[2],"id":2})" "\n";
    s.receive(calls);
    CHECK(told(s) == "need");
    s.receive_eof();
    CHECK(told(s) == "paused");
    CHECK(s.outgoing().take().empty());
    held.all[1].second.answer(20);
    CHECK(told(s) == "paused");
    CHECK(s.outgoing().take() == R"({"jsonrpc":"2.0","result":20,"id":2})" "\n");
    held.all.erase(held.all.begin());  // dropped, and so answered
    CHECK(told(s) == "ended");
    CHECK(s.outgoing().take() == R"({"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error"},"id":1})" "\n");
}

TEST_CASE("jsonrpc: a batch is answered when its last answer is there") {
    waiting_replies held;
    auto s = on_http::serve(&held);
    std::string const batch = on_http::frame(R"([{"jsonrpc":"2.0","method":"later","params":[1],"id":1},{"jsonrpc":"2.0","method":"get_data","id":2},)"
                                             R"({"jsonrpc":"2.0","method":"later","params":[3],"id":3},{"jsonrpc":"2.0","method":"later","params":[4]}])");
    s.receive(batch);
    CHECK(told(s) == "paused");
    held.all[1].second.answer(30);
    held.all[2].second.answer(40);  // a notification: nobody hears it
    CHECK(told(s) == "paused");
    CHECK(s.outgoing().take().empty());
    held.all[0].second.answer(jsonrpc::failure(5, "no"));
    CHECK(told(s) == "need");
    strings const answers = on_http::payloads(s.outgoing().take());
    REQUIRE(answers.size() == 1);
    CHECK(answers[0] == R"([{"jsonrpc":"2.0","result":["hello",5],"id":2},{"jsonrpc":"2.0","result":30,"id":3},{"jsonrpc":"2.0","error":{"code":5,"message":"no"},"id":1}])");
}

TEST_CASE("jsonrpc: a caller can cancel, and who answers later learns that it has gone") {
    waiting_replies held;
    {
        auto s = on_lines::serve(&held);
        std::string const calls = R"({"jsonrpc":"2.0","method":"later","params":[1],"id":1})" "\n"
                                  R"({"jsonrpc":"2.0","method":"later","params":[2],"id":"x"})" "\n"
                                  R"({"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"x"}})" "\n";
        s.receive(calls);
        CHECK(told(s) == "need");
        CHECK(held.cancelled == 1);
        CHECK_FALSE(held.all[0].second.cancelled());
        CHECK(held.all[1].second.cancelled());
        held.all[1].second.answer(jsonrpc::failure(jsonrpc::code::cancelled));
        CHECK(told(s) == "need");
        CHECK(s.outgoing().take() == R"({"jsonrpc":"2.0","error":{"code":-32003,"message":"Cancelled"},"id":"x"})" "\n");
        s.receive_abort();
        CHECK(told(s) == "aborted");
        CHECK(held.cancelled == 2);
    }
    CHECK(held.all[0].second.cancelled());
    held.all[0].second.answer(1);  // to nobody
}

TEST_CASE("jsonrpc: no more is read while too many answers are owed") {
    waiting_replies held;
    auto s = stack{jsonrpc::server{methods_with(&held), {.most_owed = 3}}, jsonrpc::over_lines{}, jsonrpc::lines()};
    std::string calls;
    for (int i = 0; i < 10; ++i) calls += R"({"jsonrpc":"2.0","method":"later","params":[1],"id":1})" "\n";
    s.receive(calls);
    CHECK(told(s) == "paused");
    CHECK(held.all.size() == 3);
    held.all[0].second.answer(1);
    CHECK(told(s) == "paused");
    CHECK(held.all.size() == 4);
}

TEST_CASE("jsonrpc: an answer that is too large is an error, and the others of its batch are there") {
    auto s = stack{jsonrpc::server{methods_with(), {.most_answer = 1000}}, jsonrpc::over_lines{}, jsonrpc::lines()};
    std::string const wire = R"([{"jsonrpc":"2.0","method":"large","params":[500],"id":1},{"jsonrpc":"2.0","method":"large","params":[500],"id":2},{"jsonrpc":"2.0","method":"get_data","id":3}])" "\n"
                             R"({"jsonrpc":"2.0","method":"large","params":[1000],"id":4})" "\n";
    s.receive(wire);
    CHECK(told(s) == "need");
    std::string const too_large = R"("error":{"code":-32001,"message":"The answer is too large"},)";
    CHECK(s.outgoing().take() == R"([{"jsonrpc":"2.0","result":")" + std::string(500, 'x') + R"(","id":1},{"jsonrpc":"2.0",)" + too_large +
        R"("id":2},{"jsonrpc":"2.0","result":["hello",5],"id":3}])" "\n" R"({"jsonrpc":"2.0",)" + too_large + R"("id":4})" "\n");
}

TEST_CASE("jsonrpc: a batch of too many calls is refused before any is made") {
    auto s = stack{jsonrpc::server{methods_with(), {.most_calls = 2}}, jsonrpc::over_lines{}, jsonrpc::lines()};
    std::string const wire = "[1,2]\n[1,2,3]\n";
    s.receive(wire);
    CHECK(told(s) == "need");
    std::string const invalid = R"({"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"},"id":null})";
    CHECK(s.outgoing().take() == "[" + invalid + "," + invalid + "]\n" + invalid + "\n");
}

TEST_CASE("jsonrpc: a peer that never reads is stopped, and memory is bounded") {
    auto s = on_lines::serve();
    std::string wire;
    for (int i = 0; i < 20'000; ++i) wire += R"({"jsonrpc":"2.0","method":"large","params":[1000],"id":1})" "\n";
    s.receive(wire);
    CHECK(told(s) == "paused");
    CHECK(s.outgoing().pending() < 80'000);
    int answers = 0;
    for (int i = 0; i < 100'000 && answers < 20'000; ++i) {
        std::string const taken = s.outgoing().take();
        answers += static_cast<int>(std::count(taken.begin(), taken.end(), '\n'));
        (void)s.next_event();
    }
    CHECK(answers == 20'000);
}

// Nodes and their like, requests that are large in every way, and nobody who reads the answers.
TEMPLATE_TEST_CASE("jsonrpc: what a connection can come to hold is a number known at compile time, and none when idle", "", on_lines, on_netstrings, on_lsp, on_http, on_texts) {
    constexpr std::size_t most = decltype(TestType::serve())::most_memory();
    std::size_t const size = jsonrpc::most_payload - 100;
    std::string many = "[1";
    while (many.size() + 3 < size) many += ",1";
    std::string deep = std::string(30, '[') + std::string(30, ']'), escaped = "\"", calls = "[";
    while (escaped.size() + 3 < size) escaped += "\\n";
    for (int i = 0; i < 900; ++i) calls += R"({"jsonrpc":"2.0","method":"large","params":[500],"id":1},)";
    strings const payloads{many + "]", deep, escaped + "\"", calls + "1]", R"({"jsonrpc":"2.0","method":"echo","params":)" + many + R"(],"id":1})", exchanges[0].request};
    std::string wire;
    for (int i = 0; i < 4; ++i)
        for (std::string const& one : payloads) wire += TestType::frame(one);
    for (std::size_t read : {std::size_t{64 * 1024}, std::size_t{1000}}) {
        auto s = TestType::serve();
        (void)most_bytes_allocated();
        std::size_t const before = bytes_allocated();
        std::size_t at = 0;
        for (int turn = 0; turn < 100'000 && at < wire.size(); ++turn) {
            if (told(s) == "need") {
                std::string_view const piece = std::string_view(wire).substr(at, read);
                at += piece.size();
                s.receive(piece);
                (void)s.next_event();
                s.keep();
            } else {
                INFO(told(s));
                REQUIRE(s.outgoing().pending() != 0);
                s.outgoing().consume(std::min<std::size_t>(s.outgoing().pending(), 10'000));
            }
        }
        CHECK(at == wire.size());
        while (s.outgoing().pending() != 0 || told(s) != "need") s.outgoing().consume(s.outgoing().pending());
        std::size_t const highest = most_bytes_allocated() - before;
        CHECK(highest < most);
        CHECK(highest < most);
        CHECK(bytes_allocated() - before < 4096);
    }
}

TEST_CASE("jsonrpc: HTTP answers what is wrong with HTTP, and the connection goes on where it can") {
    auto const ask = [](auto& s, std::string_view head, std::string const& body) {
        std::string const wire = std::string(head) + "Host: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
        s.receive(wire);
        (void)s.next_event();
        s.keep();
        std::string const out = s.outgoing().take();
        return out.substr(0, out.find("\r\n"));
    };
    std::string const call = exchanges[0].request;
    auto s = on_http::serve();
    CHECK(ask(s, "POST /other HTTP/1.1\r\nContent-Type: application/json\r\n", call) == "HTTP/1.1 404 Not Found");
    CHECK(ask(s, "PUT /rpc HTTP/1.1\r\nContent-Type: application/json\r\n", call) == "HTTP/1.1 405 Method Not Allowed");
    CHECK(ask(s, "GET /rpc HTTP/1.1\r\n", "") == "HTTP/1.1 405 Method Not Allowed");
    CHECK(ask(s, "POST /rpc HTTP/1.1\r\n", call) == "HTTP/1.1 415 Unsupported Media Type");
    CHECK(ask(s, "POST /rpc HTTP/1.1\r\nContent-Type: text/plain\r\n", call) == "HTTP/1.1 415 Unsupported Media Type");
    CHECK(ask(s, "POST /rpc?x=1 HTTP/1.1\r\nContent-Type: APPLICATION/JSON ;charset=utf-8\r\n", call) == "HTTP/1.1 200 OK");
    CHECK(ask(s, "POST http://x/rpc HTTP/1.1\r\nContent-Type: application/json\r\n", call) == "HTTP/1.1 200 OK");
    CHECK(ask(s, "POST /rpc HTTP/1.1\r\nContent-Type: application/json\r\n", exchanges[2].request) == "HTTP/1.1 204 No Content");
    CHECK(ask(s, "POST /rpc HTTP/1.1\r\nContent-Type: application/json\r\n", "") == "HTTP/1.1 200 OK");  // with a parse error
    CHECK(ask(s, "POST /rpc HTTP/1.1\r\nContent-Type: application/json\r\n", std::string(jsonrpc::most_payload + 1, ' ')) == "HTTP/1.1 413 Content Too Large");
    CHECK(told(s) == "closed");

    auto chunked = on_http::serve();
    std::string wire = "POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 70; ++i) wire += "400\r\n" + std::string(1024, ' ') + "\r\n";
    chunked.receive(wire);
    CHECK(told(chunked) == "closed");
    CHECK(chunked.outgoing().take().substr(0, 34) == "HTTP/1.1 413 Content Too Large\r\nCo");

    auto packed = on_http::serve();
    CHECK(ask(packed, "POST /rpc HTTP/1.1\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n", call) == "HTTP/1.1 415 Unsupported Media Type");
    // a body that nobody wants is not asked for
    auto asked = on_http::serve();
    std::string const expects = "POST /other HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n";
    asked.receive(expects);
    CHECK(told(asked) == "closed");
    CHECK(asked.outgoing().take() == "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    auto broken = on_http::serve();
    std::string const bad = "POST /rpc HTTP/1.1\r\nHost : x\r\n\r\n";
    broken.receive(bad);
    CHECK(told(broken) == "failed");
    CHECK(broken.outgoing().take().substr(0, 24) == "HTTP/1.1 400 Bad Request");
}

TEST_CASE("jsonrpc: the header part of the Language Server Protocol tells one length, in digits, or is refused") {
    std::string const n = std::to_string(exchanges[0].request.size());
    auto const takes = [](std::string const& head) {
        auto s = on_lsp::serve();
        std::string const wire = head + "\r\n\r\n" + exchanges[0].request;
        s.receive(wire);
        bool const taken = told(s) == "need";
        CHECK(on_lsp::payloads(s.outgoing().take()) == (taken ? strings{exchanges[0].response} : strings{}));
        return taken;
    };
    for (std::string const& head : strings{"Content-Length: " + n, "CONTENT-LENGTH:" + n, "Content-Length:  0" + n + "  ", "X:\r\nContent-Length: " + n + "\r\nY: :"}) CHECK(takes(head));
    for (std::string const& head : strings{"", "X: y", ": " + n, "Content-Length", "Content-Length: ", "Content-Length: +" + n, "Content-Length: -1", "Content-Length: 0x10", "Content-Length:\t" + n,
                                           "Content-Length: " + n + "\r\nContent-Length: " + n, "Content-Length: " + n + "\n", "Content-Length : " + n,
                                           "Content-Length : 5\r\nContent-Length: " + n, "Content-Length: " + n + "\r\n X: y", "Content-Length: 65537", "Content-Length: 18446744073709551615",
                                           "Content-Length: 99999999999999999999999"})
        CHECK_FALSE(takes(head));
}

TEST_CASE("jsonrpc: the path of a target ends where its query begins, wherever that is") {
    for (auto const& [target, path] : std::vector<std::pair<std::string, std::string>>{
             {"/rpc", "/rpc"}, {"/rpc?/x", "/rpc"}, {"/rpc?http://x/y", "/rpc"}, {"http://x/rpc?y", "/rpc"}, {"http://x", "/"}, {"http://x?y/rpc", "/"}, {"x:443", "x:443"}, {"*", "*"}})
        CHECK(jsonrpc::over_http::path_of(target) == path);
}

TEST_CASE("jsonrpc: the data of a failure is sent where it is JSON, and nothing of it else") {
    for (std::string const text : {"{}", "[1, 2]", "\"x\""}) {
        std::string out;
        jsonrpc::write_error(out, jsonrpc::failure(1, "no", text), "1");
        CHECK(out == R"({"jsonrpc":"2.0","error":{"code":1,"message":"no","data":)" + text + R"(},"id":1})");
    }
    for (std::string const text : {"no json", "1}},{", "\"\xff\"", "{}\n{}"}) {
        std::string out;
        jsonrpc::write_error(out, jsonrpc::failure(1, "no", text), "1");
        CHECK(out == R"({"jsonrpc":"2.0","error":{"code":1,"message":"no"},"id":1})");
    }
}

TEMPLATE_TEST_CASE("jsonrpc: a payload as large as may be is taken, at the cuts around its ends", "", on_lines, on_netstrings, on_lsp, on_http, on_texts) {
    std::string payload = R"({"jsonrpc":"2.0","id":1,"method":"sum","params":[1,2)";
    payload += std::string(jsonrpc::most_payload - payload.size() - 2, ' ') + "]}";
    REQUIRE(payload.size() == jsonrpc::most_payload);
    std::string const wire = TestType::frame(payload) + TestType::frame(exchanges[0].request);
    for (std::size_t cut = 0; cut <= wire.size(); cut += cut < 200 || cut + 400 > wire.size() ? 1 : 4999) {
        auto s = TestType::serve();
        std::string const pieces[]{wire.substr(0, cut), wire.substr(cut)};
        std::string out;
        for (std::string const& piece : pieces) {
            s.receive(piece);
            REQUIRE(told(s) == "need");
            s.keep();
        }
        REQUIRE(TestType::payloads(s.outgoing().take()) == strings{R"({"jsonrpc":"2.0","result":3,"id":1})", exchanges[0].response});
    }
}

TEMPLATE_TEST_CASE("jsonrpc: the largest answer of a server is one that a client takes", "", on_lines, on_netstrings, on_lsp, on_http, on_texts) {
    std::size_t const around = std::string(R"({"jsonrpc":"2.0","result":"","id":1})").size();
    for (std::size_t size : {jsonrpc::most_payload - around, jsonrpc::most_payload - around + 1}) {
        auto c = TestType::call();
        auto s = TestType::serve();
        REQUIRE(c.above().call(large, {static_cast<std::int64_t>(size)}));
        REQUIRE(told(c) == "need");
        std::string const asked = c.outgoing().take();
        s.receive(asked);
        (void)told(s);
        std::string const answered = s.outgoing().take();
        c.receive(answered);
        auto e = c.next_event();
        REQUIRE(is<jsonrpc::answer>(e));
        auto const result = std::get<jsonrpc::answer>(e).as(large);
        CHECK(bool(result) == (size + around <= jsonrpc::most_payload));
        if (!result) CHECK(result.why().code == jsonrpc::code::too_large);
    }
}

TEST_CASE("jsonrpc: what is under way is answered before the connection closes") {
    waiting_replies held;
    auto s = on_http::serve(&held);
    std::string const wire = on_http::frame(R"({"jsonrpc":"2.0","method":"later","params":[1],"id":1})");
    std::string const half = wire.substr(0, wire.size() - 10), rest = wire.substr(wire.size() - 10);
    s.receive(half);
    CHECK(told(s) == "need");
    s.keep();
    s.finish();
    s.receive(rest);
    CHECK(told(s) == "paused");
    held.all[0].second.answer(1);
    CHECK(told(s) == "closed");
    CHECK(on_http::payloads(s.outgoing().take()) == strings{R"({"jsonrpc":"2.0","result":1,"id":1})"});
}

// A client's answers as text.
template <class Stack>
strings answers_of(Stack& c) {
    strings all;
    for (;;) {
        auto e = c.next_event();
        if (auto const* a = std::get_if<jsonrpc::answer>(&e)) all.push_back(std::to_string(a->id) + (a->why ? " " + a->why->message : "=" + std::string(a->result.raw())));
        else if (auto const* stray = std::get_if<jsonrpc::stray>(&e)) all.push_back("stray " + std::string(stray->text.raw()));
        else return all;
    }
}

TEST_CASE("jsonrpc: a client matches answers in any order, alone and in batches, and tells what belongs to nothing") {
    auto c = on_lines::call();
    for (int i = 0; i < 4; ++i) CHECK(c.above().call(sum, {i}));
    c.above().begin_batch();
    CHECK(c.above().call(get_data, {}));
    CHECK(c.above().notify(update, {1}));
    CHECK(c.above().send_batch());
    CHECK(answers_of(c).empty());
    strings const sent = on_lines::payloads(c.outgoing().take());
    REQUIRE(sent.size() == 5);
    CHECK(sent[0] == R"({"jsonrpc":"2.0","method":"sum","params":[0],"id":1})");
    CHECK(sent[4] == R"([{"jsonrpc":"2.0","method":"get_data","id":5},{"jsonrpc":"2.0","method":"update","params":[1]}])");
    std::string const wire = R"({"jsonrpc":"2.0","result":3,"id":4})" "\n"
                             R"([{"jsonrpc":"2.0","error":{"code":-1,"message":"no"},"id":5},{"id":2,"result":1,"jsonrpc":"2.0"}])" "\n"
                             R"({"jsonrpc":"2.0","result":3,"id":4})" "\n"
                             R"({"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null})" "\n"
                             R"({"jsonrpc":"2.0","result":0,"error":{"code":1,"message":"both"},"id":1})" "\n"
                             "[]\n";
    c.receive(wire);
    CHECK(answers_of(c) == strings{"4=3", "5 no", "2=1", R"(stray {"jsonrpc":"2.0","result":3,"id":4})",
                                   R"(stray {"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null})",
                                   R"(stray {"jsonrpc":"2.0","result":0,"error":{"code":1,"message":"both"},"id":1})"});
    CHECK(c.above().unanswered() == 2);
    c.keep();
    c.receive_eof();
    CHECK(answers_of(c) == strings{"3 The connection was lost", "1 The connection was lost"});
    CHECK(told(c) == "ended");
}

TEST_CASE("jsonrpc: a call has its deadline, and the time comes from outside") {
    auto c = stack{jsonrpc::client{{.cancelled_by = "$/cancelRequest"}}, jsonrpc::over_lines{}, jsonrpc::lines()};
    instant const begin{};
    c.advance(begin);
    auto const slow = c.above().call(sum, {1}, 100ms), fast = c.above().call(sum, {2}, 50ms), patient = c.above().call(sum, {3});
    REQUIRE((slow && fast && patient));
    CHECK(c.next_deadline() == begin + 50ms);
    CHECK(answers_of(c).empty());
    (void)c.outgoing().take();
    c.advance(begin + 50ms);
    CHECK(answers_of(c) == strings{"2 No answer in time"});
    CHECK(c.next_deadline() == begin + 100ms);
    CHECK(c.outgoing().take() == R"({"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":2}})" "\n");
    c.above().cancel(*slow);
    CHECK(answers_of(c) == strings{"1 Cancelled"});
    CHECK_FALSE(c.next_deadline());
    std::string const late = R"({"jsonrpc":"2.0","result":2,"id":2})" "\n" R"({"jsonrpc":"2.0","result":3,"id":3})" "\n";
    c.receive(late);
    CHECK(answers_of(c) == strings{"3=3"});  // the late one was told already
}

TEST_CASE("jsonrpc: a client fails on what is no JSON, and on a result of another type") {
    auto c = on_lines::call();
    auto const id = c.above().call(sum, {1});
    REQUIRE(id);
    (void)answers_of(c);
    std::string const wire = R"({"jsonrpc":"2.0","result":[],"id":1})" "\nnonsense\n";
    c.receive(wire);
    auto e = c.next_event();
    REQUIRE(is<jsonrpc::answer>(e));
    auto const result = std::get<jsonrpc::answer>(e).as(sum);
    REQUIRE_FALSE(result);
    CHECK(result.why().message == "a result of another type at /result");
    CHECK(told(c) == "failed");
}

TEST_CASE("jsonrpc: a client over HTTP keeps to the requests that may be under way, and to its limits") {
    auto c = stack{jsonrpc::client{{.most_unanswered = 40}}, jsonrpc::over_http{.host = "example.com"}, http1::client{}};
    for (int i = 0; i < 40; ++i) CHECK(c.above().call(sum, {i}));
    CHECK_FALSE(c.above().call(sum, {1}));
    CHECK(answers_of(c).empty());
    std::string const sent = c.outgoing().take();
    CHECK(on_http::payloads(sent).size() == 16);
    CHECK(sent.substr(0, 75) == "POST /rpc HTTP/1.1\r\nContent-Type: application/json\r\nHost: example.com\r\nCont");
    std::string const refused = "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\noops";
    c.receive(refused);
    CHECK(answers_of(c).size() == 40);
    CHECK(told(c) == "aborted");
}

}  // namespace
