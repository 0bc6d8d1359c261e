// Answers that come later, or at once by a reply: none is lost, doubled or crossed, and nothing is left of them.
#include <functional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "allocations.hpp"
#include "catch.hpp"
#include "segue/jsonrpc/jsonrpc.hpp"

namespace {

using namespace segue;

using argument = std::tuple<std::int64_t>;
using reply = jsonrpc::reply<std::int64_t>;

inline constexpr auto& at_once = jsonrpc::method<"at once", argument, std::int64_t>;
inline constexpr auto& later = jsonrpc::method<"later", argument, std::int64_t>;
inline constexpr auto& same = jsonrpc::method<"same", argument, std::int64_t>;
inline constexpr auto& throws = jsonrpc::method<"throws", argument, std::int64_t>;

struct held_replies {
    std::vector<reply> all;
    std::function<void(std::size_t)> on_cancel = [](std::size_t) {};
};
auto methods_with(held_replies& held) {
    return jsonrpc::methods{
        at_once([](argument const& n, reply r) { r.answer(std::get<0>(n)); }),
        later([&held](argument const&, reply r) {
            r.on_cancel([&held, i = held.all.size()] { held.on_cancel(i); });
            held.all.push_back(std::move(r));
        }),
        same([](argument const& n) { return std::get<0>(n); }),
        throws([](argument const&, reply) { throw 1; }),
    };
}
auto on_lines(held_replies& held, jsonrpc::server_settings s = {}) { return stack{jsonrpc::server{methods_with(held), s}, jsonrpc::over_lines{}, jsonrpc::lines()}; }

std::string call(std::string const& method, std::string const& id) {
    return R"({"jsonrpc":"2.0","method":")" + method + R"(","params":[)" + (id.empty() ? "0" : id) + "]" + (id.empty() ? "" : R"(,"id":)" + id) + "}";
}
std::string answer(std::string const& id) { return R"({"jsonrpc":"2.0","result":)" + id + R"(,"id":)" + id + "}"; }
std::string cancel(std::string const& id) { return R"({"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":)" + id + "}}"; }

TEST_CASE("jsonrpc: a reply that is answered at once answers in its place, alone and in a batch") {
    held_replies held;
    auto s = on_lines(held);
    std::string const wire = "[" + call("same", "1") + "," + call("at once", "2") + "," + call("at once", "3") + "," + call("same", "4") + "]\n" +
                             call("at once", "5") + "\n[" + call("at once", "") + "]\n[" + call("at once", "6") + "]\n";
    s.receive(wire);
    CHECK(is<event::need>(s.next_event()));
    CHECK(s.outgoing().take() == "[" + answer("1") + "," + answer("2") + "," + answer("3") + "," + answer("4") + "]\n" + answer("5") + "\n[" + answer("6") + "]\n");
    CHECK_FALSE(s.above().owes());
}

TEST_CASE("jsonrpc: a method that throws with its reply in hand answers once") {
    held_replies held;
    auto s = on_lines(held);
    std::string const wire = call("throws", "1") + "\n";
    s.receive(wire);
    CHECK(is<event::need>(s.next_event()));
    CHECK(s.outgoing().take() == R"({"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error"},"id":1})" "\n");
}

TEST_CASE("jsonrpc: the limit of an answer counts every answer of its batch, also those that come by replies") {
    for (std::size_t most = 2 * answer("1").size(); most < 2 * answer("1").size() + 5; ++most) {
        held_replies held;
        auto s = on_lines(held, {.most_answer = most});
        std::string const wire = "[" + call("at once", "1") + "," + call("same", "2") + "]\n";
        s.receive(wire);
        CHECK(is<event::need>(s.next_event()));
        std::string const out = s.outgoing().take();
        bool const fits = most >= 2 * answer("1").size() + 3;
        CHECK((out.find("too large") == out.npos) == fits);
        CHECK((!fits || out.size() - 1 <= most));
    }
}

TEST_CASE("jsonrpc: a notification that is worked on later is answered by HTTP when it is done, and the next request waits") {
    held_replies held;
    auto s = stack{jsonrpc::server{methods_with(held)}, jsonrpc::over_http{}, http1::server{}};
    std::string wire;
    for (std::string const& payload : {call("later", ""), call("same", "1")})
        wire += "POST /rpc HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(payload.size()) + "\r\n\r\n" + payload;
    s.receive(wire);
    CHECK(is<event::paused>(s.next_event()));
    CHECK(s.outgoing().pending() == 0);
    held.all[0].answer(1);
    CHECK(is<event::need>(s.next_event()));
    CHECK(s.outgoing().take() == "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                                     std::to_string(answer("1").size()) + "\r\n\r\n" + answer("1"));
}

TEST_CASE("jsonrpc: answers that were given together all leave, however few may wait at once") {
    held_replies held;
    auto s = on_lines(held, {.most_answer = 100});
    std::string wire, expected;
    for (int i = 10; i < 20; ++i) wire += call("later", std::to_string(i)) + "\n", expected += answer(std::to_string(i)) + "\n";
    s.receive(wire);
    CHECK(is<event::need>(s.next_event()));
    s.keep();
    s.receive_eof();
    for (std::size_t i = 0; i < held.all.size(); ++i) held.all[i].answer(10 + static_cast<std::int64_t>(i));
    CHECK(is<event::ended>(s.next_event()));
    CHECK(s.outgoing().take() == expected);
}

TEST_CASE("jsonrpc: who is told that its caller cancels may answer, drop every reply, or throw") {
    for (int how = 0; how < 3; ++how) {
        held_replies held;
        auto s = on_lines(held);
        int told = 0;
        held.on_cancel = [&](std::size_t i) {
            ++told;
            if (how == 0) held.all[i].answer(1);
            if (how == 1) held.all.clear();
            if (how == 2) throw 1;
        };
        std::string const wire = "[" + call("later", "1") + "," + call("later", "1") + "," + call("later", "2") + "," + cancel("1") + "," + cancel("1") + "]\n";
        s.receive(wire);
        CHECK(is<event::need>(s.next_event()));
        CHECK(told == 2);
        s.receive_abort();
        CHECK(is<event::aborted>(s.next_event()));
        CHECK(told == (how == 1 ? 2 : 3));
    }
}

TEST_CASE("jsonrpc: calls under way are counted, in batches too, and leave nothing behind") {
    held_replies held;
    auto s = on_lines(held);
    std::string const many = [] {
        std::string all = "[";
        for (int i = 0; i < 900; ++i) all += call("later", "1") + ",";
        return all + "1]\n";
    }();
    std::size_t const before = bytes_allocated();
    s.receive(many);
    REQUIRE(is<event::need>(s.next_event()));
    s.keep();
    s.receive(many);
    REQUIRE(is<event::paused>(s.next_event()));  // a batch is one payload, but not one call
    s.keep();
    REQUIRE(held.all.size() == 2 * 900);
    std::vector<reply>().swap(held.all);
    for (int i = 0; i < 1000 && !is<event::need>(s.next_event()); ++i) (void)s.outgoing().take();
    (void)s.outgoing().take();
    CHECK_FALSE(s.above().owes());
    CHECK(bytes_allocated() - before < 4096);
}

}  // namespace
