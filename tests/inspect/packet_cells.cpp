#include "segue/inspect/packet_cells.hpp"

#include "catch.hpp"
#include "grammar_of_all.hpp"
#include "segue/message/checksummed.hpp"

using namespace segue;

namespace {

struct header {
    BOOST_HANA_DEFINE_STRUCT(header, (std::uint16_t, length), (std::string, payload), (std::vector<std::uint8_t>, parts));
};

template <class G>
std::string cells(G const& grammar) {
    description d;
    grammar.describe(d);
    std::string result;
    for (drawing::packet_figure const& f : drawing::packet_figures(d)) {
        result += f.title + ":\n";
        for (drawing::packet_cell const& c : f.cells) {
            result += "  " + c.name + " " + (c.variable ? "*" : std::to_string(c.bits));
            for (std::string const& detail : c.details) result += " | " + detail;
            result += '\n';
        }
    }
    return result;
}

}  // namespace

TEST_CASE("packet_cells: fields in order, a length before what it measures") {
    CHECK(cells(length_prefixed(u8, text)) == ":\n  length 8 | bytes that follow | u8\n  content * | as long as its length says | text | 0 to 255 bytes\n");
    CHECK(cells(fixed(4, bytes)) == ":\n  fixed 32 | fixed | bytes\n");
    CHECK(cells(reserved<2>) == ":\n  \"\\x00\\x00\" 16\n");
    CHECK(cells(length_prefixed(u16_be, u8).counting_itself()) ==
          ":\n  length 16 | bytes that follow, and 2 | u16_be\n  content 8 | as long as its length says | u8\n");
}

TEST_CASE("packet_cells: what depends on another field says on which") {
    CHECK(cells(record<header>(field<"length">(length_of<"payload">(u16_be)), field<"payload">(sized_by<"length">(text)),
                               field<"parts">(repeat_counted(u8, u8)))) ==
          R"(:
  length 16 | the length of payload | u16_be
  payload * | of the size in length, at most 8192 bytes (limit "element") | text | 0 to 8192 bytes
  parts count 8 | items of parts | u8
  parts * | as many items as the count says | each: u8 | 0 to 255 bytes
)");
}

TEST_CASE("packet_cells: what repeats or is one of several has a figure, what stands twice only one") {
    CHECK(cells(all_of_it::grammar) == R"(:
  "\xff\r\n" 24
  kind 8 | verified: a kind is below 4 | u8
  id * | varint | 1 to 10 bytes
  tint 8 | u8
  scalars count 8 | items of scalars | u8
  scalars * | as many items as the count says | see an item of scalars | 0 to 771 bytes
  payload 16 | chosen by kind: one of | u16_be | see payload, form 2
  extra * | present if kind says so | see an item of scalars | 0 to 257 bytes
  name * | delimited by "\n" or "\r\n", at most 8192 bytes of content (limit "element") | trimmed of [\x20] | characters [\x20a-z] | 2 to 8194 bytes
  words * | items until ".", at most 1024 items (limit "items") | each: delimited by ",", at most 8192 bytes of content (limit "element"), characters [a-z] | 1 to 8389633 bytes
an item of scalars:
  an item of scalars * | one of | see an item of scalars: number | see an item of scalars: text | 2 to 257 bytes
payload, form 2:
  x 8 | u8
  y 8 | i8
an item of scalars: number:
  "#" 8 | tag
  number * | delimited by ";", at most 8192 bytes of content (limit "element") | hexadecimal number, 0 to 4294967295 | 2 to 9 bytes
an item of scalars: text:
  "$" 8 | tag
  text length 8 | bytes of text | u8
  text * | as long as its length says | text | 0 to 255 bytes
)");
}

TEST_CASE("packet_cells: numbers in bytes make a format binary, numbers in digits do not") {
    description binary, digits;
    length_prefixed(u8, text).describe(binary);
    length_prefixed(delimited<":">(number<std::uint8_t>), bytes).describe(digits);
    CHECK(drawing::is_binary(binary));
    CHECK_FALSE(drawing::is_binary(digits));
}

TEST_CASE("packet_cells: what stands inside itself is drawn once") {
    std::string const children = "  value 8 | u8\n  children count 8 | items of children | u8\n"
                                 "  children * | as many items as the count says | see an item of children | 0 or more bytes\nan item of children:\n";
    CHECK(cells(recursive<all_of_it::tree>) == ":\n" + children + "  tree * | the whole again | 1 or more bytes\n");
    CHECK(cells(length_prefixed(u8, recursive<all_of_it::tree>)) ==
          ":\n  length 8 | bytes that follow | u8\n  tree * | see tree | 1 or more bytes\ntree:\n" + children + "  tree * | see tree | 1 or more bytes\n");
}

namespace {

struct bits_of_frame {
    BOOST_HANA_DEFINE_STRUCT(bits_of_frame, (std::uint8_t, opcode), (bool, fin));
};
struct summed_frame {
    BOOST_HANA_DEFINE_STRUCT(summed_frame, (bits_of_frame, head), (float, value), (std::uint8_t, sum));
};

}  // namespace

TEST_CASE("packet_cells: bits are drawn as they stand in their byte, and a checksum says of what") {
    auto const frame = [](auto head) {
        return recover(checksummed<xor_of_bytes, "sum">(record<summed_frame>(segue::field<"head">(head), segue::field<"value">(f32_be), segue::field<"sum">(u8))));
    };
    std::string const behind = "  value 32 | f32_be\n  sum 8 | sum is the exclusive or of all other bytes | u8\n";
    CHECK(cells(frame(bits_be<bits_of_frame>(bit_field<"fin", 1>, reserved_bits<3>, bit_field<"opcode", 4>))) == ":\n  fin 1\n  0 3\n  opcode 4\n" + behind);
    CHECK(cells(frame(bits_le<bits_of_frame>(bit_field<"opcode", 4>, reserved_bits<3>, bit_field<"fin", 1>))) == ":\n  fin 1\n  0 3\n  opcode 4\n" + behind);
}
