// The contract and the conversations over TLS; and what only TLS can do wrong.
#include "segue/transport/asio_tls.hpp"

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <string>

#include "asio_worlds.hpp"
#include "certificate.hpp"
#include "starved.hpp"

namespace worlds {

struct asio_tls : asio_world<asio::tls> {
    static constexpr char const* medium = "TLS";
    static constexpr bool half_closes = false, tells_ends = true;

    asio_tls() {
        certificate::of_localhost().serve(server);
        certificate::of_localhost().trust(client);
    }
    auto pair() {
        auto sockets = tcp_pair(loop);
        return std::pair(asio::tls_client(std::move(sockets.first), client, "localhost"), asio::tls_server(std::move(sockets.second), server));
    }
    net::ssl::context server = asio::tls_context(role::server), client = asio::tls_context(role::client);
};

}  // namespace worlds

#define SEGUE_WORLDS worlds::asio_tls
#define SEGUE_ENDING_WORLDS worlds::asio_tls
#include "contract.hpp"
#include "conversations.hpp"
#include "relayed.hpp"

static_assert(segue::transport<segue::asio::transport<segue::asio::tls>>);

namespace {

using namespace segue;
using namespace std::chrono_literals;
using contract::ear;
using tcp = boost::asio::ip::tcp;
namespace ssl = boost::asio::ssl;

struct one_side : worlds::asio_tls {
    std::pair<tcp::socket, tcp::socket> sockets = worlds::tcp_pair(loop);
    ear heard;
    std::optional<asio::transport<asio::tls>> t;

    void serve(std::chrono::milliseconds within = 10s) { listen(asio::tls_server(std::move(sockets.second), server, within)); }
    void listen(asio::channel<asio::tls> c) {
        t.emplace(std::move(c));
        t->start(heard);
    }
    bool breaks() {
        return run([&] { return heard.aborts == 1; }) && !t->open();
    }
};

TEST_CASE("asio_tls: a peer that ends without saying so is an abort, behind all that arrived") {
    one_side s;
    s.serve();
    asio::tls peer(std::move(s.sockets.first), s.client);
    bool greeted = false;
    peer.async_handshake(ssl::stream_base::client, [&](auto const& why) { greeted = !why; });
    REQUIRE(s.run([&] { return greeted; }));
    boost::asio::write(peer, boost::asio::buffer("all that", 8));
    peer.next_layer().shutdown(tcp::socket::shutdown_send);
    CHECK(s.breaks());
    CHECK(s.heard.heard == "all that");
    CHECK(s.heard.ends == 0);
    CHECK(s.t->error() == std::error_code(boost::system::error_code(ssl::error::stream_truncated)));
}

TEST_CASE("asio_tls: without memory to begin the handshake the connection breaks, with an error") {
    worlds::asio_tls w;
    auto sockets = worlds::tcp_pair(w.loop);
    worlds::starved starved(std::move(sockets.second), std::make_shared<worlds::ration>());
    asio::transport t(asio::tls_server(std::move(starved), w.server));
    ear heard;
    t.start(heard);
    CHECK(heard.aborts == 0);
    CHECK(w.run([&] { return !t.open(); }));
    CHECK(heard.aborts == 1);
    CHECK(t.error() == std::errc::not_enough_memory);
    w.loop.restart();
    CHECK(w.loop.poll() == 0);  // nothing is left under way
}

TEST_CASE("asio_tls: a reset, an end or nonsense in the handshake is an error value") {
    for (int what : {0, 1, 2}) {
        one_side s;
        s.serve();
        if (what == 0) s.sockets.first.set_option(boost::asio::socket_base::linger(true, 0));
        if (what == 2) boost::asio::write(s.sockets.first, boost::asio::buffer(std::string(100, 'x')));
        else s.sockets.first.close();
        CHECK(s.breaks());
        CHECK(s.t->error());
        CHECK(s.heard.ends == 0);
    }
}

TEST_CASE("asio_tls: who does not finish the handshake in time is left") {
    one_side s;
    s.serve(20ms);
    CHECK_FALSE(s.t->write("a greeting"));
    CHECK(s.breaks());
    CHECK(s.t->error() == std::errc::timed_out);
}

TEST_CASE("asio_tls: a certificate for another name, or of an unknown authority, is refused before a byte is said") {
    for (bool trusted : {true, false}) {
        one_side s;
        s.serve();
        auto nobody = asio::tls_context(role::client);
        ear at_client;
        asio::transport<asio::tls> client(asio::tls_client(std::move(s.sockets.first), trusted ? s.client : nobody, trusted ? "example.com" : "localhost"));
        client.start(at_client);
        CHECK_FALSE(client.write("my password"));
        CHECK(s.run([&] { return at_client.aborts == 1 && s.heard.aborts == 1; }));
        CHECK(client.error());
        CHECK(s.heard.heard.empty());
    }
}

TEST_CASE("asio_tls: a stream whose handshake was made elsewhere is taken as it is") {
    one_side s;
    asio::tls ours(std::move(s.sockets.second), s.server), peer(std::move(s.sockets.first), s.client);
    int greeted = 0;
    ours.async_handshake(ssl::stream_base::server, [&](auto const& why) { greeted += !why; });
    peer.async_handshake(ssl::stream_base::client, [&](auto const& why) { greeted += !why; });
    REQUIRE(s.run([&] { return greeted == 2; }));
    s.listen(std::move(ours));
    boost::asio::write(peer, boost::asio::buffer(std::string(40'000, 'x')));
    CHECK(s.run([&] { return s.heard.heard.size() == 40'000; }));
}

TEST_CASE("asio_tls: closing is said to the peer, and is over soon when it never answers") {
    one_side s;
    s.serve();
    asio::tls peer(std::move(s.sockets.first), s.client);
    bool greeted = false;
    peer.async_handshake(ssl::stream_base::client, [&](auto const& why) { greeted = !why; });
    REQUIRE(s.run([&] { return greeted; }));
    CHECK_FALSE(s.t->write("bye"));
    s.t->close();
    REQUIRE(s.run([&] { return !s.t->open(); }));
    std::string heard;
    boost::system::error_code end;
    boost::asio::async_read(peer, boost::asio::dynamic_buffer(heard), [&](auto const& why, std::size_t) { end = why; });
    CHECK(s.run([&] { return static_cast<bool>(end); }));
    CHECK(heard == "bye");
    CHECK(end == boost::asio::error::eof);  // not truncated: it was said
    auto const begun = std::chrono::steady_clock::now();
    s.loop.restart();
    s.loop.run();  // until nothing is under way
    CHECK(std::chrono::steady_clock::now() - begun < asio::channel<asio::tls>::linger + 2s);
}

TEST_CASE("asio_tls: destroyed at any moment of a conversation, nothing is left behind") {
    for (int steps = 0; steps < 40; ++steps) {
        worlds::asio_tls world;
        auto ends = world.pair();
        ear at_a, at_b;
        worlds::asio_tls::transport_type a(world.loop, std::move(ends.first));
        a.start(at_a);
        {
            worlds::asio_tls::transport_type b(world.loop, std::move(ends.second));
            b.start(at_b);
            CHECK_FALSE(b.write(std::string(100'000, 'x')));
            CHECK_FALSE(a.write("and back"));
            if (steps % 2) b.close();
            for (int i = 0; i < steps; ++i) world.step();
        }
        if (steps % 3 == 0) continue;  // and the loop with it
        (void)world.run([&] { return at_a.aborts + at_a.ends != 0; });
        CHECK(at_a.aborts + at_a.ends == 1);
    }
}

}  // namespace
