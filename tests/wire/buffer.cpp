#include "segue/wire/buffer.hpp"

#include <string_view>

#include "catch.hpp"

namespace {

using segue::buffer;

TEST_CASE("a buffer is filled at its end and taken from its front") {
    buffer b, old;
    b.reserve(3, old);
    b.append("abc", 3);
    b.drop(1);
    CHECK(std::string_view(b.data(), b.size()) == "bc");
    b.shrink(1);
    CHECK(std::string_view(b.data(), b.size()) == "b");
    b.release();
    CHECK(b.capacity() == 0);
}

TEST_CASE("what is held stays readable in its old place until that dies") {
    buffer b, first, second;
    b.reserve(64, first);
    b.append("abc", 3);
    char const* const before = b.data();
    b.reserve(b.capacity() + 1, second);
    CHECK(b.data() != before);
    CHECK(std::string_view(before, 3) == "abc");
    CHECK(std::string_view(b.data(), 3) == "abc");
}

TEST_CASE("room is made at the front only where that does not copy more than was dropped") {
    buffer b, old;
    b.reserve(64, old);
    while (b.room() != 0) b.append("x", 1);
    char const* const start = b.data();
    b.drop(b.size() - 4);
    b.make_room(32, old);
    CHECK(b.data() == start);
    CHECK(b.size() == 4);
    CHECK(b.room() >= 32);
}

}  // namespace
