#include "segue/message/chosen_by.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

struct tagged {
    BOOST_HANA_DEFINE_STRUCT(tagged, (std::uint8_t, kind), (std::string_view, body), (std::uint8_t, end));
};
inline constexpr auto by_kind = [](std::uint8_t kind) {
    using counted = decltype(length_prefixed(u8, text));
    using ended = decltype(delimited<"\n">(text));
    return kind == 0 ? std::variant<counted, ended>(counted{}) : std::variant<counted, ended>(ended{});
};
inline constexpr auto either = record<tagged>(field<"kind">(u8), field<"body">(chosen_by<"kind">(by_kind)), field<"end">(u8));

using value = std::variant<std::uint16_t, std::string>;
struct typed {
    BOOST_HANA_DEFINE_STRUCT(typed, (std::uint8_t, kind), (value, body));
};
inline constexpr auto by_type = [](std::uint8_t kind) {
    using number_codec = std::remove_cvref_t<decltype(u16_be)>;
    using text_codec = decltype(length_prefixed(u8, text));
    return kind == 1 ? std::variant<number_codec, text_codec>(number_codec{}) : std::variant<number_codec, text_codec>(text_codec{});
};
inline constexpr auto alternatives = record<typed>(field<"kind">(u8), field<"body">(chosen_by<"kind">(by_type)));

struct sized {
    BOOST_HANA_DEFINE_STRUCT(sized, (std::uint8_t, size), (std::string_view, body));
};
inline constexpr auto same_form = record<sized>(field<"size">(u8), field<"body">(chosen_by<"size">([](std::uint8_t n) { return fixed(n + std::size_t{1}, bytes); })));

struct maybe {
    BOOST_HANA_DEFINE_STRUCT(maybe, (std::uint8_t, flags), (std::optional<std::uint32_t>, crc), (std::optional<std::string_view>, name), (std::uint8_t, end));
};
inline constexpr auto optionals = record<maybe>(
    field<"flags">(u8), field<"crc">(optional_if<"flags">([](std::uint8_t f) { return (f & 1) != 0; }, u32_be)),
    field<"name">(optional_if<"flags">([](std::uint8_t f) { return (f & 2) != 0; }, delimited<",">(bytes))), field<"end">(u8));

static_assert(either.bounds(limits{.element = 10}) == size_bound{3, 13});
static_assert(alternatives.bounds() == size_bound{2, 257});
static_assert(optionals.bounds(limits{.element = 10}) == size_bound{2, 17});
static_assert(sizeof(state_of<decltype(optionals)>) <= 16);

TEST_CASE("a field chooses the form of a later one") {
    for (auto wire : {"\0\2hi\7"sv, "\1hi\n\7"sv}) CHECK(holds_for_wire<either>(wire) == "");
    for (auto wire : {"\1\0\7"sv, "\2\2hi"sv}) CHECK(holds_for_wire<alternatives>(wire) == "");
    CHECK(holds_for_wire<same_form>("\2abc") == "");
    CHECK(cuts_change_nothing<alternatives>("\1\0\7\2\2hi\1\0\7"sv) == "");
    CHECK(holds_for_random_wire<either>() + holds_for_random_wire<alternatives>() == "");
}

TEST_CASE("a value that the field does not name is refused on encode") {
    CHECK(is_refused(alternatives, typed{2, value(std::uint16_t{7})}, errc::contradiction) == "");
    CHECK(is_refused(optionals, maybe{0, 7u, {}, 0}, errc::contradiction) == "");
    CHECK(is_refused(optionals, maybe{2, {}, {}, 0}, errc::contradiction) == "");
}

TEST_CASE("a field says whether a later one is there") {
    CHECK(holds_for_wire<optionals>("\0\7"sv) == "");
    CHECK(holds_for_wire<optionals>("\1\0\0\0\5\7"sv) == "");
    CHECK(holds_for_wire<optionals>("\2ab,\7"sv) == "");
    CHECK(holds_for_wire<optionals>("\3\0\0\0\5ab,\7"sv) == "");
    CHECK(cuts_change_nothing<optionals>("\3\0\0\0\5ab,\7\0\7\1\0\0\0\6\7"sv) == "");
}

struct payload {
    BOOST_HANA_DEFINE_STRUCT(payload, (std::uint8_t, size), (std::string, bytes));
};
inline constexpr auto chosen_payload = record<payload>(
    field<"size">(u8), field<"bytes">(chosen_by<"size">([](std::uint8_t n) { return streamed<255>(std::uint64_t{n}); })));
static_assert(streams<std::remove_const_t<decltype(chosen_payload)>>);

TEST_CASE("chosen_by: a streamed payload that an earlier field decides about is collected, and nobody is told its pieces") {
    CHECK(cuts_change_nothing<chosen_payload>(std::string("\x05hello\0\x01x", 9)) == "");
}

}  // namespace
