// What stands between two peers changes nothing that either of them can see.
#include "segue/transport/relay.hpp"

#include <algorithm>
#include <string>

#include "worlds.hpp"

#define SEGUE_WORLDS SEGUE_ALL_WORLDS
#define SEGUE_HALF_CLOSING_WORLDS SEGUE_ALL_WORLDS
#include "relayed.hpp"

namespace {

using namespace segue;
using namespace relayed;

static_assert(witness<no_witness>);

TEST_CASE("relay: the bytes are the same however they are cut, and no more is held than one arrival") {
    std::string const forth = text_of(300, 'a'), back = text_of(200, 'A');
    for (std::size_t const capacity : {1u, 2u, 7u, 64u})
        for (std::size_t const most_read : {1u, 3u, 64u})
            for (std::size_t const most_written : {1u, 5u, 64u})
                for (std::size_t const interrupted : {0u, 2u, 3u}) {
                    CAPTURE(capacity, most_read, most_written, interrupted);
                    faults const slow{.capacity = capacity, .most_read = most_read, .most_written = most_written, .interrupted = interrupted};
                    faults const other{.capacity = 65 - capacity, .most_read = 65 - most_read, .most_written = 65 - most_written};
                    worlds::memory world;
                    scene<worlds::memory, std::pair<memory_channel, memory_channel>> s(world, memory_pair(slow, other), memory_pair(other, slow), forth, back);
                    std::size_t most_held = 0;
                    CHECK(world.run([&] {
                        most_held = std::max({most_held, s.between.held(heading::forth), s.between.held(heading::back)});
                        return s.between.finished() && s.client.ends_heard == 1 && s.server.ends_heard == 1;
                    }));
                    CHECK((s.server.heard == forth && s.client.heard == back));
                    CHECK((s.forth.bytes == forth && s.back.bytes == back));
                    CHECK(most_held <= std::max(most_read, 65 - most_read));
                }
}

TEST_CASE("relay: who does not read stops the other one") {
    faults const narrow{.capacity = 100, .most_read = 10};
    for (heading const where : {heading::forth, heading::back}) {
        worlds::memory world;
        std::string const long_text = text_of(10'000, 'a');
        bool const forth = where == heading::forth;
        scene<worlds::memory, std::pair<memory_channel, memory_channel>> s(world, memory_pair(narrow, narrow), memory_pair(narrow, narrow),
                                                                         forth ? long_text : "x", forth ? "x" : long_text);
        (forth ? s.far_server : s.far_client).pause_reading();
        CHECK(world.loop.run());
        auto& sender = forth ? s.client : s.server;
        auto& hears = forth ? s.server : s.client;
        CHECK(sender.left.size() >= long_text.size() - 210);  // two pipes, and what the relay holds
        CHECK(s.between.held(where) <= 10);
        CHECK(sender.heard == "x");  // the other direction goes on
        (forth ? s.far_server : s.far_client).resume_reading();
        CHECK(world.run([&] { return hears.heard.size() == long_text.size(); }));
        CHECK(hears.heard == long_text);
    }
}

TEST_CASE("relay: a break on one side breaks the other one") {
    for (bool const client_breaks : {true, false})
        for (std::size_t const after : {0u, 1u, 5u, 40u}) {
            worlds::memory world;
            faults const breaking{.most_read = 3, .breaks_after = after};
            std::string const all = text_of(40, 'a');
            scene<worlds::memory, std::pair<memory_channel, memory_channel>> s(
                world, client_breaks ? memory_pair(breaking) : memory_pair(), client_breaks ? memory_pair() : memory_pair({}, breaking), all, all, false, false);
            CHECK(world.run([&] { return s.between.finished(); }));
            (void)world.loop.run();
            auto const& other = client_breaks ? s.server : s.client;
            CHECK(other.breaks_heard == 1);
            CHECK(other.heard.size() <= after);
            CHECK(other.heard == all.substr(0, other.heard.size()));
            CHECK((client_breaks ? s.forth : s.back).breaks == 1);
            CHECK((client_breaks ? s.back : s.forth).breaks == 0);
        }
}

TEST_CASE("relay: a server that is not there breaks the client's connection") {
    struct with_ports : worlds::tcp {
        using worlds::tcp::port_of;
    } world;
    std::string name;
    {
        posix::listener gone(world.loop, std::move(*posix::listen(posix::tcp_address("127.0.0.1", 0))), [](posix::channel) {});
        name = gone.name();
    }
    auto pair = world.pair();
    auto nowhere = posix::connect(posix::tcp_address("127.0.0.1", with_ports::port_of(name)));
    posix::transport far_client(world.loop, std::move(pair.first)), first(world.loop, std::move(pair.second)), second(world.loop, std::move(*nowhere));
    peer client(far_client, "hello", false);
    onlooker::seen forth, back;
    relay between(first, second, onlooker{&forth, &back});
    client.start();
    between.start();
    CHECK(world.run([&] { return between.finished() && client.breaks_heard == 1; }));
    CHECK(back.breaks == 1);
    CHECK(second.error() == std::errc::connection_refused);
}

// A medium whose directions cannot end alone, as that of TLS.
struct whole_memory : memory_channel {
    using memory_channel::memory_channel;
    explicit whole_memory(memory_channel c) : memory_channel(std::move(c)) {}
    bool can_end_writing() const { return false; }
};

TEST_CASE("relay: where a direction cannot end alone, its end is the end of both, behind the bytes") {
    for (bool const client_ends : {true, false}) {
        worlds::memory world;
        faults const slow{.capacity = 7, .most_read = 2};
        auto one = memory_pair(slow, slow), other = memory_pair(slow, slow);
        using whole = ready_transport<whole_memory, memory_loop>;
        memory_transport far_client(world.loop, std::move(one.first)), far_server(world.loop, std::move(other.second));
        whole first(world.loop, whole_memory(std::move(one.second))), second(world.loop, whole_memory(std::move(other.first)));
        std::string const all = text_of(100, 'a');
        peer client(far_client, client_ends ? all : "", client_ends), server(far_server, client_ends ? "" : all, !client_ends);
        relay between(first, second);
        client.start();
        server.start();
        between.start();
        auto& hears = client_ends ? server : client;
        CHECK(world.run([&] { return between.finished() && hears.ends_heard == 1; }));
        CHECK(hears.heard == all);
        CHECK((client_ends ? client : server).ends_heard == 1);
    }
}

}  // namespace
