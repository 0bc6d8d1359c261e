#include "segue/message/repeat.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

template <class V>
struct list {
    BOOST_HANA_DEFINE_STRUCT(list, (V, items));
};
using words = list<std::vector<std::string_view>>;
using numbers = list<std::vector<std::uint16_t>>;

inline constexpr auto word = delimited<",">(charset<byte_set{}.with('a', 'z')>);
inline constexpr auto three = record<numbers>(field<"items">(repeat(3, u16_be)));
inline constexpr auto three_words = record<words>(field<"items">(repeat(3, word)));
inline constexpr auto array = record<list<std::array<std::uint16_t, 3>>>(field<"items">(repeat(3, u16_be)));
inline constexpr auto counted = record<numbers>(field<"items">(repeat_counted(u8, u16_be).max<4>()));
inline constexpr auto digits_counted = record<words>(field<"items">(repeat_counted(delimited<":">(number<std::uint64_t>), word)));
inline constexpr auto nested = record<list<std::vector<std::vector<std::uint16_t>>>>(field<"items">(repeat_counted(u8, repeat_counted(u8, u16_be))));

static_assert(three.bounds() == size_bound{6, 6} && decltype(three)::exact_size);
static_assert(counted.bounds() == size_bound{1, 9});
static_assert(decode(counted, "\2\0\1\0\2"sv)->items[1] == 2);

TEST_CASE("repetitions keep the laws") {
    CHECK(holds_for_wire<three>("\0\1\0\2\0\3"sv) == "");
    CHECK(holds_for_wire<three_words>("a,bc,d,") == "");
    CHECK(holds_for_wire<array>("\0\1\0\2\0\3"sv) == "");
    CHECK(holds_for_wire<counted>("\0"sv) == "");
    CHECK(holds_for_wire<counted>("\4\0\1\0\2\0\3\0\4"sv) == "");
    CHECK(holds_for_wire<digits_counted>("2:a,bc,") == "");
    CHECK(holds_for_wire<nested>("\2\1\0\1\2\0\1\0\2"sv) == "");
    CHECK(holds_for_random_wire<nested>() + holds_for_random_wire<counted>() == "");
    CHECK(holds_for_random_values<nested>() == "");
}

TEST_CASE("limits count items") {
    CHECK(fails<counted>("\5", errc::too_many, 0) == "");
    CHECK(fails<digits_counted>("1025:", errc::too_many, 0) == "");
    CHECK(fails<digits_counted>("18446744073709551615:", errc::too_many, 0) == "");
    CHECK(is_refused(counted, numbers{std::vector<std::uint16_t>(5)}, errc::too_many) == "");
    CHECK(is_refused(three, numbers{{1, 2}}, errc::wrong_size) == "");
    CHECK(is_refused(nested, list<std::vector<std::vector<std::uint16_t>>>{std::vector<std::vector<std::uint16_t>>(256)}, errc::too_many) == "");
}

TEST_CASE("items that own something are decoded over those of the last message, and keep their place") {
    decoder<nested> in;
    in.feed("\2\2\0\1\0\2\1\0\3"
            "\1\1\0\4"
            "\0"
            "\2\0\1\0\5"sv);
    REQUIRE(in.next().kind() == kind::message);
    auto const event = in.next();
    CHECK(event->items == std::vector<std::vector<std::uint16_t>>{{4}});
    auto const* const place = event->items.data();
    CHECK(event->items[0].capacity() >= 2);
    CHECK(in.next()->items.empty());
    CHECK(in.next()->items == std::vector<std::vector<std::uint16_t>>{{}, {5}});
    CHECK(event->items.data() == place);
}

TEST_CASE("a message is the same whatever the one before it was, wherever they are cut") {
    for (auto const first : {"\0"sv, "\1\0"sv, "\3\1\0\1\0\2\0\2\0\3"sv})
        for (auto const second : {"\0"sv, "\1\2\0\1\0\2"sv, "\2\0\1\0\7"sv}) {
            std::string const wire = std::string(first) + std::string(second);
            CHECK(cuts_change_nothing<nested>(wire) == "");
            decoder<nested> in;
            in.feed(wire);
            REQUIRE(in.next().kind() == kind::message);
            CHECK(render(*in.next()) == render(*decode(nested, second)));
        }
}

TEST_CASE("nothing is reserved on the word of a count") {
    static constexpr auto grammar = record<words>(field<"items">(repeat_counted(u32_be, word).max<unbounded - 2>()));
    decoder<grammar> in;
    in.feed("\xff\xff\xff\xff");
    auto const event = in.next();
    CHECK(event.kind() == kind::need);
    CHECK(event->items.capacity() <= 1);
}

TEST_CASE("an item's error names its index") {
    CHECK(render(decode(three_words, "a,b,C").error()) == "mismatch at 4 in .items[2] expected \"[a-z]\"");
    std::string out;
    CHECK(render(encode(three_words, words{{"a", "B", "c"}}, out).error()) == "mismatch at 2 in .items[1] expected \"[a-z]\"");
}

}  // namespace
