// The contract and the conversations, over Asio.
#include "segue/transport/asio_transport.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "allocations.hpp"
#include "asio_worlds.hpp"

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
