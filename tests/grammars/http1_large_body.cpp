// A body that is larger than all that may be under way, from a server to a client that reads slowly.
#include <algorithm>
#include <string>
#include <string_view>

#include "../transport/worlds.hpp"
#include "catch.hpp"
#include "segue/http1/protocol.hpp"
#include "segue/transport/connections.hpp"

namespace {

using namespace segue;

std::string text_of(std::size_t size) {
    std::string all(size, '\0');
    for (std::size_t i = 0; i < size; ++i) all[i] = static_cast<char>('a' + i * i % 23);
    return all;
}

// Answers each request with the same text, as far as there is room for it.
struct download {
    void operator()(http1::server& s, http1::event::end const&) {
        left = text;
        REQUIRE(s.send({"1.1", 200, "OK", {{"Content-Length", std::to_string(text.size())}}, {}, {}}));
        go_on(s);
    }
    void operator()(http1::server& s, event::drained const&) { go_on(s); }
    void go_on(http1::server& s) {
        while (s.response_stage() == http1::stage::body && !s.outgoing().congested()) {
            std::string_view const piece = left.substr(0, piece_size);
            REQUIRE((piece.empty() ? s.send_end() : s.send_data(piece)));
            left.remove_prefix(piece.size());
        }
    }
    static constexpr std::size_t piece_size = 16 * 1024;
    std::string_view text, left{};
};

// Reads only when it is told to.
template <transport T>
struct slow_reader final : receiver {
    explicit slow_reader(T& t) : at(&t) {}
    void on_bytes(std::string_view arrived) override {
        heard += arrived;
        at->pause_reading();
    }
    void on_end() override { ended = true; }
    void on_abort() override { broke = true; }
    void on_writable() override {}
    void on_time() override {}

    T* at;
    std::string heard{};
    bool ended = false, broke = false;
};

TEMPLATE_TEST_CASE("http1 server: a large body goes out as the client reads it, with memory bounded, and then the next", "", worlds::memory, worlds::tcp,
                   worlds::unix_socket) {
    std::string const text = text_of(8 << 20);
    std::string const answer = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
    auto const make = [] { return http1::server(); };
    TestType world;
    using over = typename TestType::transport_type;
    connections<over, decltype(make), download> all(make, download{text});
    auto channels = world.pair();
    over client(world.loop, std::move(channels.first));
    slow_reader reader(client);
    auto& one = all.add(world.loop, std::move(channels.second));
    client.start(reader);
    REQUIRE_FALSE(client.write("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    std::size_t most = 0;
    CHECK(world.run([&] {
        most = std::max(most, one.protocol().outgoing().pending());
        client.resume_reading();
        return reader.ended || reader.broke;
    }));
    CHECK(reader.ended);
    CHECK(reader.heard.size() == 2 * answer.size());
    CHECK(reader.heard == answer + answer);
    CHECK(most > 0);
    CHECK(most < water_marks{}.high + 2 * download::piece_size);
    CHECK(one.protocol().heap() < 1000);
}

}  // namespace
