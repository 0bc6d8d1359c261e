#include "segue/driver/hot_sets.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;

inline constexpr byte_set lower = byte_set{}.with('a', 'z');
inline constexpr byte_set upper = byte_set{}.with('A', 'Z');
struct message {
    BOOST_HANA_DEFINE_STRUCT(message, (std::string_view, a), (std::string_view, b), (std::string_view, c), (std::string_view, d));
};
struct line {
    BOOST_HANA_DEFINE_STRUCT(line, (std::string_view, text));
};
inline constexpr auto grammar = record<message>(
    field<"a">(delimited<" ">(charset<lower>)), field<"b">(delimited_any<"\r\n", "!">(bytes)), field<"c">(length_prefixed(u8, charset<upper>)), field<"d">(delimited<",">(charset<lower>)));

TEST_CASE("the sets that share a bitmap are those read outside closed segments") {
    auto const& found = detail::found_in<grammar>;
    REQUIRE(found.size == 2);
    CHECK(found.set[0] == lower);
    CHECK(found.set[1] == byte_set::all().without("\r!"));
}

inline constexpr auto of_lines = record<line>(field<"text">(delimited_any<"\n", "\r\n">(bytes)));

TEST_CASE("all but one byte is a set as well") {
    auto const& found = detail::found_in<of_lines>;
    REQUIRE(found.size == 1);
    CHECK(found.set[0] == byte_set::all().without("\n"));
}

TEST_CASE("a grammar is constant where its bounds are") {
    CHECK(is_constant<grammar>);
    CHECK(consumes<grammar>());
    CHECK(is_bounded<grammar>(limits{}));
}

}  // namespace
