#include "segue/inspect/text.hpp"

#include <algorithm>
#include <string>

#include "catch.hpp"
#include "segue/segue.hpp"

using namespace segue;

namespace {

struct header {
    BOOST_HANA_DEFINE_STRUCT(header, (std::string_view, name), (std::string_view, value));
};
struct head {
    BOOST_HANA_DEFINE_STRUCT(head, (std::uint8_t, version), (std::vector<header>, headers));
};

constexpr auto head_grammar = record<head>(
    field<"version">(u8), field<"headers">(repeat_counted(u8, record<header>(
        field<"name">(delimited<":">(charset<byte_set{}.with('a', 'z')>)),
        field<"value">(delimited<"\r\n">(charset<byte_set{}.with('0', '9')>.max<4>()))))));

error error_of(std::string_view bytes) {
    head value;
    decoder<head_grammar> in;
    in.feed(bytes);
    in.close();
    REQUIRE(in.next().kind() == kind::failed);
    return in.error();
}

}  // namespace

TEST_CASE("text: an error says code, offset, path, expectation and limit") {
    CHECK(to_text(error_of("\1\2a:1\r\nb:x\r\n")) ==
          "mismatch at byte 9, in headers[1].value: this byte cannot stand here; expected a character of [0-9]");
    CHECK(to_text(error_of("\1\2a:1\r\nb:1\rx")) ==
          "mismatch at byte 11, in headers[1].value: this byte cannot stand here; expected \"\\r\\n\"");
    CHECK(to_text(error_of("\1\1a:12345\r\n")) ==
          "too_long at byte 8, in headers[0].value: the element is longer than its limit (limit 4)");
    CHECK(to_text(error_of("\1")) == "truncated at byte 1, in headers: the input ended inside a message");
}

TEST_CASE("text: a declared length is told with its limit") {
    error e;
    e.code = errc::too_long;
    e.limit = 10;
    e.observed = 999;
    CHECK(to_text(e) == "too_long at byte 0: the element is longer than its limit (limit 10, declared 999)");
    e.limit = 0;
    CHECK(to_text(e) == "too_long at byte 0: the element is longer than its limit (limit 0, declared 999)");
}

TEST_CASE("text: a wrong checksum is told with the name of the sum") {
    error e;
    e.code = errc::wrong_checksum;
    e.expected = "CRC-32C";
    CHECK(to_text(e) == "wrong_checksum at byte 0: the bytes do not have the checksum that they carry (CRC-32C)");
}

TEST_CASE("text: a path longer than what is kept begins with an ellipsis") {
    error e;
    e.code = errc::mismatch;
    for (std::uint32_t i = 0; i < error::deepest; ++i)
        e.path[i] = i % 2 == 0 ? error::place{"item", 0} : error::place{nullptr, i};
    e.depth = error::deepest;
    CHECK(path_text(e) == "[7].item[5].item[3].item[1].item");
    e.depth = error::deepest + 1;
    CHECK(path_text(e) == "...[7].item[5].item[3].item[1].item");
    e.path[error::deepest - 1] = {"outer", 0};
    CHECK(path_text(e) == "...outer.item[5].item[3].item[1].item");
    CHECK(path_text(error{}).empty());
}

TEST_CASE("text: bytes that cannot be printed are escaped") {
    CHECK(quoted_text(std::string("a\"\\\r\n\t\0\x7f\xff", 9)) == R"("a\"\\\r\n\t\x00\x7f\xff")");
    CHECK(set_text(byte_set::of(" -]a").with('0', '9')) == R"([\x20\-0-9\]a])");
    CHECK(set_text(byte_set{}) == "[]");
    CHECK(set_text(byte_set::all()) == R"([\x00-\xff])");
}

TEST_CASE("text: every shape has a name of its own") {
    std::vector<std::string_view> names;
    for (unsigned i = 0; i <= static_cast<unsigned>(shape::verified); ++i) {
        std::string_view const name = name_of(static_cast<shape>(i));
        CHECK(name != "unknown");
        CHECK(std::find(names.begin(), names.end(), name) == names.end());
        names.push_back(name);
    }
}
