#include "segue/message/follow.hpp"

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "catch.hpp"
#include "segue/segment/streamed.hpp"

namespace {

struct handle {
    char const* text = "";
};

}  // namespace

template <>
struct segue::follows<handle> {
    static constexpr bool views = true;
    static void move(handle& h, moved const& m) { h.text = m(h.text, 0); }
};

namespace {

using namespace segue;

struct inner {
    BOOST_HANA_DEFINE_STRUCT(inner, (std::string_view, view), (std::string, owner), (handle, own));
};
struct outer {
    BOOST_HANA_DEFINE_STRUCT(outer, (std::vector<inner>, list), (std::optional<std::span<char const>>, maybe), (std::variant<int, std::string_view>, either), (streamed_bytes, stream));
};
struct no_views {
    BOOST_HANA_DEFINE_STRUCT(no_views, (std::string, a), (std::vector<int>, b), (std::optional<std::uint8_t>, c));
};
static_assert(has_views<outer>() && has_views<inner>() && !has_views<no_views>() && !has_views<streamed_bytes>());

TEST_CASE("every view inside the moved bytes moves with them, and no other") {
    static char const table[] = "static";
    std::string const before = "0123456789", after = before;
    auto const at = [](std::string const& s, std::size_t i, std::size_t n) { return std::string_view(s).substr(i, n); };
    outer o;
    o.list = {{at(before, 1, 2), "owner", {before.data() + 3}}, {std::string_view(table), "", {table}}};
    o.maybe = std::span<char const>(before.data() + 4, 6);
    o.either = at(before, 0, 10);
    follow(o, moved{before.data(), before.size(), after.data()});
    CHECK(o.list[0].view.data() == after.data() + 1);
    CHECK(o.list[0].own.text == after.data() + 3);
    CHECK(o.list[1].view.data() == table);
    CHECK(o.list[1].own.text == table);
    CHECK(o.maybe->data() == after.data() + 4);
    CHECK(std::get<1>(o.either).data() == after.data());
}

TEST_CASE("views in pairs, tuples and maps move with their bytes") {
    using all = std::map<std::string, std::pair<int, std::string_view>>;
    static_assert(has_views<all>() && has_views<std::tuple<int, std::string_view>>());
    static_assert(!has_views<std::map<std::string, int>>() && !has_views<std::tuple<int, std::string>>());
    std::string const before = "0123456789", after = before;
    all m{{"a", {1, std::string_view(before).substr(2, 3)}}};
    follow(m, moved{before.data(), before.size(), after.data()});
    CHECK(m["a"].second.data() == after.data() + 2);
}

TEST_CASE("a view that begins where the moved bytes end is another one's") {
    std::string const block = "abcdef", other = "xyz";
    moved const first_half{block.data(), 3, other.data()};
    CHECK(first_half(block.data() + 3, 3) == block.data() + 3);
    CHECK(first_half(block.data() + 2, 1) == other.data() + 2);
    CHECK(first_half(block.data() + 2, 2) == block.data() + 2);
}

}  // namespace
