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

template <class Set>
std::size_t whole_at(std::string_view text, std::size_t place) {
    return Set::match_here(text.data() + place, text.data() + text.size());
}
template <class Set>
std::size_t missing_at(std::string_view text, std::size_t place) {
    return Set::missing(text.data() + place, text.data() + text.size());
}

TEST_CASE("the delimiter that stands at a place is found whole") {
    CHECK(whole_at<mixed>("xabcdy", 1) == 4);
    CHECK(whole_at<mixed>("xbc", 1) == 2);
    CHECK(whole_at<mixed>("xab", 1) == 0);
    CHECK(whole_at<mixed>("x;", 0) == 0);
}

TEST_CASE("a delimiter that the end cuts off says how much is missing") {
    CHECK(missing_at<mixed>("ab", 0) == 2);
    CHECK(missing_at<mixed>("b", 0) == 1);
    CHECK(missing_at<mixed>("abx", 0) == unbounded);
    std::string const cut = "xxab";
    CHECK(mixed::could_begin(cut.data() + 2, cut.data() + 4));
    CHECK(mixed::cut_off(cut.data(), cut.data() + 4) == cut.data() + 2);
    CHECK(mixed::cut_off(cut.data(), cut.data() + 2) == cut.data() + 2);
    std::string const other = "abx";
    CHECK(mixed::common(other.data(), other.data() + 3) == 2);
}

TEST_CASE("looking back from the last byte tells which delimiter it was") {
    std::string const text = "\r\n\n";
    char const* const p = text.data();
    CHECK(lines::lead(p, p + 1) == 1);
    CHECK(lines::lead(p, p + 2) == 0);
    CHECK(lines::lead(p + 1, p + 1) == 0);
}

}  // namespace
