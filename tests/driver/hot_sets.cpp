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

template <auto const& Grammar>
constexpr bool alike() {
    using type = std::remove_cvref_t<decltype(Grammar)>;
    return constant_made<type> && recovers_around_the_whole<type>() == recovers_around_the_whole<Grammar>() && has_framing<type>() == has_framing<Grammar>();
}
inline constexpr auto words = delimited<"\n">(bytes);
inline constexpr auto around = recover(words);
inline constexpr auto inside = record<line>(field<"text">(around));
inline constexpr auto unframed = recover(number<std::uint32_t>);
inline constexpr auto sized = recover(fixed(4, text));

TEST_CASE("whether broken messages can be passed over is asked of a grammar or of its type alone") {
    CHECK(alike<of_lines>());
    CHECK(alike<around>());
    CHECK(alike<inside>());
    CHECK(alike<unframed>());
    CHECK(alike<sized>());
    CHECK(recovers_around_the_whole<around>());
    CHECK_FALSE(recovers_around_the_whole<inside>());
    CHECK(has_framing<around>());
    CHECK(has_framing<sized>());
    CHECK_FALSE(has_framing<unframed>());
}

TEST_CASE("a type that cannot be made of nothing is not asked") {
    auto const below = [most = std::uint8_t{4}](std::uint8_t v) { return v < most; };
    using type = decltype(recover(verified(u8, below, "too large")));
    CHECK_FALSE(constant_made<type>);
    CHECK(recovers_around_the_whole<type>());
    CHECK(has_framing<type>());
}

}  // namespace
