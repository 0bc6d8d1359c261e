#include "segue/message/repeat_until.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using namespace std::string_view_literals;

template <class V>
struct list {
    BOOST_HANA_DEFINE_STRUCT(list, (V, items));
};
using words = list<std::vector<std::string_view>>;

inline constexpr auto word = delimited<",">(charset<byte_set{}.with('a', 'z')>);
inline constexpr auto until = record<words>(field<"items">(repeat_until<"..">(word).max<3>()));
struct pair {
    BOOST_HANA_DEFINE_STRUCT(pair, (std::string_view, key), (std::string_view, value));
};
inline constexpr auto pairs = record<list<std::vector<pair>>>(
    field<"items">(repeat_until<"\r\n">(record<pair>(field<"key">(delimited<":">(charset<byte_set{}.with('a', 'z')>)), field<"value">(delimited<"\r\n">(bytes))))));

inline constexpr auto either = record<words>(field<"items">(repeat_until_any<";;", "!">(word).max<3>()));

static_assert(either.bounds(limits{.element = 5}) == size_bound{1, 2 + 3 * 6});
static_assert(until.bounds(limits{.element = 5}) == size_bound{2, 2 + 3 * 6});

TEST_CASE("items up to an end mark keep the laws") {
    for (auto wire : {"..", "a,..", "a,bc,d,.."}) CHECK(holds_for_wire<until>(wire) == "");
    for (auto wire : {"\r\n", "a:b\r\n\r\n", "a:\r\nb:c\r\n\r\n"}) CHECK(holds_for_wire<pairs>(wire) == "");
    CHECK(holds_for_random_wire<until>() == "");
}

TEST_CASE("each of several end marks ends the items, and the first one named is written") {
    for (auto wire : {";;", "a,;;", "a,bc,d,;;"}) CHECK(holds_for_wire<either>(wire) == "");
    for (auto wire : {"!", "a,!", "a,!b,;;", "a,;", "a,;x"}) CHECK(cuts_change_nothing<either>(wire) == "");
    CHECK(decode(either, "a,!")->items == std::vector<std::string_view>{"a"});
    CHECK(fails<either>("a,;x", errc::mismatch, 2) == "");
    std::string out;
    REQUIRE(encode(either, words{{"a"}}, out));
    CHECK(out == "a,;;");
}

TEST_CASE("the limit counts items, and the end mark may follow the last") {
    CHECK(fails<until>("a,b,c,d,..", errc::too_many, 6) == "");
    CHECK(fails<until>("a,b,.x", errc::mismatch, 4) == "");
    CHECK(is_refused(until, words{{"a", "b", "c", "d"}}, errc::too_many) == "");
    CHECK(render(decode(pairs, "a:b\r\nB").error()) == "mismatch at 5 in .items[1].key expected \"[a-z]\"");
}

TEST_CASE("a container that has grown keeps its room") {
    decoder<until> in;
    in.feed("a,b,c,..");
    (void)in.next();
    auto const event = in.next();
    CHECK(event->items.capacity() >= 3);
}

}  // namespace
