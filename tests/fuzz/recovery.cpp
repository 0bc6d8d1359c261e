// Grammars that recover, by their framing, to a mark and past one: cuts change nothing, neither in what is told nor in what
// is passed over, and every message survives encoding.
#include <vector>

#include "invariant.hpp"
#include "segue/message/checksummed.hpp"
#include "segue/segue.hpp"

using namespace segue;

struct packet {
    BOOST_HANA_DEFINE_STRUCT(packet, (std::uint8_t, kind), (std::uint8_t, size), (std::vector<std::uint32_t>, numbers), (std::string_view, note), (std::uint8_t, sum));
};
inline constexpr auto codec_of_packet = checksummed<xor_of_bytes, "sum">(record<packet>(
    literal<"!~">, field<"kind">(verified(u8, [](std::uint8_t k) { return k < 64; }, "a kind is below 64")), field<"size">(length_of<"note">(u8)),
    field<"numbers">(repeat_counted(u8, delimited<",">(number<std::uint32_t>))), field<"note">(sized_by<"size">(text)), field<"sum">(u8)));
inline constexpr auto by_framing = recover(codec_of_packet);
inline constexpr auto to_mark = recover(codec_of_packet).to<"!~">();
inline constexpr auto past_mark = recover(codec_of_packet).past<"~!">();

inline constexpr limits small{.message = 60, .element = 30, .items = 5, .skipped = 100};

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    switch (data[0] % 3) {
        case 0: return segue::testing::cuts_change_nothing_and_messages_survive<by_framing, small>(data + 1, size - 1);
        case 1: return segue::testing::cuts_change_nothing_and_messages_survive<to_mark, small>(data + 1, size - 1);
        default: return segue::testing::cuts_change_nothing_and_messages_survive<past_mark, small>(data + 1, size - 1);
    }
}
