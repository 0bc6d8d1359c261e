#include "segue/message/separated.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

struct numbers {
    BOOST_HANA_DEFINE_STRUCT(numbers, (std::vector<std::uint8_t>, items));
};
struct words {
    BOOST_HANA_DEFINE_STRUCT(words, (std::vector<std::string_view>, items));
};
inline constexpr auto list = record<numbers>(field<"items">(separated<",">(number<std::uint8_t>).max<3>()), literal<"\n">);
inline constexpr auto wide = record<numbers>(field<"items">(separated<", ">(number<std::uint8_t>)), literal<";">);
inline constexpr auto line = record<numbers>(field<"items">(delimited<"\n">(separated<",">(number<std::uint8_t>).or_none())));
inline constexpr auto fields = record<words>(field<"items">(length_prefixed(u8, separated<"--">(delimited<"!">(bytes)))));

inline constexpr auto empty_words = record<words>(field<"items">(length_prefixed(u8, separated<",">(charset<byte_set{}.with('a', 'z')>.min<0>()).or_none())));

static_assert(list.bounds() == size_bound{2, 12});

TEST_CASE("separated items keep the laws") {
    for (auto wire : {"1\n", "1,2\n", "1,20,255\n"}) CHECK(holds_for_wire<list>(wire) == "");
    for (auto wire : {"1;", "1, 2;"}) CHECK(holds_for_wire<wide>(wire) == "");
    for (auto wire : {"\n", "1\n", "1,2\n"}) CHECK(holds_for_wire<line>(wire) == "");
    CHECK(holds_for_wire<fields>("\006a!--b!") == "");
    CHECK(cuts_change_nothing<wide>("1, 2,3") == "");
    CHECK(holds_for_random_wire<list>() + holds_for_random_wire<wide>() == "");
}

TEST_CASE("a separator asks for an item, and the limit counts items") {
    CHECK(fails<list>("1,\n", errc::mismatch, 2) == "");
    CHECK(fails<list>("\n", errc::mismatch, 0) == "");
    CHECK(fails<list>("1,2,3,4\n", errc::too_many, 5) == "");
    CHECK(is_refused(list, numbers{}, errc::wrong_size) == "");
    CHECK(is_refused(list, numbers{{1, 2, 3, 4}}, errc::too_many) == "");
    CHECK(holds_for_value<fields>(words{{"a--b", "c"}}) == "");  // the item's own delimiter keeps them apart
    CHECK(is_refused(empty_words, words{{""}}, errc::contradiction) == "");
}

}  // namespace
