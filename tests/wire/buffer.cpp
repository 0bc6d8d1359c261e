#include "segue/wire/buffer.hpp"

#include <string>
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

TEST_CASE("what is appended is what is there, whatever its size") {
    std::string all;
    for (int i = 0; i < 5000; ++i) all += static_cast<char>(i * 7 + i / 256);
    buffer b, old;
    b.reserve(2 * all.size(), old);
    for (std::size_t n = 0; n <= all.size(); n = n < 200 ? n + 1 : n + 100) {
        std::string const from = all.substr(all.size() - n);  // an allocation of its own: a sanitizer sees what is read outside
        b.clear();
        b.append("ab", 2);
        b.append(from.data(), n);
        CHECK(std::string_view(b.data(), b.size()) == "ab" + from);
    }
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
