// A grammar of every combinator: cuts change nothing, and every message survives encoding.
#include <optional>
#include <variant>
#include <vector>

#include "invariant.hpp"
#include "segue/segue.hpp"

using namespace segue;

struct item {
    BOOST_HANA_DEFINE_STRUCT(item, (std::string_view, name), (std::uint16_t, number), (std::vector<std::uint8_t>, list));
};
using body = std::variant<std::string_view, std::uint64_t, std::vector<item>, nothing>;
struct message {
    BOOST_HANA_DEFINE_STRUCT(message, (std::uint8_t, flags), (std::uint32_t, length), (std::optional<std::string_view>, note), (body, content),
        (std::string, payload), (std::vector<std::int64_t>, numbers));
};
inline constexpr auto lower = charset<byte_set{}.with('a', 'z')>;
inline constexpr auto item_codec = record<item>(
    field<"name">(delimited<":">(lower)), field<"number">(delimited_any<"\n", "\r\n">(number<std::uint16_t>)),
    field<"list">(length_prefixed(u8, separated<",">(number<std::uint8_t>).or_none())));
inline constexpr auto grammar = record<message>(
    field<"flags">(verified(u8, [](std::uint8_t f) { return f < 0x80; }, "the highest flag is not set")),
    field<"length">(length_of<"payload">(u24_le)),
    field<"note">(optional_if<"flags">([](std::uint8_t f) { return (f & 1) != 0; }, delimited<"\r\n">(trimmed<" ">(charset<byte_set{}.with(' ', '~')>.min<0>())))),
    field<"content">(choice(alternative<"text", "T">(delimited<"end">(bytes)), alternative<"number", "TN">(u64_be),
                            alternative<"items", "I">(repeat_until<"..">(item_codec)), alternative<"none", "0">(empty))),
    literal<"|">, field<"payload">(sized_by<"length">(padded<' '>(6, bytes))),
    field<"numbers">(repeat_counted(u8, zigzag)));

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    return segue::testing::cuts_change_nothing_and_messages_survive<grammar, limits{.message = 200, .element = 50, .items = 10}>(data, size);
}
