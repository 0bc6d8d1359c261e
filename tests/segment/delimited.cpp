#include "segue/segment/delimited.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"
#include "segue/testing/touch.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

struct word {
    BOOST_HANA_DEFINE_STRUCT(word, (std::string_view, letters));
};
inline constexpr auto lower = charset<byte_set{}.with('a', 'z')>;

inline constexpr auto by_lf = record<word>(field<"letters">(delimited<"\n">(bytes)));
inline constexpr auto by_crlf = record<word>(field<"letters">(delimited<"\r\n">(bytes)));
inline constexpr auto by_aab = record<word>(field<"letters">(delimited<"aab">(bytes)));
inline constexpr auto by_either = record<word>(field<"letters">(delimited_any<"\n", "\r\n">(bytes)));
inline constexpr auto by_many = record<word>(field<"letters">(delimited_any<"abcd", "bc", ";">(bytes)));
inline constexpr auto run_by_crlf = record<word>(field<"letters">(delimited<"\r\n">(lower)));
inline constexpr auto run_by_either = record<word>(field<"letters">(delimited_any<"\r\n", "\n">(lower.min<0>())));
inline constexpr auto last_open = record<word>(field<"letters">(delimited<"\r\n">(bytes).optional_at_end()));
inline constexpr auto by_either_last_open = record<word>(field<"letters">(delimited_any<"\n", "\r\n">(bytes).optional_at_end()));
inline constexpr auto run_last_open = record<word>(field<"letters">(delimited<",">(lower).optional_at_end()));
inline constexpr auto short_one = record<word>(field<"letters">(delimited<"\r\n">(bytes).max<3>()));
inline constexpr auto short_run = record<word>(field<"letters">(delimited<"\r\n">(lower.max<3>())));

static_assert(by_crlf.bounds() == size_bound{2, 8194});
static_assert(run_by_crlf.bounds() == size_bound{3, 8194});
static_assert(short_run.bounds() == size_bound{3, 5});
static_assert(decode(by_crlf, "hi\r\n")->letters == "hi");
static_assert(!decltype(delimited<"a">(lower))::one_pass);
static_assert(decltype(delimited<"\r\n">(lower))::one_pass);

TEST_CASE("a delimiter of any length keeps the laws") {
    for (auto wire : {"hi\n", "\n", "h\ri\n"}) CHECK(holds_for_wire<by_lf>(wire) == "");
    for (auto wire : {"hi\r\n", "\r\n", "\r\r\n", "a\rb\n\r\n"}) CHECK(holds_for_wire<by_crlf>(wire) == "");
    for (auto wire : {"xaab", "aab", "aaab", "ababaaab"}) CHECK(holds_for_wire<by_aab>(wire) == "");
    CHECK(holds_for_random_wire<by_crlf>() == "");
    CHECK(holds_for_random_values<by_lf>() == "");
}

TEST_CASE("of several delimiters the first that stands there ends the segment, and the first named is written") {
    CHECK(holds_for_wire<by_either>("hi\n") == "");
    CHECK(holds_for_wire<by_either>("hi\r\n", false) == "");
    CHECK(cuts_change_nothing<by_either>("a\r\nb\n\r\r\n\n\r") == "");
    for (auto wire : {"xabcd", "x;", "xbc", "abc", "abcabcd", "aabcx;"})
        CHECK(cuts_change_nothing<by_many>(wire) == "");
    CHECK(decode(by_many, "xabcd")->letters == "x");
    CHECK(decode(by_many, "xabc")->letters == "xa");  // "abcd" never came
    CHECK(cuts_change_nothing<run_by_either>("abc\r\nd\n\r\nx\ry") == "");
    CHECK(holds_for_wire<run_by_either>("abc\r\n") == "");
}

TEST_CASE("a run of characters and its delimiter keep the laws") {
    CHECK(holds_for_wire<run_by_crlf>("abc\r\n") == "");
    CHECK(holds_for_random_wire<run_by_crlf>() == "");
    CHECK(fails<run_by_crlf>("ab\rc", errc::mismatch, 3) == "");
    CHECK(fails<run_by_crlf>("abC", errc::mismatch, 2) == "");
    CHECK(fails<run_by_crlf>("\r", errc::mismatch, 0) == "");
}

TEST_CASE("the last segment may go without its delimiter where the grammar says so") {
    CHECK(cuts_change_nothing<last_open>("a\r\nb") == "");
    CHECK(cuts_change_nothing<last_open>("a\r\nb\r") == "");
    CHECK(cuts_change_nothing<run_last_open>("a,b") == "");
    CHECK(cuts_change_nothing<run_last_open>("a,,") == "");
    CHECK(decode(last_open, "b")->letters == "b");
    CHECK(fails<last_open>("a\r\nb\r", errc::truncated, 5) == "");
    CHECK(fails<by_either_last_open>("a\r\nb\r", errc::truncated, 5) == "");
    CHECK(decode(run_last_open, "b")->letters == "b");
    decoder<last_open> in;
    in.feed("a\r\n");
    in.close();
    CHECK(in.next().kind() == kind::message);
    CHECK(in.next().kind() == kind::end);
}

TEST_CASE("a limit holds at its last byte, wherever the delimiter is cut") {
    CHECK(holds_for_wire<short_one>("ab\r\n") == "");
    CHECK(holds_for_wire<short_one>("abc\r\n") == "");
    CHECK(fails<short_one>("abcd\r\n", errc::too_long, 3) == "");
    CHECK(fails<short_one>("abc\rx\r\n", errc::too_long, 3) == "");
    CHECK(holds_for_wire<short_run>("abc\r\n") == "");
    CHECK(fails<short_run>("abcd\r\n", errc::too_long, 3) == "");
    CHECK(is_refused(short_one, word{"abcd"}, errc::too_long) == "");
    CHECK(is_refused(short_run, word{"abcd"}, errc::too_long) == "");
}

TEST_CASE("content that holds the delimiter cannot be encoded") {
    CHECK(is_refused(by_lf, word{"a\nb"}, errc::delimiter_in_content) == "");
    CHECK(is_refused(by_crlf, word{"a\r\nb"}, errc::delimiter_in_content) == "");
    CHECK(is_refused(by_crlf, word{"a\r\n"}, errc::delimiter_in_content) == "");
    CHECK(is_refused(by_either, word{"a\nb"}, errc::delimiter_in_content) == "");
    CHECK(holds_for_value<by_either>(word{"a\r"}) == "");  // written with CRLF: LF behind the CR would be the other one
    CHECK(is_refused(by_many, word{"xbcx"}, errc::delimiter_in_content) == "");
    CHECK(holds_for_value<by_crlf>(word{"a\r"}) == "");
    CHECK(is_refused(run_by_crlf, word{"aB"}, errc::mismatch) == "");
}

TEST_CASE("a first occurrence before the content's end is refused even across the seam") {
    struct twice {
        BOOST_HANA_DEFINE_STRUCT(twice, (std::string_view, letters));
    };
    static constexpr auto by_aa = record<twice>(field<"letters">(delimited<"aa">(bytes)));
    CHECK(is_refused(by_aa, twice{"a"}, errc::delimiter_in_content) == "");
    CHECK(is_refused(by_aa, twice{"ba"}, errc::delimiter_in_content) == "");
    CHECK(holds_for_value<by_aa>(twice{"ab"}) == "");
}

TEST_CASE("a search remembers how far it got") {
    std::string const long_line(4000, 'x');
    CHECK(touches<word>(by_lf, long_line + "\n") - 1 <= 2 * long_line.size());
    CHECK(touches<word>(by_crlf, long_line + "\r\n") - 1 <= 2 * long_line.size());
    CHECK(touches<word>(run_by_crlf, long_line + "\r\n") - 1 <= 2 * long_line.size());
}

}  // namespace
