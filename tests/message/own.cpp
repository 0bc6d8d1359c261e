#include "segue/message/own.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/render.hpp"

namespace {

using namespace segue;

struct header {
    BOOST_HANA_DEFINE_STRUCT(header, (std::string_view, name), (std::span<char const>, value));
};
struct head {
    BOOST_HANA_DEFINE_STRUCT(head, (std::string, method), (std::vector<header>, headers), (std::optional<std::string_view>, note), (std::variant<int, std::string_view>, either), (std::uint8_t, n));
};

TEST_CASE("an owned message says the same when its bytes are gone, wherever it is moved") {
    std::string wire = "name:value;note";
    std::string_view const all = wire;
    head m{"GET", {{all.substr(0, 4), {wire.data() + 5, 5}}, {"", {}}}, all.substr(11), all.substr(0, 4), 7};
    std::string const said = testing::render(m);
    owned<head> kept = own(m);
    wire.assign(wire.size(), 'x');
    m = {};
    CHECK(testing::render(*kept) == said);
    owned<head> const moved = std::move(kept);
    CHECK(testing::render(*moved) == said);
    CHECK(moved->note == "note");
}

TEST_CASE("a message of a decoder is owned before the next one takes its place") {
    struct line {
        BOOST_HANA_DEFINE_STRUCT(line, (std::string_view, text));
    };
    static constexpr auto lines = record<line>(field<"text">(delimited<"\n">(bytes)));
    decoder<lines> in;
    std::vector<owned<line>> kept;
    for (std::string const& piece : {std::string("on"), std::string("e\ntwo\nth"), std::string("ree\n")})
        for (auto const& l : in.messages(piece)) kept.push_back(own(l));
    REQUIRE(kept.size() == 3);
    CHECK(kept[0]->text == "one");
    CHECK(kept[1]->text == "two");
    CHECK(kept[2]->text == "three");
}

}  // namespace
