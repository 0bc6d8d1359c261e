#include "segue/transport/connections.hpp"

#include <string>

#include "catch.hpp"
#include "segue/protocol/chunk_protocol.hpp"
#include "segue/protocol/script.hpp"
#include "segue/transport/memory.hpp"

namespace {

using namespace segue;

inline constexpr auto line = delimited<"\n">(bytes);

// not movable: built in its place
auto greeter() {
    return script([](wire& w) -> task<> {
        while (co_await w.wait()) {
            std::string const name = co_await w.read(line);
            if (name == ".") co_return;
            w.write(line, "hello " + name);
        }
    });
}

TEST_CASE("connections: each has its own protocol, and is reaped when it is finished") {
    memory_loop loop;
    connections<memory_transport, decltype(&greeter)> all(&greeter);
    auto one = memory_pair(), two = memory_pair();
    all.add(loop, std::move(one.first));
    all.add(loop, std::move(two.first));
    auto const say = [](memory_channel& c, std::string_view words) {
        std::string_view const pieces[]{words};
        REQUIRE(c.write(pieces).size == words.size());
    };
    auto const hear = [](memory_channel& c) {
        char room[100];
        transfer const t = c.read(room);
        return std::string(room, t.size);
    };
    say(one.second, "Ada\n");
    say(two.second, "Gra");
    CHECK(loop.run());
    CHECK(hear(one.second) == "hello Ada\n");
    say(two.second, "ce\n.\n");
    two.second.close(false);
    CHECK(loop.run());
    CHECK(all.all().back().finished());
    all.reap();
    CHECK(all.size() == 1);
    say(one.second, "again\n");
    CHECK(loop.run());
    CHECK(hear(one.second) == "hello again\n");
}

TEST_CASE("connections: one that is removed takes nothing of the others with it") {
    memory_loop loop;
    connections<memory_transport, decltype(&greeter)> all(&greeter);
    auto one = memory_pair(), two = memory_pair(), three = memory_pair();
    all.add(loop, std::move(one.first));
    auto& middle = all.add(loop, std::move(two.first));
    auto& last = all.add(loop, std::move(three.first));
    CHECK(loop.run());
    all.remove(middle);
    CHECK(all.size() == 2);
    CHECK(&all.all().back() == &last);
    std::string_view const pieces[]{"Ada\n"};
    REQUIRE(three.second.write(pieces).size == 4);
    CHECK(loop.run());
    char room[100];
    CHECK(three.second.read(room).size == 10);
    CHECK(two.second.read(room).what == transfer::result::broken);
}

}  // namespace
