#include "segue/transport/asio_next.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/serial_port.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>
#include <future>
#include <string>
#include <string_view>

#include "asio_worlds.hpp"
#include "catch.hpp"
#include "segue/content/integer.hpp"
#include "segue/content/bytes.hpp"
#include "segue/driver/decoder.hpp"
#include "segue/segment/length_prefixed.hpp"

namespace {

using namespace segue;
using boost::asio::use_awaitable;

inline constexpr auto frame = length_prefixed(u16_be, bytes);
using frames = decoder<frame, limits{}, std::string>;

std::string wire(std::initializer_list<std::size_t> sizes) {
    std::string all;
    for (std::size_t const n : sizes) REQUIRE(encode(frame, std::string(n, 'x'), all));
    return all;
}

// What a reader is told of these bytes and their end, written in pieces of so many.
template <class World>
std::string told(std::string all, std::size_t pieces) {
    World world;
    auto ends = world.pair();
    std::string heard;
    auto const read = [&]() -> boost::asio::awaitable<void> {
        frames in;
        for (;;) {
            auto const m = co_await asio::async_next(ends.second, in, use_awaitable);
            if (m.kind() != kind::message) {
                heard += m.kind() == kind::end ? "end" : m.kind() == kind::failed ? "failed" : "something else";
                co_return;
            }
            heard += std::to_string(m->size()) + ' ';
        }
    };
    auto const write = [&]() -> boost::asio::awaitable<void> {
        for (std::size_t at = 0; at < all.size(); at += pieces) {
            std::string const piece = all.substr(at, pieces);
            co_await boost::asio::async_write(ends.first, boost::asio::buffer(piece), use_awaitable);
            co_await boost::asio::post(world.loop, use_awaitable);
        }
        if constexpr (World::tells_ends) (void)asio::end_writing(ends.first);
    };
    bool over = false;
    co_spawn(world.loop, write(), [](std::exception_ptr) {});
    co_spawn(world.loop, read(), [&](std::exception_ptr) { over = true; });
    (void)world.run([&] { return over || (!World::tells_ends && heard.size() >= 7); });
    return heard;
}

TEMPLATE_TEST_CASE("asio_next: the cuts of the wire do not change what is told", "", worlds::asio_tcp, worlds::asio_pipes) {
    for (std::size_t pieces : {1u, 2u, 3u, 1000u}) {
        CHECK(told<TestType>(wire({5, 0, 700}), pieces) == "5 0 700 end");
        CHECK(told<TestType>(wire({5, 3}).substr(0, 10), pieces) == "5 failed");
        CHECK(told<TestType>("", pieces) == "end");
    }
    CHECK(told<TestType>(wire({7000, 1}), 5000) == "7000 1 end");
}

TEST_CASE("asio_next: a stream that cannot tell that it is ready is read all the same") {
    CHECK(told<worlds::asio_serial>(wire({5, 0, 70}), 7) == "5 0 70 ");
}

TEST_CASE("asio_next: callbacks and futures are told, too, and never from within the call") {
    worlds::asio_tcp world;
    auto ends = world.pair();
    frames in;
    std::string const both = wire({3, 4});
    boost::asio::write(ends.first, boost::asio::buffer(both));
    std::size_t size = 0;
    for (std::size_t const expected : {3u, 4u}) {
        asio::async_next(ends.second, in, [&](auto const& why, frames::event m) { size = why ? 0 : m->size(); });
        CHECK(size != expected);
        CHECK(world.run([&] { return size == expected; }));
    }
    std::future<frames::event> later = asio::async_next(ends.second, in, boost::asio::use_future);
    ends.first.set_option(boost::asio::socket_base::linger(true, 0));
    ends.first.close();
    CHECK(world.run([&] { return later.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }));
    CHECK_THROWS_AS(later.get(), boost::system::system_error);
}

TEST_CASE("asio_next: cancelled, it leaves what had arrived in the decoder, and an idle stream holds no room") {
    worlds::asio_tcp world;
    auto ends = world.pair();
    frames in;
    boost::asio::cancellation_signal enough;
    boost::system::error_code told;
    auto const wait = [&] {
        told = {};
        asio::async_next(ends.second, in, boost::asio::bind_cancellation_slot(enough.slot(), [&](auto const& why, frames::event) { told = why; }));
        world.step();
    };
    wait();
    CHECK(in.heap() == 0);
    enough.emit(boost::asio::cancellation_type::total);
    CHECK(world.run([&] { return told == boost::asio::error::operation_aborted; }));
    std::string const one = wire({5});
    boost::asio::write(ends.first, boost::asio::buffer(one, 4));
    wait();
    CHECK(world.run([&] { return in.heap() != 0; }));
    world.step();
    enough.emit(boost::asio::cancellation_type::total);
    CHECK(world.run([&] { return told == boost::asio::error::operation_aborted; }));
    boost::asio::write(ends.first, boost::asio::buffer(one.substr(4)));
    std::size_t size = 0;
    asio::async_next(ends.second, in, [&](auto const&, frames::event m) { size = m->size(); });
    CHECK(world.run([&] { return size == 5; }));
}

}  // namespace
