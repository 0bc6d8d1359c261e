#include "segue/wire/framing_input.hpp"

#include <string_view>

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;
using namespace std::string_view_literals;

struct entry {
    BOOST_HANA_DEFINE_STRUCT(entry, (std::uint8_t, type), (std::uint8_t, size), (std::uint32_t, number), (std::string_view, rest_of_it));
};
inline constexpr auto codec_of_entry = record<entry>(
    field<"type">(verified(u8, [](std::uint8_t t) { return t < 2; }, "a type is 0 or 1")), field<"size">(length_of<"number">(u8)),
    field<"number">(sized_by<"size">(number<std::uint32_t>)), field<"rest_of_it">(delimited<";">(charset<byte_set{}.with('a', 'z')>)));

// How far the codec reads, or -1 where it fails.
template <class C, class V>
int end_of(C const& codec, V& v, std::string_view wire) {
    error e;
    framing_input<input> in(input(wire.data(), wire.data() + wire.size(), true, &e, {}, wire.data(), 0));
    typename C::state s{};
    return codec.decode(in, s, v) == step::done ? static_cast<int>(in.at - wire.data()) : -1;
}

TEST_CASE("only the framing counts") {
    entry e{};
    CHECK(end_of(codec_of_entry, e, "\1\2" "12ab;more"sv) == 7);
    CHECK(end_of(codec_of_entry, e, "\7\2" "12ab;more"sv) == 7);
    CHECK(end_of(codec_of_entry, e, "\7\2" "x2ab;more"sv) == 7);
    CHECK(end_of(codec_of_entry, e, "\7\2" "x2A!;more"sv) == 7);
}

TEST_CASE("what decides about the framing is read strictly") {
    entry e{};
    CHECK(end_of(codec_of_entry, e, "\1\xff" "12ab;"sv) == -1);
    CHECK(end_of(codec_of_entry, e, "\1\2" "12ab"sv) == -1);
    std::string_view content;
    CHECK(end_of(length_prefixed(delimited<":">(number<std::uint8_t>), text), content, "2:\xff\xff") == 4);
    CHECK(end_of(length_prefixed(delimited<":">(number<std::uint8_t>), text), content, "x:\xff\xff") == -1);
    std::vector<std::uint8_t> items;
    CHECK(end_of(repeat_counted(delimited<":">(number<std::uint8_t>), u8), items, "x:12") == -1);
}

TEST_CASE("strict is the same input, and of an ordinary one nothing else") {
    error e;
    input plain(nullptr, nullptr, false, &e, {}, nullptr, 0);
    CHECK(&strict(plain) == &plain);
    framing_input<input> lenient(plain);
    static_assert(std::is_same_v<decltype(strict(lenient)), input&>);
    CHECK(&strict(lenient) == &lenient);
}

}  // namespace
