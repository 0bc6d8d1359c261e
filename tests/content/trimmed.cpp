#include "segue/content/trimmed.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"
#include "segue/testing/touch.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

template <class V>
struct one {
    BOOST_HANA_DEFINE_STRUCT(one, (V, value));
};
inline constexpr auto printable = charset<byte_set{}.with(' ', '~').with("\t")>;
inline constexpr auto run = record<one<std::string_view>>(field<"value">(delimited<"\r\n">(trimmed<" \t">(printable.min<0>()))));
inline constexpr auto nonempty = record<one<std::string_view>>(field<"value">(delimited<"\r\n">(trimmed<" \t">(printable.max<5>()))));
inline constexpr auto digits = record<one<std::uint8_t>>(field<"value">(delimited<";">(trimmed<" ">(number<std::uint8_t>))));
inline constexpr auto alone = record<one<std::string_view>>(field<"value">(trimmed<" ">(charset<byte_set::of(" ab")>)), literal<".">);

static_assert(decode(run, " \thi there \r\n")->value == "hi there");
static_assert(decltype(trimmed<" \t">(printable))::one_pass && !decltype(trimmed<" ">(number<int>))::one_pass);

TEST_CASE("trimmed content keeps the laws") {
    for (auto wire : {"hi\r\n", "\r\n", "a b\r\n"}) CHECK(holds_for_wire<run>(wire) == "");
    for (auto wire : {"  hi\t\r\n", "   \r\n", " a  b \r\n"}) CHECK(holds_for_wire<run>(wire, false) == "");
    for (auto wire : {" 12;", "12  ;"}) CHECK(holds_for_wire<digits>(wire, false) == "");
    CHECK(holds_for_wire<alone>(" a .", false) == "");
    CHECK(holds_for_random_wire<run>(20, false) == "");
    CHECK(holds_for_random_wire<digits>(20, false) == "");
}

TEST_CASE("the limit counts what is trimmed") {
    CHECK(holds_for_wire<nonempty>(" abc \r\n", false) == "");
    CHECK(fails<nonempty>("  abc \r\n", errc::too_long, 5) == "");
    CHECK(fails<nonempty>("  \r\n", errc::mismatch, 2) == "");
    CHECK(fails<digits>(" 1 2;", errc::trailing_bytes, 2) == "");
}

TEST_CASE("content that would lose its edges cannot be encoded") {
    CHECK(is_refused(run, one<std::string_view>{" a"}, errc::mismatch) == "");
    CHECK(is_refused(run, one<std::string_view>{"a\t"}, errc::mismatch) == "");
    CHECK(holds_for_value<run>(one<std::string_view>{"a b"}) == "");
}

TEST_CASE("a search in trimmed content remembers how far it got") {
    std::string const spaces(4000, ' ');
    CHECK(touches<one<std::string_view>>(run, spaces + "x\r\n") - 1 <= 2 * spaces.size() + 2);
}

inline constexpr auto polite = delimited<"\n">(trimmed<" \t">(charset<byte_set{}.with('a', 'z').with(" ")>.min<0>()).written_after<" ">());

TEST_CASE("trimmed: what is written in front of the content is trimmed again") {
    std::string out;
    REQUIRE(encode(polite, std::string_view("hi"), out));
    CHECK(out == " hi\n");
    auto const back = decode<limits{}, decltype(polite), std::string>(polite, out);
    REQUIRE(back);
    CHECK(*back == "hi");
    CHECK(encode(polite, std::string_view(" hi"), out).error().code == errc::mismatch);
}

}  // namespace
