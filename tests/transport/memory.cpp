#include "segue/transport/memory.hpp"

#include <string>

#include "catch.hpp"

namespace {

using namespace segue;
using namespace std::chrono_literals;

std::string read_all(memory_channel& c, std::size_t most_calls = 100) {
    std::string all;
    char room[8];
    while (most_calls-- != 0) {
        transfer const t = c.read(room);
        if (t.what == transfer::result::moved) all += std::string_view(room, t.size);
        if (t.what == transfer::result::ended) return all + '$';
        if (t.what == transfer::result::broken) return all + '!';
    }
    return all;
}
std::size_t write(memory_channel& c, std::string_view all) {
    std::string_view const pieces[]{all.substr(0, 1), all.substr(1)};
    return c.write(pieces).size;
}

TEST_CASE("memory: what one end writes the other reads") {
    auto [a, b] = memory_pair();
    CHECK(write(a, "hello world") == 11);
    CHECK(read_all(b) == "hello world");
    CHECK(write(b, "answer") == 6);
    CHECK(a.end_writing() == std::error_code());
    CHECK(read_all(b) == "$");
    CHECK(read_all(a) == "answer");
}

TEST_CASE("memory: short reads, short writes, little room, interrupted calls") {
    auto [a, b] = memory_pair({.capacity = 5, .most_read = 1, .most_written = 3});
    CHECK(write(a, "abcdef") == 3);
    CHECK(write(a, "def") == 2);
    CHECK_FALSE(a.writable());
    CHECK(write(a, "f") == 0);
    char room[8];
    CHECK(b.read(room).size == 1);
    CHECK(a.writable());
    auto [c, d] = memory_pair({.interrupted = 2});
    CHECK(write(c, "ab") == 2);
    CHECK(d.read(room).what == transfer::result::later);
    CHECK(d.read(room).size == 2);
}

TEST_CASE("memory: a connection breaks or ends at its byte") {
    for (std::size_t at : {std::size_t{0}, std::size_t{3}, std::size_t{6}}) {
        auto [a, b] = memory_pair({.breaks_after = at});
        (void)write(a, "abcdef");
        CHECK(read_all(b) == std::string("abcdef").substr(0, at) + '!');
        CHECK(read_all(a) == "!");
        auto [c, d] = memory_pair({.ends_after = at});
        (void)write(c, "abcdef");
        CHECK(read_all(d) == std::string("abcdef").substr(0, at) + '$');
    }
}

TEST_CASE("memory: closing delivers what was sent; breaking off does not") {
    auto [a, b] = memory_pair();
    (void)write(a, "abc");
    a.close(false);
    CHECK(read_all(b) == "abc$");
    std::string_view const more[]{"more"};
    CHECK(b.write(more).what == transfer::result::broken);
    auto [c, d] = memory_pair();
    (void)write(c, "abc");
    c.close(true);
    CHECK(read_all(d) == "!");
    auto [e, f] = memory_pair();
    (void)write(e, "unread");
    (void)write(f, "answer");
    f.close(false);  // as TCP, which resets where bytes are left unread
    CHECK(read_all(e) == "!");
}

TEST_CASE("memory: the loop calls who is ready, and time passes only when told") {
    struct client final : loop_client {
        void on_readable() override { ++reads; wants_to_read = false; }
        void on_writable() override { ++writes; wants_to_write = false; }
        void on_time() override { ++times; wakes_at.reset(); }
        int reads = 0, writes = 0, times = 0;
    } me;
    memory_loop loop;
    auto [a, b] = memory_pair();
    loop.add(me, a);
    CHECK_FALSE(loop.turn());
    me.wants_to_read = me.wants_to_write = true;
    me.wakes_at = instant{} + 1s;
    CHECK(loop.run());
    CHECK(me.reads == 0);
    CHECK(me.writes == 1);
    CHECK(me.times == 0);
    (void)write(b, "x");
    loop.advance(1s);
    CHECK(loop.run());
    CHECK(me.reads == 1);
    CHECK(me.times == 1);
    loop.remove(me);
    me.wants_to_write = true;
    CHECK_FALSE(loop.turn());
}

}  // namespace
