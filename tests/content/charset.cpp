#include "segue/content/charset.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"
#include "segue/testing/touch.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

struct word {
    BOOST_HANA_DEFINE_STRUCT(word, (std::string, letters));
};
inline constexpr byte_set lower = byte_set{}.with('a', 'z');
inline constexpr auto one_or_more = record<word>(field<"letters">(charset<lower>), literal<".">);
inline constexpr auto any_number = record<word>(field<"letters">(charset<lower>.min<0>()), literal<".">);
inline constexpr auto two_to_four = record<word>(field<"letters">(charset<lower>.min<2>().max<4>()), literal<".">);

static_assert(notation<lower>() == "[a-z]");
static_assert(notation<byte_set::of("-\\] a")>() == "[\\x20\\-\\\\\\]a]");
static_assert(two_to_four.bounds() == size_bound{3, 5});

TEST_CASE("runs keep the laws") {
    CHECK(holds_for_wire<one_or_more>("abc.") == "");
    CHECK(holds_for_wire<any_number>(".") == "");
    for (auto wire : {"ab.", "abc.", "abcd."}) CHECK(holds_for_wire<two_to_four>(wire) == "");
    CHECK(holds_for_random_wire<any_number>() + holds_for_random_wire<two_to_four>() == "");
    CHECK(holds_for_random_values<any_number>() == "");
    CHECK(holds_for_wire<one_or_more>(std::string(100, 'x') + ".") == "");
}

TEST_CASE("a run ends at the first other character, and fails where it is too short or too long") {
    CHECK(fails<one_or_more>(".", errc::mismatch, 0) == "");
    CHECK(fails<two_to_four>("a.", errc::mismatch, 1) == "");
    CHECK(fails<two_to_four>("abcde", errc::too_long, 4) == "");
    CHECK(fails<two_to_four>("abcdA", errc::mismatch, 4) == "");
    CHECK(decode(one_or_more, ".").error().expected == "[a-z]");
    CHECK(is_refused(two_to_four, word{"a"}, errc::mismatch) == "");
    CHECK(is_refused(two_to_four, word{"abcde"}, errc::too_long) == "");
    CHECK(is_refused(one_or_more, word{"aB"}, errc::mismatch) == "");
}

TEST_CASE("a search in a run remembers how far it got") {
    std::string const many(4000, 'x');
    CHECK(touches<word>(one_or_more, many + ".") - 1 <= 2 * many.size());
}

}  // namespace
