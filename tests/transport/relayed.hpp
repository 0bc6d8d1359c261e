// A relay between two peers, in every world that SEGUE_WORLDS names, before this is included; those of
// SEGUE_HALF_CLOSING_WORLDS, if there are any, end one direction alone.
#pragma once

#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "catch.hpp"
#include "segue/transport/relay.hpp"

namespace relayed {

using namespace segue;

inline std::string text_of(std::size_t size, char first) {
    std::string all;
    for (std::size_t i = 0; i < size; ++i) all += static_cast<char>(first + static_cast<char>(i * i % 23));
    return all;
}

// A peer that sends all it has, ends its direction where it is told to, and hears.
template <transport T>
struct peer final : receiver {
    peer(T& at, std::string to_send, bool ends) : transport_(&at), left(std::move(to_send)), ends_(ends) {}
    void start() {
        transport_->start(*this);
        send();
    }
    void send() {
        std::string_view const all[]{left};
        left.erase(0, transport_->write_many(all));
        if (left.empty() && ends_ && !ended) ended = !transport_->end_writing();
    }
    void end() {
        ends_ = true;
        send();
    }
    void on_bytes(std::string_view arrived) override { heard += arrived; }
    void on_end() override { ++ends_heard; }
    void on_abort() override { ++breaks_heard; }
    void on_writable() override { send(); }
    void on_time() override {}

    T* transport_;
    std::string left, heard{};
    int ends_heard = 0, breaks_heard = 0;
    bool ends_, ended = false;
};

struct onlooker {
    struct seen {
        std::string bytes{};
        int ends = 0, breaks = 0;
    };
    seen* forth;
    seen* back;
    seen& of(heading where) { return where == heading::forth ? *forth : *back; }
    void passed(heading where, std::string_view bytes) { of(where).bytes += bytes; }
    void ended(heading where) { ++of(where).ends; }
    void broke(heading where, std::error_code) { ++of(where).breaks; }
};

// A client and a server that do not see each other.
template <class World, class Pairs>
struct scene {
    using transport_type = typename World::transport_type;

    scene(World& w, Pairs one, Pairs other, std::string from_client, std::string from_server, bool client_ends = true, bool server_ends = true)
        : world(&w), far_client(w.loop, std::move(one.first)), first(w.loop, std::move(one.second)), second(w.loop, std::move(other.first)),
          far_server(w.loop, std::move(other.second)), client(far_client, std::move(from_client), client_ends),
          server(far_server, std::move(from_server), server_ends), between(first, second, onlooker{&forth, &back}) {
        client.start();
        server.start();
        between.start();
    }

    World* world;
    transport_type far_client, first, second, far_server;
    peer<transport_type> client, server;
    onlooker::seen forth, back;
    relay<transport_type, transport_type, onlooker> between;
};

TEMPLATE_TEST_CASE("relay: what one peer sends the other one hears, in both directions", "", SEGUE_WORLDS) {
    TestType world;
    std::string const forth = text_of(20'000, 'a'), back = text_of(30'000, 'A');
    auto one = world.pair(), other = world.pair();
    scene<TestType, decltype(one)> s(world, std::move(one), std::move(other), forth, back);
    CHECK(world.run([&] { return s.server.heard.size() == forth.size() && s.client.heard.size() == back.size(); }));
    CHECK((s.server.heard == forth && s.client.heard == back));
    CHECK((s.forth.bytes == forth && s.back.bytes == back));
    if constexpr (TestType::half_closes) {
        CHECK(world.run([&] { return s.between.finished() && s.client.ends_heard == 1 && s.server.ends_heard == 1; }));
        CHECK((s.forth.ends == 1 && s.back.ends == 1 && s.forth.breaks == 0 && s.back.breaks == 0));
    }
    CHECK(s.client.breaks_heard + s.server.breaks_heard == 0);
}

#ifdef SEGUE_HALF_CLOSING_WORLDS
TEMPLATE_TEST_CASE("relay: an end of one direction leaves the other one open", "", SEGUE_HALF_CLOSING_WORLDS) {
    for (bool const client_ends : {true, false}) {
        TestType world;
        auto one = world.pair(), other = world.pair();
        scene<TestType, decltype(one)> s(world, std::move(one), std::move(other), "question", "answer", client_ends, !client_ends);
        auto& who_ends = client_ends ? s.client : s.server;
        auto& who_hears = client_ends ? s.server : s.client;
        CHECK(world.run([&] { return who_hears.ends_heard == 1 && s.server.heard == "question" && s.client.heard == "answer"; }));
        CHECK_FALSE(s.between.finished());
        CHECK(who_ends.ends_heard == 0);
        who_hears.left = ", and more";
        who_hears.end();
        CHECK(world.run([&] { return who_ends.ends_heard == 1 && s.between.finished(); }));
        CHECK(who_ends.heard == (client_ends ? "answer, and more" : "question, and more"));
    }
}
#endif

}  // namespace relayed
