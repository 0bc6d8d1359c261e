#include "segue/content/bytes.hpp"

#include <span>

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

template <class V>
struct one {
    BOOST_HANA_DEFINE_STRUCT(one, (V, value));
};
template <class V>
inline constexpr auto raw = record<one<V>>(field<"value">(length_prefixed(u8, bytes)));
inline constexpr auto words = record<one<std::string_view>>(field<"value">(length_prefixed(u8, text)));
inline constexpr auto top = record<one<std::string_view>>(field<"value">(bytes));

TEST_CASE("bytes decode into every type that holds bytes") {
    CHECK(holds_for_wire<raw<std::string>>("\3a\0\xff"sv) == "");
    CHECK(holds_for_wire<raw<std::string_view>>("\3a\0\xff"sv) == "");
    CHECK(holds_for_wire<raw<std::vector<char>>>("\3a\0\xff"sv) == "");
    CHECK(holds_for_wire<raw<std::vector<unsigned char>>>("\3a\0\xff"sv) == "");
    CHECK(holds_for_wire<raw<std::vector<std::byte>>>("\3a\0\xff"sv) == "");
    CHECK(holds_for_wire<raw<std::span<char const>>>("\3a\0\xff"sv) == "");
    CHECK(holds_for_wire<raw<std::array<char, 3>>>("\3abc"sv, true, false) == "");
    CHECK(fails<raw<std::array<char, 3>>>("\2ab"sv, errc::wrong_size, 1) == "");
}

TEST_CASE("bytes at the top level end with the input and keep the limit") {
    CHECK(cuts_change_nothing<top>("abc") == "");
    CHECK(fails<top, limits{.element = 3}>("abcd", errc::too_long, 3) == "");
}

TEST_CASE("text is UTF-8, and a bad sequence is refused at its first byte") {
    CHECK(holds_for_wire<words>("\x0b" "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z"sv, true, false) == "");
    CHECK(fails<words>("\2a\xc3"sv, errc::not_utf8, 2) == "");
    CHECK(fails<words>("\2\xc0\xaf"sv, errc::not_utf8, 1) == "");
    CHECK(fails<words>("\3\xed\xa0\x80"sv, errc::not_utf8, 1) == "");
    CHECK(fails<words>("\4\xf4\x90\x80\x80"sv, errc::not_utf8, 1) == "");
    CHECK(is_refused(words, one<std::string_view>{"\xff"}, errc::not_utf8) == "");
}

}  // namespace
