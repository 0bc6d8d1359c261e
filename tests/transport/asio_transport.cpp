// The contract and the conversations, over Asio.
#include "segue/transport/asio_transport.hpp"

#include <boost/asio/write.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "allocations.hpp"
#include "asio_worlds.hpp"
#include "starved.hpp"

#define SEGUE_WORLDS \
    worlds::asio_tcp, worlds::asio_unix, worlds::asio_socket_pair, worlds::asio_pipes, worlds::asio_serial, worlds::asio_plain
#define SEGUE_HALF_CLOSING_WORLDS worlds::asio_tcp, worlds::asio_unix, worlds::asio_socket_pair, worlds::asio_pipes
#define SEGUE_ENDING_WORLDS SEGUE_HALF_CLOSING_WORLDS, worlds::asio_plain
#include "contract.hpp"
#include "conversations.hpp"
#include "relayed.hpp"

static_assert(segue::transport<segue::asio::transport<boost::asio::ip::tcp::socket>>);
static_assert(segue::transport<segue::asio::transport<boost::asio::serial_port>>);

namespace {

using namespace segue;
using contract::ear;
using tcp = boost::asio::ip::tcp;
using world = worlds::asio_tcp;
using over_tcp = asio::transport<tcp::socket>;

// Does the same at whatever it is told, and is told nothing within a call of ours.
struct reacting final : receiver {
    void on_bytes(std::string_view) override { react(); }
    void on_end() override { react(); }
    void on_abort() override { react(); }
    void on_writable() override { react(); }
    void on_time() override { react(); }
    void react() {
        CHECK_FALSE(calling);
        ++times;
        if (what) what();
    }
    std::function<void()> what{};
    bool calling = false;
    int times = 0;
};

TEST_CASE("asio_transport: it may be destroyed by its receiver, whatever that was told") {
    for (int told = 0; told < 5; ++told) {
        world w;
        auto ends = w.pair();
        reacting here;
        std::optional<over_tcp> t(std::in_place, std::move(ends.first), water_marks{.low = 10, .high = 1000, .most = 1 << 24, .reserve = 0});
        here.what = [&] { t.reset(); };
        t->start(here);
        if (told == 0) boost::asio::write(ends.second, boost::asio::buffer("x", 1));
        if (told == 1) ends.second.shutdown(tcp::socket::shutdown_send);
        if (told == 2) asio::close_medium(ends.second, true);
        if (told == 3) {
            REQUIRE_FALSE(t->write(std::string(10'000'000, 'x')));
            ear rest;
            over_tcp peer(std::move(ends.second));
            peer.start(rest);
            CHECK(w.run([&] { return !t; }));
        }
        if (told == 4) t->wake_at(t->now());
        CHECK(w.run([&] { return !t; }));
        CHECK(here.times == 1);
    }
}

TEST_CASE("asio_transport: nobody is called from within a call, also where it fails") {
    world w;
    auto ends = w.pair();
    reacting here;
    over_tcp t(std::move(ends.first));
    auto const calling = [&](auto what) {
        here.calling = true;
        what();
        here.calling = false;
    };
    boost::asio::write(ends.second, boost::asio::buffer("x", 1));
    calling([&] { t.start(here); });
    calling([&] { t.wake_at(t.now()); });
    CHECK(w.run([&] { return here.times == 2; }));
    asio::close_medium(ends.second, true);
    for (int i = 0; i < 3; ++i) calling([&] { (void)t.write(std::string(10'000, 'x')); });
    calling([&] { t.resume_reading(); });
    CHECK(w.run([&] { return !t.open(); }));
    CHECK(here.times == 3);
    for (auto const& call : std::vector<std::function<void()>>{[&] { (void)t.end_writing(); }, [&] { t.close(); }, [&] { t.abort(); }}) calling(call);
    w.step();
    CHECK(here.times == 3);
}

TEST_CASE("asio_transport: moved, it goes on; destroyed while it waits, nothing is left under way") {
    world w;
    auto ends = w.pair();
    ear heard;
    {
        over_tcp first(std::move(ends.first));
        first.start(heard);
        w.step();
        over_tcp second(std::move(first));
        boost::asio::write(ends.second, boost::asio::buffer("hello", 5));
        CHECK(w.run([&] { return heard.heard == "hello"; }));
        second.wake_at(second.now() + std::chrono::hours(1));
    }
    w.loop.restart();
    w.loop.run();  // to its end
    CHECK(heard.aborts + heard.ends + heard.times == 0);
}

TEST_CASE("asio_transport: whoever closes it, it is told once, to as many as asked") {
    for (int who = 0; who < 4; ++who) {
        world w;
        auto ends = w.pair();
        ear heard;
        std::optional<over_tcp> t(std::move(ends.first));
        t->start(heard);
        int told = 0;
        t->async_closed([&] { ++told; });
        t->async_closed([&] { ++told; });
        w.step();
        CHECK(told == 0);
        if (who == 0) t->close();
        if (who == 1) t->abort();
        if (who == 2) asio::close_medium(ends.second, true);
        if (who == 3) t.reset();
        CHECK(told == 0);
        CHECK(w.run([&] { return told == 2; }));
        if (!t) continue;
        t->async_closed([&] { ++told; });
        CHECK(told == 2);
        CHECK(w.run([&] { return told == 3; }));
    }
}

// Both speak, and one wakes, as far as its memory goes: whether that was all the way.
template <class World>
bool converses(worlds::ration const& given) {
    World w;
    auto ends = w.pair(), others = w.pair();
    ear at_a, at_b, at_d;
    auto const memory = std::make_shared<worlds::ration>(given);
    asio::transport a(worlds::starved(std::move(ends.first), memory));
    asio::transport b(std::move(ends.second)), c(std::move(others.first)), d(std::move(others.second));
    std::string const large(100'000, 'x');
    b.start(at_b);
    d.start(at_d);
    a.start(at_a);
    a.wake_at(a.now());
    CHECK_FALSE(a.write(large));
    CHECK_FALSE(b.write("hello"));
    CHECK(at_a.aborts == 0);  // nobody is told within a call
    CHECK(w.run([&] { return !a.open() || (at_b.heard == large && at_a.heard == "hello" && at_a.times == 1); }));
    bool const enough = memory->bad == given.bad;
    CHECK(a.open() == enough);
    CHECK(at_a.aborts == !enough);
    if (!enough) CHECK(a.error() == std::errc::not_enough_memory);
    CHECK_FALSE(c.write(large));
    CHECK(w.run([&] { return at_d.heard == large; }));
    return enough;
}

TEMPLATE_TEST_CASE("asio_transport: without memory for an operation the connection breaks with an error, and others go on", "", SEGUE_WORLDS) {
    for (int bad : {1, 1000}) {
        int good = 0;
        while (good < 1000 && !converses<TestType>({good, bad})) ++good;
        CHECK(good > 0);
        CHECK(good < 1000);
    }
}

TEST_CASE("asio_transport: without memory to tell that there is none, the call throws, and the connection is broken off") {
    world w;
    auto ends = w.pair();
    bool empty = false;
    boost::asio::basic_stream_socket<tcp, worlds::starved_executor<>> socket({w.loop.get_executor(), &empty}, tcp::v4(), ends.first.release());
    asio::transport t(worlds::starved(std::move(socket), std::make_shared<worlds::ration>()));
    ear heard;
    int told = 0;
    t.async_closed([&] { ++told; });
    empty = true;
    CHECK_THROWS_AS(t.start(heard), std::bad_alloc);
    empty = false;
    CHECK_FALSE(t.open());
    CHECK(t.write("x") == errc::closed);
    CHECK(w.run([&] { return told == 1; }));
    CHECK(heard.aborts == 0);
}

TEST_CASE("asio_transport: a connection that waits holds at most 2 KiB") {
    world w;
    ear heard;
    std::vector<std::pair<tcp::socket, tcp::socket>> pairs;
    for (int i = 0; i < 50; ++i) pairs.push_back(w.pair());
    std::vector<std::unique_ptr<over_tcp>> all;
    all.reserve(pairs.size());
    std::string const large(100'000, 'x');
    std::size_t before = 0;
    for (auto& [ours, theirs] : pairs) {
        if (&ours == &pairs[1].first) before = bytes_allocated();  // the first brings the room of all
        all.push_back(std::make_unique<over_tcp>(std::move(ours)));
        all.back()->start(heard);
        boost::asio::write(theirs, boost::asio::buffer(large));
        REQUIRE_FALSE(all.back()->write("an answer"));
        REQUIRE(w.run([&] { return heard.heard.size() == large.size(); }));
        std::string().swap(heard.heard);
    }
    CHECK((bytes_allocated() - before) / (pairs.size() - 1) < 2048);
}

}  // namespace
