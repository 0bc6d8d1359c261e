#include "segue/inspect/description_text.hpp"

#include <string>

#include "catch.hpp"
#include "segue/protocol/endpoint.hpp"
#include "grammar_of_all.hpp"

using namespace segue;

TEST_CASE("description_text: sizes") {
    CHECK(size_text({1, 1}) == "1 byte");
    CHECK(size_text({4, 4}) == "4 bytes");
    CHECK(size_text({0, 7}) == "0 to 7 bytes");
    CHECK(size_text({2, unbounded}) == "2 or more bytes");
}

TEST_CASE("description_text: a line for each codec, with its size and limit") {
    description d;
    all_of_it::grammar.describe(d);
    CHECK(describe_text(d) == R"(record  [12 to 8398873 bytes]
  "\xff\r\n"  [3 bytes]
  kind: verified: a kind is below 4  [1 byte]
    u8  [1 byte]
  id: varint  [1 to 10 bytes]
  tint: mapped  [1 byte]
    u8  [1 byte]
  scalars: items behind their count, at most 3 items (limit "scalars")  [1 to 772 bytes]
    count: u8  [1 byte]
    one of  [2 to 257 bytes]
      number "#": delimited by ";", at most 8192 bytes of content (limit "element")  [2 to 9 bytes]
        hexadecimal number, 0 to 4294967295  [1 to 8 bytes]
      text "$": length_prefixed, at most 255 bytes of content (limit "element")  [1 to 256 bytes]
        length: u8  [1 byte]
        text  [0 or more bytes]
  payload: chosen by kind  [2 bytes]
    u16_be  [2 bytes]
    record  [2 bytes]
      x: u8  [1 byte]
      y: i8  [1 byte]
  extra: present if kind says so  [0 to 257 bytes]
    one of  [2 to 257 bytes]
      number "#": delimited by ";", at most 8192 bytes of content (limit "element")  [2 to 9 bytes]
        hexadecimal number, 0 to 4294967295  [1 to 8 bytes]
      text "$": length_prefixed, at most 255 bytes of content (limit "element")  [1 to 256 bytes]
        length: u8  [1 byte]
        text  [0 or more bytes]
  name: delimited by "\n" or "\r\n", at most 8192 bytes of content (limit "element")  [2 to 8194 bytes]
    trimmed of [\x20]  [1 to 8192 bytes]
      characters [\x20a-z]  [1 to 8192 bytes]
  words: items until ".", at most 1024 items (limit "items")  [1 to 8389633 bytes]
    delimited by ",", at most 8192 bytes of content (limit "element")  [2 to 8193 bytes]
      characters [a-z]  [1 to 8192 bytes]
)");
}

TEST_CASE("description_text: a description of nothing is empty") { CHECK(describe_text(description{}).empty()); }

TEST_CASE("description_text: the states of a protocol are a table") {
    description d;
    endpoint_states.describe(d);
    std::string const drawn = describe_text(d);
    CHECK(drawn.rfind(R"(states of an endpoint
  open       propose    -> proposing
             hand over  -> closed
)", 0) == 0);
    CHECK(drawn.find("  closed     abort      -> aborted\n") != std::string::npos);
}
