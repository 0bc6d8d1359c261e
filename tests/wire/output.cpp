#include "segue/wire/output.hpp"

#include <random>
#include <string>

#include "catch.hpp"

namespace {

using namespace segue;

TEST_CASE("a guard finds the first occurrence, however the bytes come") {
    std::mt19937 random(1);
    std::string broken;
    for (int round = 0; round < 2000; ++round) {
        std::string delimiter, content;
        for (std::size_t n = 1 + random() % 4; n != 0; --n) delimiter += static_cast<char>('a' + random() % 2);
        for (std::size_t n = random() % 12; n != 0; --n) content += static_cast<char>('a' + random() % 2);
        std::size_t const expected = content.find(delimiter);
        guard watch(delimiter, nullptr);
        for (std::size_t from = 0; from < content.size();) {
            std::size_t const n = 1 + random() % 3;
            watch.see(std::string_view(content).substr(from, n));
            from += n;
        }
        std::uint64_t const complete = expected == std::string::npos ? 0 : expected + delimiter.size();
        if (watch.complete_at() != complete) broken += delimiter + " in " + content + "; ";
        if (!content.empty() && (watch.last() != content.back() || watch.head()[0] != content[0])) broken += "edges of " + content + "; ";
    }
    CHECK(broken == "");
}

TEST_CASE("a span takes what fits, and an error has the bytes written so far as its offset") {
    error e;
    char room[4];
    output out(e, room, room + 4);
    CHECK(out.put("abc") == step::done);
    CHECK(out.put("de") == step::failed);
    CHECK(e.code == errc::no_room);
    CHECK(e.offset == 3);
}

TEST_CASE("a place left open is filled later, but never while a guard must see the bytes in order") {
    error e;
    char room[4] = {};
    output out(e, room, room + 4);
    char* const place = out.leave(1);
    REQUIRE(place == room);
    CHECK(out.put("b") == step::done);
    output late = out.into(place, 1);
    CHECK(late.put("a") == step::done);
    CHECK(std::string_view(room, 2) == "ab");
    guard watch("x", nullptr);
    out.watch(watch);
    CHECK(out.leave(1) == nullptr);
    out.unwatch(watch);
    CHECK(output(e).leave(1) == nullptr);
}

}  // namespace
