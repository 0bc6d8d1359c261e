#include "segue/wire/delimiters.hpp"

#include <string>

#include "catch.hpp"

namespace {

using namespace segue;

using lines = delimiters<"\n", "\r\n">;
using mixed = delimiters<"abcd", "bc", ";">;
static_assert(lines::end_alike && !mixed::end_alike && !delimiters<"\r\n">::end_alike && delimiters<"\n">::end_alike);
static_assert(!delimiters<"\n", "\n\r\n">::end_alike);
static_assert(lines::firsts == byte_set::of("\r\n") && lines::last_byte == byte_set::of("\n") && mixed::shortest == 1);

template <class Set, class F>
std::size_t at(std::string_view text, std::size_t place, F what) {
    return what(text.data() + place, text.data() + text.size());
}

TEST_CASE("the delimiter that stands at a place is found whole") {
    CHECK(at<mixed>("xabcdy", 1, mixed::match_here) == 4);
    CHECK(at<mixed>("xbc", 1, mixed::match_here) == 2);
    CHECK(at<mixed>("xab", 1, mixed::match_here) == 0);
    CHECK(at<mixed>("x;", 0, mixed::match_here) == 0);
}

TEST_CASE("a delimiter that the end cuts off says how much is missing") {
    CHECK(at<mixed>("ab", 0, mixed::missing) == 2);
    CHECK(at<mixed>("b", 0, mixed::missing) == 1);
    CHECK(at<mixed>("abx", 0, mixed::missing) == unbounded);
    std::string const cut = "xxab";
    CHECK(mixed::could_begin(cut.data() + 2, cut.data() + 4));
    CHECK(mixed::cut_off(cut.data(), cut.data() + 4) == cut.data() + 2);
    CHECK(mixed::cut_off(cut.data(), cut.data() + 2) == cut.data() + 2);
    CHECK(at<mixed>("abx", 0, mixed::common) == 2);
}

TEST_CASE("looking back from the last byte tells which delimiter it was") {
    std::string const text = "\r\n\n";
    char const* const p = text.data();
    CHECK(lines::lead(p, p + 1) == 1);
    CHECK(lines::lead(p, p + 2) == 0);
    CHECK(lines::lead(p + 1, p + 1) == 0);
}

}  // namespace
