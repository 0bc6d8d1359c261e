// Every call of a client comes back exactly once, however the connection ends, and whatever a careless user does.
#include <chrono>
#include <string>
#include <tuple>
#include <vector>

#include "allocations.hpp"
#include "catch.hpp"
#include "segue/jsonrpc/jsonrpc.hpp"

namespace {

using namespace segue;
using strings = std::vector<std::string>;

using argument = std::tuple<std::int64_t>;
inline constexpr auto& ask = jsonrpc::method<"ask", argument, std::int64_t>;

auto on_lines(jsonrpc::client_settings s = {}) { return stack{jsonrpc::client{s}, jsonrpc::over_lines{}, jsonrpc::lines()}; }
auto on_http() { return stack{jsonrpc::client{}, jsonrpc::over_http{}, http1::client{}}; }

// All that is told, to the first event that is not a client's own.
template <class Stack>
strings told(Stack& c) {
    strings all;
    for (int i = 0; i < 100; ++i) {
        auto e = c.next_event();
        if (auto const* a = std::get_if<jsonrpc::answer>(&e)) {
            all.push_back(std::to_string(a->id) + (a->why ? " " + a->why->message : "=" + std::string(a->result.raw())));
            continue;
        }
        all.emplace_back(is<event::need>(e) ? "need" : is<event::ended>(e) ? "ended" : is<event::closed>(e) ? "closed" : is<event::aborted>(e) ? "aborted" : "failed");
        break;
    }
    return all;
}
template <class Stack>
std::string sent(Stack& c) {
    (void)told(c);
    return c.outgoing().take();
}

TEST_CASE("jsonrpc: calls are told as lost, however a connection ends, and then none is made") {
    std::string const nonsense = "nonsense\n", endless(100'000, 'x');
    for (std::string const how : {"ended", "aborted", "failed", "closed", "nonsense", "broken off"}) {
        auto c = on_lines();
        REQUIRE(c.above().call(ask, {1}));
        REQUIRE(c.above().call(ask, {2}));
        REQUIRE(told(c) == strings{"need"});
        if (how == "ended") c.receive_eof();
        if (how == "aborted") c.receive_abort();
        if (how == "failed") c.receive(endless);
        if (how == "nonsense") c.receive(nonsense);
        if (how == "closed") c.close();
        if (how == "broken off") c.abort();
        strings const all = told(c);
        CHECK(all == strings{"2 The connection was lost", "1 The connection was lost", how == "nonsense" ? "failed" : how == "broken off" ? "aborted" : how});
        CHECK_FALSE(c.above().call(ask, {3}));
        CHECK_FALSE(c.above().notify(ask, {3}));
        CHECK(told(c) == strings{all.back()});
    }
}

TEST_CASE("jsonrpc: a time to answer has no end, or is over at once") {
    using std::chrono::milliseconds;
    auto c = on_lines();
    instant const begin = instant() + std::chrono::hours(100);
    c.advance(begin);
    REQUIRE(c.above().call(ask, {1}, milliseconds::max()));
    CHECK(told(c) == strings{"need"});
    CHECK(c.next_deadline() == instant::max());
    REQUIRE(c.above().call(ask, {2}, milliseconds::min()));
    CHECK(c.next_deadline() == begin);
    c.advance(begin);
    CHECK(told(c) == strings{"2 No answer in time", "need"});
}

TEST_CASE("jsonrpc: calls that are gathered are sent, also where it is said twice or there is no room yet") {
    auto twice = on_lines();
    twice.above().begin_batch();
    REQUIRE(twice.above().call(ask, {1}));
    twice.above().begin_batch();
    REQUIRE(twice.above().call(ask, {2}));
    CHECK(twice.above().send_batch());
    CHECK(sent(twice) == R"([{"jsonrpc":"2.0","method":"ask","params":[1],"id":1},{"jsonrpc":"2.0","method":"ask","params":[2],"id":2}])" "\n");

    std::string const one = R"({"jsonrpc":"2.0","method":"ask","params":[1],"id":1})";
    for (std::size_t most = one.size(); most < one.size() + 4; ++most) {
        auto c = on_lines({.most_waiting = most});
        c.above().begin_batch();
        bool const fits = c.above().call(ask, {1}).has_value();
        CHECK(fits == (most >= one.size() + 2));
        CHECK(c.above().send_batch());
        CHECK(sent(c) == (fits ? "[" + one + "]\n" : ""));
    }

    auto c = on_lines({.most_waiting = one.size() + 2});
    REQUIRE(c.above().call(ask, {1}));
    c.above().begin_batch();
    REQUIRE(c.above().call(ask, {1}));
    CHECK_FALSE(c.above().send_batch());
    CHECK(sent(c) == one + "\n");
    CHECK(c.above().send_batch());
    CHECK(sent(c) == R"([{"jsonrpc":"2.0","method":"ask","params":[1],"id":2}])" "\n");
}

TEST_CASE("jsonrpc: a notification over HTTP is answered by nothing, in each way in which servers say that") {
    for (std::string const response : {"HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 204 No Content\r\nContent-Type: application/json\r\n\r\n",
                                       "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n"}) {
        auto c = on_http();
        REQUIRE(c.above().notify(ask, {1}));
        REQUIRE(told(c) == strings{"need"});
        c.receive(response);
        CHECK(told(c) == strings{"need"});
    }
}

TEST_CASE("jsonrpc: what is no payload over HTTP ends the connection, and its calls are lost") {
    for (std::string const response : {"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 38\r\n\r\n{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":1}   ",
                                       "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"}) {
        auto c = on_http();
        REQUIRE(c.above().call(ask, {1}));
        REQUIRE(told(c) == strings{"need"});
        c.receive(response);
        CHECK(told(c) == strings{"1 The connection was lost", "aborted"});
    }
}

TEST_CASE("jsonrpc: a client that has told a large answer holds nothing of it") {
    auto c = on_lines();
    REQUIRE(c.above().call(ask, {1}));
    (void)sent(c);
    std::size_t const before = bytes_allocated();
    {
        std::string const wire = R"({"jsonrpc":"2.0","result":[)" + std::string(20'000, ' ') + "1" + [] {
            std::string all;
            for (int i = 0; i < 10'000; ++i) all += ",1";
            return all;
        }() + R"(],"id":1})" "\n";
        c.receive(wire);
        CHECK(told(c).size() == 2);
        c.keep();
    }
    CHECK(bytes_allocated() < before + 4096);
}

}  // namespace
