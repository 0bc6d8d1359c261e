#include "segue/driver/encode.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;

struct message {
    BOOST_HANA_DEFINE_STRUCT(message, (std::uint8_t, kind), (std::string, payload), (std::uint8_t, end));
};
inline constexpr auto codec_of_message = record<message>(field<"kind">(u8), field<"payload">(length_prefixed(u16_be, bytes)), field<"end">(u8));

TEST_CASE("a value is encoded behind what a string or a vector holds") {
    std::string text = "before";
    CHECK(encode(codec_of_message, message{1, "ab", 2}, text).size() == 6);
    CHECK(text == std::string("before\1\0\2ab\2", 12));
    std::vector<char> raw;
    CHECK(encode(codec_of_message, message{1, "ab", 2}, raw));
    CHECK(std::string(raw.begin(), raw.end()) == text.substr(6));
}

TEST_CASE("a span is never overrun") {
    message const m{1, "abc", 2};
    for (std::size_t room = 0; room < 12; ++room) {
        std::vector<char> space(room);
        encoded const result = encode(codec_of_message, m, std::span<char>(space));
        CHECK(static_cast<bool>(result) == (room >= 7));
        if (!result) CHECK(result.error().code == errc::no_room);
    }
}

TEST_CASE("a large payload is referred to, not copied, in a list of pieces") {
    message const m{1, std::string(5000, 'x'), 2};
    gather_list list;
    REQUIRE(encode(codec_of_message, m, list).size() == 5004);
    auto const pieces = list.pieces();
    REQUIRE(pieces.size() == 3);
    CHECK(pieces[1].data() == m.payload.data());
    CHECK(pieces[0].size() == 3);
    CHECK(pieces[2] == "\2");
    CHECK(list.size() == 5004);
}

TEST_CASE("nothing is appended where the value cannot be encoded") {
    std::string text = "before";
    encoded const result = encode(codec_of_message, message{1, std::string(70000, 'x'), 2}, text);
    CHECK(!result);
    CHECK(result.error().code == errc::too_long);
    CHECK(text == "before");
    gather_list list;
    CHECK(!encode(codec_of_message, message{1, std::string(70000, 'x'), 2}, list));
    CHECK(list.size() == 0);
}

constexpr std::size_t encodes_at_compile_time() {
    char room[16]{};
    struct point {
        BOOST_HANA_DEFINE_STRUCT(point, (std::uint16_t, x), (std::uint8_t, y));
    };
    constexpr auto grammar = record<point>(field<"x">(u16_be), field<"y">(delimited<";">(number<std::uint8_t>)));
    encoded const result = encode(grammar, point{258, 77}, std::span<char>(room));
    return result && room[0] == 1 && room[1] == 2 && room[2] == '7' && room[4] == ';' ? result.size() : 0;
}
static_assert(encodes_at_compile_time() == 5);

}  // namespace
