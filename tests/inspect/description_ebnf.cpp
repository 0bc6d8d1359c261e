#include "segue/inspect/description_ebnf.hpp"

#include "catch.hpp"
#include "grammar_of_all.hpp"
#include "segue/http1/http1.hpp"
#include "segue/json/json.hpp"
#include "segue/lines/lines.hpp"
#include "segue/netstring/netstring.hpp"
#include "segue/protocol/endpoint.hpp"
#include "segue/tlv/tlv.hpp"

using namespace segue;

namespace {

// Without the line about the notation; what is printed is ABNF that says the same.
template <class G>
std::string rules(G const& grammar, std::string_view name = "all") {
    description d;
    grammar.describe(d);
    std::string const drawn = describe_ebnf(d, name);
    CAPTURE(drawn);
    auto const again = syntax::read_abnf(drawn);
    REQUIRE(again);
    auto const wanted = rules_of(d, name);
    REQUIRE(again->size() == wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) CHECK((*again)[i].body == wanted[i].body);
    return drawn.substr(drawn.find('\n') + 1);
}

}  // namespace

TEST_CASE("description_ebnf: every combinator") {
    CHECK(rules(all_of_it::grammar) == R"(all = %xFF CRLF kind id tint scalars payload extra name words
kind = u8
    ; a kind is below 4
u8 = OCTET
    ; unsigned
id = varint
varint = *9%x80-FF %x00-7F
    ; 7 bits in each byte, the least significant first; no more bytes than needed
tint = u8
scalars = scalars-count *scalars-item
scalars-count = u8
    ; the number of items
    ; at most 3 items (limit "scalars")
scalars-item = number / text
number = "#" ("0" / (%x31-39 / %x41-46 / %x61-66) *7HEXDIG) ";"
    ; 0 to 4294967295
text = "$" text-length text-content
text-length = u8
    ; bytes of text-content
text-content = *UTF8-char
    ; at most 255 bytes (limit "element")
payload = u16-be / payload-2
    ; chosen by kind
u16-be = 2OCTET
    ; unsigned, most significant byte first
payload-2 = x y
x = u8
y = i8
i8 = OCTET
    ; signed, two's complement
extra = [number / text]
    ; where kind says so
name = *SP 1*8192(SP / %x61-7A) *SP (LF / CRLF)
words = *1024words-item "."
words-item = 1*8192%x61-7A ","
UTF8-char = %x00-7F / UTF8-2 / UTF8-3 / UTF8-4
UTF8-2 = %xC2-DF UTF8-tail
UTF8-3 = %xE0 %xA0-BF UTF8-tail / %xE1-EC 2UTF8-tail / %xED %x80-9F UTF8-tail / %xEE-EF 2UTF8-tail
UTF8-4 = %xF0 %x90-BF 2UTF8-tail / %xF1-F3 3UTF8-tail / %xF4 %x80-8F 2UTF8-tail
UTF8-tail = %x80-BF
)");
}

TEST_CASE("description_ebnf: numbers, lengths and segments") {
    CHECK(rules(number<std::int8_t>.with_sign()) == "all = \"0\" / [\"-\"] %x31-39 *2DIGIT\n    ; -128 to 127\n");
    CHECK(rules(number<std::uint16_t>.width<3>()) == "all = 3DIGIT\n    ; 0 to 999\n");
    CHECK(rules(hexadecimal<std::uint8_t>.leading_zeros<4>()) == "all = 1*4HEXDIG\n    ; 0 to 255\n");
    CHECK(rules(fixed(4, bytes)) == "all = 4OCTET\n");
    CHECK(rules(padded<' '>(6, charset<byte_set{}.with('a', 'z')>.max<6>())) == "all = 1*6%x61-7A *6SP\n    ; 6 bytes, filled up with \" \"\n");
    CHECK(rules(reserved<2>) == "all = %x00 %x00\n");
    CHECK(rules(reserved<2>.any_value()) == "all = 2OCTET\n    ; written as \"\\x00\\x00\"\n");
    CHECK(rules(empty) == "all = \"\"\n");
    CHECK(rules(repeat(3, u24_le)) == "all = 3u24-le\nu24-le = 3OCTET\n    ; unsigned, least significant byte first\n");
    CHECK(rules(separated<",">(number<std::uint8_t>).max<4>()) ==
          "all = all-item *3(\",\" all-item)\nall-item = \"0\" / %x31-39 *2DIGIT\n    ; 0 to 255\n");
    CHECK(rules(delimited<"\n">(bytes).optional_at_end().max<9>()) ==
          "all = *(%x00-09 / %x0B-FF) [LF]\n    ; at most 9 bytes (limit \"element\")\n    ; the delimiter may be missing at the end of the input\n");
    CHECK(rules(length_prefixed(u8, u16_be).counting_itself()).find("    ; bytes of all-content, and 1\n") != std::string::npos);
    CHECK(rules(all_but<2>(bytes)).find("    ; to 2 bytes before the end of the input\n") != std::string::npos);
}

TEST_CASE("description_ebnf: a rule may name itself") {
    std::string const drawn = rules(recursive<all_of_it::tree>, "tree");
    CHECK(drawn.starts_with("tree = value children\n    ; within itself 32 levels deep at most (limit \"depth\")\n"));
    CHECK(drawn.find("\nchildren = children-count *tree\n") != std::string::npos);
    CHECK(rules(length_prefixed(u8, recursive<all_of_it::tree>)).find("\nall-content = tree\n") != std::string::npos);
}

TEST_CASE("description_ebnf: items until one of several marks") {
    CHECK(rules(repeat_until_any<"\n", "\r\n">(delimited<",">(charset<byte_set{}.with('a', 'z')>.max<3>())).max<2>()) ==
          "all = *2all-item (LF / CRLF)\nall-item = 1*3%x61-7A \",\"\n");
}

TEST_CASE("description_ebnf: each grammar of this project begins with its own name") {
    CHECK(rules(tlv::grammar, "tlv").starts_with("tlv = tlv-length tlv-content\n"));
    CHECK(rules(netstring::grammar, "netstring").starts_with("netstring = payload \",\"\n"));
    CHECK(rules(netstring::streamed_grammar, "netstring").starts_with("netstring = payload \",\"\n"));
    CHECK(rules(lines::grammar, "lines").starts_with("lines = text\ntext = *OCTET [LF / CRLF]\n"));
    CHECK(rules(json::grammar, "json").find("\nvalue = object / array / string / number / %s\"true\" / %s\"false\" / %s\"null\"\n") != std::string::npos);
    std::string const request = rules(http1::request_grammar, "http1.request");
    CHECK(request.starts_with("http1-request = empty-lines method target %s\"HTTP/\" version headers body trailers\n"));
    CHECK(request.find("\nheaders = *100headers-item CRLF\n") != std::string::npos);
    CHECK(request.find("\nchunk = chunk-size chunk-ext CRLF chunk-data CRLF\n") != std::string::npos);
    CHECK(rules(http1::response_grammar, "http1.response").find("\nstatus = 3DIGIT SP\n") != std::string::npos);
}

TEST_CASE("description_ebnf: what is only states says so") {
    description d;
    endpoint_states.describe(d);
    CHECK(describe_ebnf(d, "x") == "; states only, nothing on the wire\n");
}
