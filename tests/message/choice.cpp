#include "segue/message/choice.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

inline constexpr auto line = delimited<"\n">(charset<byte_set{}.with(' ', '~')>.min<0>());
using reply_value = std::variant<std::string_view, std::uint64_t, std::string>;
struct reply {
    BOOST_HANA_DEFINE_STRUCT(reply, (reply_value, body));
};
inline constexpr auto by_byte = record<reply>(field<"body">(choice(
    alternative<"text", "+">(line), alternative<"number", ":">(delimited<"\n">(number<std::uint64_t>)), alternative<"bulk", "$">(length_prefixed(u8, bytes)))));
inline constexpr auto by_word = record<reply>(field<"body">(choice(
    alternative<"ok", "OK">(line), alternative<"count", "OKAY">(delimited<"\n">(number<std::uint64_t>)), alternative<"no", "NO ">(line))));
inline constexpr auto with_fallback = record<reply>(field<"body">(choice(
    alternative<"ok", "OK">(line), alternative<"count", "#">(delimited<"\n">(number<std::uint64_t>)), fallback<"other">(line))));
static_assert(by_byte.bounds(limits{.element = 5}) == size_bound{2, 22});
static_assert(by_byte.first() == byte_set::of("+:$"));
static_assert(with_fallback.first() == byte_set{}.with(' ', '~').with("\n"));

TEST_CASE("alternatives told apart by a byte keep the laws") {
    for (auto wire : {"+hi\n", "+\n", ":12\n", "$\2hi"}) CHECK(holds_for_wire<by_byte>(wire) == "");
    CHECK(holds_for_random_wire<by_byte>() == "");
}

TEST_CASE("the longest tag that matches wins") {
    for (auto wire : {"OK\n", "OK hi\n", "OKAY7\n", "NO x\n"}) CHECK(holds_for_wire<by_word>(wire) == "");
    CHECK(cuts_change_nothing<by_word>("OKA\nOKAY1\nOK\nNOx") == "");
    CHECK(decode(by_word, "OKA\n")->body.index() == 0);
    CHECK(holds_for_random_wire<by_word>() == "");
}

TEST_CASE("every other beginning goes to the fallback, tag and all") {
    for (auto wire : {"OK\n", "#7\n", "hello\n", "O\n", "\n"}) CHECK(holds_for_wire<with_fallback>(wire) == "");
    CHECK(std::get<2>(decode(with_fallback, "Oh\n")->body) == "Oh");
}

TEST_CASE("an unknown tag fails at the first byte that no tag has") {
    CHECK(fails<by_byte>("x", errc::unknown_tag, 0) == "");
    CHECK(fails<by_word>("NOx", errc::unknown_tag, 2) == "");
    CHECK(fails<by_word>("x", errc::unknown_tag, 0) == "");
    CHECK(fails<by_word>("N", errc::truncated, 1) == "");
    CHECK(render(decode(by_byte, ":x\n").error()) == "mismatch at 1 in .body.number expected \"a decimal number\"");
}

TEST_CASE("a form that would be read back as another is refused on encode") {
    CHECK(is_refused(by_word, reply{reply_value(std::in_place_index<0>, "AY1")}, errc::contradiction) == "");
    CHECK(is_refused(with_fallback, reply{reply_value(std::in_place_index<2>, "OK then")}, errc::contradiction) == "");
    CHECK(is_refused(with_fallback, reply{reply_value(std::in_place_index<2>, "#")}, errc::contradiction) == "");
    CHECK(holds_for_value<with_fallback>(reply{reply_value(std::in_place_index<2>, "O")}) == "");
}

TEST_CASE("bytes that were looked at to tell tags apart are not lost") {
    struct token {
        BOOST_HANA_DEFINE_STRUCT(token, (std::variant<nothing, nothing, std::string_view>, kind));
    };
    static constexpr auto tokens = record<token>(field<"kind">(choice(
        alternative<"one", "a">(empty), alternative<"four", "abcd">(empty), fallback<"any">(fixed(1, bytes)))));
    CHECK(cuts_change_nothing<tokens>("aabcdabcxabab") == "");
    CHECK(cuts_change_nothing<tokens>("abc") == "");
    decoder<tokens> in;
    std::size_t messages = 0;
    for (char c : "abcabcd"sv) {
        in.feed({&c, 1});
        while (in.next().kind() == kind::message) ++messages;
    }
    CHECK(messages == 4);
    CHECK(in.offset() == 7);
}

inline constexpr auto with_absent = choice(alternative<"sized", "$">(length_prefixed(delimited<";">(number<std::uint8_t>), bytes)),
                                           alternative<"absent", "$-1;">(empty), alternative<"flag", "#">(u8));

TEST_CASE("choice: a longer tag that the end of the input cuts off is truncated where the shorter one could not go on") {
    using value = std::variant<std::string_view, nothing, std::uint8_t>;
    CHECK(holds_for_wire<with_absent, limits{}, value>("$-1;") == "");
    CHECK(holds_for_wire<with_absent, limits{}, value>("$2;hi") == "");
    CHECK(holds_for_wire<with_absent, limits{}, value>("#x") == "");
    CHECK(cuts_change_nothing<with_absent, limits{}, value>("$-2;") == "");
}

}  // namespace
