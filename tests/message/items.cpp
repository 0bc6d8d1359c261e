#include "segue/message/items.hpp"

#include <array>
#include <string>
#include <vector>

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;

static_assert(items<std::vector<int>> && items<std::array<int, 3>> && !items<int>);
static_assert(std::same_as<item_of<std::vector<std::string>>, std::string> && std::same_as<item_of<std::array<int, 3>>, int>);

TEST_CASE("an item is begun once, and goes on in place where it was suspended") {
    error e;
    std::vector<std::string_view> v;
    item_state<decltype(delimited<",">(bytes))> state;
    std::string_view const wire = "ab,c";
    input cut(wire.data(), wire.data() + 2, false, &e, {}, wire.data(), 0);
    CHECK(decode_item(delimited<",">(bytes), cut, state, v) == step::need_more);
    CHECK((state.within && state.index == 1 && v.size() == 1));
    input more(cut.at, wire.data() + 4, false, &e, {}, wire.data(), 0);
    CHECK(decode_item(delimited<",">(bytes), more, state, v) == step::done);
    CHECK((!state.within && state.index == 1 && v.size() == 1));
    CHECK(v[0] == "ab");
}

TEST_CASE("an item that fails is named by its index") {
    error e;
    std::vector<std::uint8_t> v;
    item_state<std::remove_cvref_t<decltype(u8)>> state;
    state.index = 4;
    input in(nullptr, nullptr, true, &e, {}, nullptr, 0);
    CHECK(decode_item(u8, in, state, v) == step::failed);
    CHECK((e.depth == 1 && !e.path[0].field && e.path[0].index == 4));
}

}  // namespace
