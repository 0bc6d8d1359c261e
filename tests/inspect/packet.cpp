#include "segue/inspect/packet.hpp"

#include "catch.hpp"
#include "clear_picture.hpp"
#include "grammar_of_all.hpp"

using namespace segue;

namespace {

struct odd {
    BOOST_HANA_DEFINE_STRUCT(odd, (std::uint8_t, a), (std::uint64_t, b), (std::string, c), (std::uint32_t, a_field_whose_name_is_longer_than_its_box_by_far));
};

template <class G>
drawing::picture drawn(G const& grammar) {
    description d;
    grammar.describe(d);
    drawing::picture result = drawing::packet(d);
    check_clear(result);
    return result;
}
// "a 0+8", a box's first line, its first bit and how many bits it is wide
std::string at(drawing::box const& b) {
    using layout = drawing::detail::packet_layout;
    return b.text[0].text + ' ' + std::to_string((b.where.x - layout::gutter) / layout::bit) + '+' + std::to_string(b.where.width / layout::bit);
}
std::vector<std::string> boxes(drawing::picture const& p) {
    std::vector<std::string> result;
    for (drawing::box const& b : p.boxes) result.push_back(at(b));
    return result;
}

}  // namespace

TEST_CASE("packet: fields fill rows of 32 bits; the largest piece of one has its words") {
    auto const p = drawn(record<odd>(field<"a">(u8), field<"b">(u64_be), field<"c">(length_prefixed(u8, text)),
                                     field<"a_field_whose_name_is_longer_than_its_box_by_far">(u32_be)));
    CHECK(boxes(p) == std::vector<std::string>{"a 0+8", "b: begins 8+24", "b 0+32", "b, continued 0+8", "c length 8+8", "c 16+16",
                                               "a_field_whose_name_is_longer_than_its_box_by_far 0+32"});
}

TEST_CASE("packet: what has no fixed size is broken, takes what is left of a row, and begins columns anew") {
    auto const p = drawn(length_prefixed(u8, text));
    CHECK(boxes(p) == std::vector<std::string>{"length 0+8", "content 8+24"});
    CHECK(p.boxes[0].shape == drawing::outline::sharp);
    CHECK(p.boxes[1].shape == drawing::outline::broken);
    CHECK(boxes(drawn(length_prefixed(u24_be, text))) == std::vector<std::string>{"length 0+24", "content 0+32"});
}

TEST_CASE("packet: offsets of rows are shown as long as they are known") {
    auto const p = drawn(record<odd>(field<"a">(u8), field<"b">(u64_be), field<"c">(length_prefixed(u8, text)),
                                     field<"a_field_whose_name_is_longer_than_its_box_by_far">(u32_be)));
    std::vector<std::string> offsets;
    for (drawing::label const& l : p.labels)
        if (l.x < 40) offsets.push_back(l.what.text);
    CHECK(offsets == std::vector<std::string>{"0", "4", "8"});
}

TEST_CASE("packet: nothing overlaps, and words stay within their boxes") {
    drawn(all_of_it::grammar);
    drawn(length_prefixed(u8, u8));
    drawn(fixed(200, bytes));
    drawn(padded<'\0'>(6, text));
    drawn(repeat(3, u24_le));
    drawn(separated<",">(length_prefixed(u8, bytes)).or_none());
    drawn(rest(bytes));
    drawn(streamed<1000>(u32_be));
    drawn(zigzag);
    drawn(verified(
        u8, [](std::uint8_t) { return true; }, "a_sentence_of_one_word_that_is_much_too_long_for_a_box_of_eight_bits and then some more words"));
    CHECK(boxes(drawn(repeat(3, u24_le))).size() == 3);
}
