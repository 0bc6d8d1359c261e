#include "segue/driver/arrivals.hpp"

#include <string>

#include "catch.hpp"

namespace {

using namespace segue;

struct views {
    BOOST_HANA_DEFINE_STRUCT(views, (std::string_view, a));
};

std::string unread(arrivals const& bytes) { return {bytes.first, bytes.size()}; }

TEST_CASE("lent bytes are unread where they lie, and have their offsets in the stream") {
    arrivals bytes;
    std::string const one = "abc", two = "defg";
    bytes.lend(one);
    CHECK(bytes.first == one.data());
    bytes.first += 3;
    bytes.lend(two);
    CHECK(unread(bytes) == "defg");
    CHECK(bytes.offset(bytes.first) == 3);
    CHECK(bytes.end_offset() == 7);
    CHECK(bytes.heap() == 0);
}

TEST_CASE("prepared bytes follow the unread ones, and views of those follow them into the inbox") {
    arrivals bytes;
    views none;
    std::string lent = "abc";
    bytes.lend(lent);
    std::span<char> room = bytes.prepare(2, none);
    room[0] = 'd';
    bytes.commit(1);
    lent = "xxx";
    CHECK(unread(bytes) == "abcd");
    CHECK(bytes.own());
    views v{{bytes.first + 1, 2}};
    for (int i = 0; i < 2000; ++i) {
        room = bytes.prepare(1, v);
        room[0] = 'z';
        bytes.commit(1);
    }
    CHECK(v.a == "bc");
    CHECK(v.a.data() == bytes.first + 1);
    CHECK(bytes.end_offset() == 2004);
}

TEST_CASE("what is kept of a cut message takes its views along") {
    arrivals bytes;
    std::string lent = "head and more";
    bytes.lend(lent);
    views v{{lent.data(), 4}};
    bytes.keep_head(6, v);
    CHECK(v.a.data() == bytes.kept.data());
    bytes.first += 6;
    bytes.keep_more(7, v);
    CHECK(std::string(bytes.kept.data(), bytes.kept.size()) == "head and more");
    bytes.first += 7;
    bytes.give_back(4);
    CHECK(unread(bytes) == "more");
    CHECK(bytes.offset(bytes.first) == 9);
    lent = "gone";
    CHECK(v.a == "head");
}

TEST_CASE("when all is released nothing is held") {
    arrivals bytes;
    views v;
    (void)bytes.prepare(10, v);
    bytes.release();
    CHECK(bytes.heap() == 0);
    CHECK(bytes.size() == 0);
}

}  // namespace
