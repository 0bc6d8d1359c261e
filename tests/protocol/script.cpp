#include "segue/protocol/script.hpp"

#include <memory>
#include <string>
#include <vector>

#include "allocations.hpp"
#include "catch.hpp"
#include "segue/content/integer.hpp"
#include "segue/message/record.hpp"
#include "segue/segment/delimited.hpp"
#include "segue/segment/length_prefixed.hpp"

namespace {

using namespace segue;

inline constexpr auto line = delimited<"\n">(bytes);

auto echo() {
    return script([](wire& w) -> task<> {
        while (co_await w.wait()) {
            std::string const one = co_await w.read(line);
            w.write(line, one);
        }
    });
}
static_assert(protocol<decltype(echo())>);

TEST_CASE("script: only complete lines are echoed, segments are buffered") {
    auto conn = echo();
    (void)conn.send("hello");
    CHECK(conn.read().empty());
    (void)conn.send(" world\nand");
    CHECK(conn.read() == "hello world\n");
    (void)conn.send(" more\nand more\n");
    CHECK(conn.read() == "and more\nand more\n");
    CHECK(conn.read().empty());
}

TEST_CASE("script: an empty line is echoed too") {
    auto conn = echo();
    (void)conn.send("\n\na\n");
    CHECK(conn.read() == "\n\na\n");
}

TEST_CASE("script: the answer is read as far as asked for") {
    auto conn = echo();
    (void)conn.send("abc\n");
    CHECK(conn.read(2) == "ab");
    CHECK(conn.read(10) == "c\n");
}

TEST_CASE("script: for every cut the same echo") {
    std::string const wire = "one\n\nthree and a half\nx\n";
    for (std::size_t a = 0; a <= wire.size(); ++a)
        for (std::size_t b = a; b <= wire.size(); ++b) {
            auto conn = echo();
            std::string all;
            for (std::string const& piece : {wire.substr(0, a), wire.substr(a, b - a), wire.substr(b)}) {
                (void)conn.send(piece);
                all += conn.read();
            }
            CHECK(all == wire);
        }
}

TEST_CASE("script: the end of input ends it between messages, and is truncation inside one") {
    auto conn = echo();
    (void)conn.send("a\n");
    conn.receive_eof();
    CHECK(is<event::closed>(conn.next_event()));
    CHECK(conn.has_result());
    CHECK(conn.outgoing().ending());

    auto cut = echo();
    (void)cut.send("a");
    cut.receive_eof();
    CHECK(is<event::failed>(cut.next_event()));
    CHECK(cut.error().code == errc::truncated);
    CHECK_FALSE(cut.has_result());

    script waits([](wire& w) -> task<int> {
        (void)co_await w.read(line);
        co_return 1;
    });
    waits.receive_eof();
    CHECK(is<event::closed>(waits.next_event()));
    CHECK_FALSE(waits.has_result());
}

TEST_CASE("script: where it ends early its locals are destroyed, innermost first") {
    std::string order;
    struct note {
        note(std::string& to, char c) : to_(&to), c_(c) {}
        note(note const&) = delete;
        ~note() { *to_ += c_; }
        std::string* to_;
        char c_;
    };
    struct part {
        static task<> inner(wire& w, std::string& to) {
            note const n(to, 'i');
            (void)co_await w.read(line);
            to += '!';
        }
    };
    script s([&order](wire& w) -> task<> {
        note const n(order, 'o');
        co_await part::inner(w, order);
        order += '!';
    });
    (void)s.send("half");
    s.receive_abort();
    CHECK(is<event::aborted>(s.next_event()));
    CHECK(order == "io");
    CHECK(is<event::aborted>(s.next_event()));
}

TEST_CASE("script: an output that is not taken pauses it") {
    script conn([](wire& w) -> task<> {
        while (co_await w.wait()) {
            std::string const one = co_await w.read(line);
            w.write(line, one);
        }
    }, role::server, {.out = {.low = 4, .high = 8, .most = 100, .reserve = 0}});
    std::string const wire = "aaaa\nbbbb\ncccc\ndddd\n";
    conn.receive(wire);
    CHECK(is<event::paused>(conn.next_event()));
    CHECK(conn.outgoing().pending() == 10);
    std::string all;
    for (int i = 0; i < 100 && all.size() < wire.size(); ++i) all += conn.read(3);
    CHECK(all == wire);
}

TEST_CASE("script: results that own are neither destroyed twice nor lost") {
    script s([](wire& w) -> task<std::shared_ptr<std::string>> {
        std::string const long_enough = co_await w.read(length_prefixed(u8, bytes));
        auto kept = std::make_shared<std::string>(long_enough);
        co_return kept;
    });
    std::string const large(200, 'x');
    (void)s.send('\xc8' + large);
    REQUIRE(s.has_result());
    CHECK(*s.result() == large);
    CHECK(s.result().use_count() == 1);
}

// A line, and how many bytes were looked at for it.
struct counted_line {
    using value_type = std::string;
    struct state {
        std::uint32_t scanned = 0;
    };
    std::size_t* looked;

    template <class In>
    constexpr step decode(In& in, state& s, std::string& v) const {
        for (char const* p = in.at + s.scanned; p != in.end; ++p) {
            ++*looked;
            if (*p != '\n') continue;
            v.assign(in.at, p);
            in.at = p + 1;
            return step::done;
        }
        s.scanned = static_cast<std::uint32_t>(in.left());
        return in.want(1);
    }
    constexpr step encode(std::string const& v, output& out) const { return out.put(v); }
    constexpr size_bound bounds(limits = {}) const { return {1, 100'000}; }
    constexpr void describe(description& d) const { d.add({.what = shape::opaque, .size = bounds()}); }
};

TEST_CASE("script: fed byte by byte each byte is looked at once") {
    std::size_t looked = 0;
    script conn([&looked](wire& w) -> task<std::size_t> {
        std::string const one = co_await w.read(counted_line{&looked});
        co_return one.size();
    });
    for (std::size_t i = 0; i < 20'000; ++i) (void)conn.send("x");
    (void)conn.send("\n");
    REQUIRE(conn.has_result());
    CHECK(conn.result() == 20'000);
    CHECK(looked == 20'001);
}

task<> answer(wire& w, std::string_view words) {
    co_await w.drained();
    w.write(line, words);
}

TEST_CASE("script: one allocation for a connection's frame, and none for its messages") {
    std::string const one = "twelve bytes\n";
    char room[64];
    std::string_view pieces[1];
    auto const converse = [&](auto& conn, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            conn.receive(one);
            (void)conn.next_event();
            std::string_view const said = conn.outgoing().pieces(pieces)[0];
            copy_bytes(room, said.data(), said.size());
            conn.outgoing().consume(said.size());
        }
    };
    std::size_t const begin = allocations_so_far();
    script conn([](wire& w) -> task<> {
        while (co_await w.wait()) {
            std::string const words = co_await w.read(line);
            w.write(line, words);
        }
    });
    (void)conn.next_event();
    CHECK(allocations_so_far() - begin == 1);
    converse(conn, 2);  // the outbox has its block now
    std::size_t const before = allocations_so_far();
    converse(conn, 1000);
    CHECK(allocations_so_far() == before);
    CHECK(std::string_view(room, one.size()) == one);

    script nested([](wire& w) -> task<> {
        while (co_await w.wait()) {
            std::string const words = co_await w.read(line);
            co_await answer(w, words);
        }
    });
    converse(nested, 2);
    std::size_t const then = allocations_so_far();
    converse(nested, 1000);
    CHECK(allocations_so_far() == then);
}

TEST_CASE("script: destroyed at any wait, every temporary and local goes once") {
    struct parts {
        static task<std::string> tail(wire& w, std::string prefix) {
            std::string const one = co_await w.read(line);
            co_return prefix + one;
        }
        static task<std::vector<std::string>> many(wire& w, std::size_t n, std::shared_ptr<int> use) {
            std::vector<std::string> all;
            while (all.size() < n) all.push_back(co_await tail(w, std::string(40, 'p') + std::to_string(*use)));
            co_return all;
        }
    };
    std::string wire_bytes;
    for (int i = 0; i < 8; ++i) wire_bytes += std::string(30, static_cast<char>('a' + i)) + '\n';
    auto const use = std::make_shared<int>(5);
    std::size_t whole = 0;
    for (std::size_t cut = 0; cut <= wire_bytes.size(); ++cut) {
        {
            script s([use](wire& w) -> task<std::size_t> {
                std::string all(100, 'l');
                w.write(line, co_await w.read(line));
                all += std::string(50, 't') + co_await w.read(line);
                if ((co_await w.read(line)).size() == 30) all += co_await parts::tail(w, std::string(60, 'q'));
                for (std::string const& one : co_await parts::many(w, 2, use)) all += one;
                all += co_await w.peek(20) + co_await w.read(31);
                auto r = co_await w.try_read(line);
                all += r ? *r : std::string(70, 'e');
                co_return all.size();
            });
            (void)s.send(wire_bytes.substr(0, cut));
            whole += s.has_result();
            if (cut % 3 == 0) s.receive_abort();
            if (cut % 3 == 1) s.receive_eof();
            if (cut % 3 != 2) (void)s.next_event();
        }
        CHECK(use.use_count() == 1);
    }
    CHECK(whole == 1);
}

}  // namespace
