#include "segue/driver/reader.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;

struct greeting {
    BOOST_HANA_DEFINE_STRUCT(greeting, (std::string_view, name));
};
struct numbers {
    BOOST_HANA_DEFINE_STRUCT(numbers, (std::vector<std::uint8_t>, values));
};
inline constexpr auto hello = record<greeting>(literal<"hello ">, field<"name">(delimited<"\n">(bytes)));
inline constexpr auto data = record<numbers>(field<"values">(repeat_counted(u8, u8)));

TEST_CASE("a reader reads a different codec at each step, from any cut") {
    std::string const wire = "hello you\n\003abc";
    for (std::size_t cut = 0; cut <= wire.size(); ++cut) {
        reader<> in;
        greeting who;
        numbers what;
        state_of<decltype(hello)> greeting_state{};
        state_of<decltype(data)> data_state{};
        std::string name;
        bool greeted = false, done = false;
        for (std::string const& piece : {wire.substr(0, cut), wire.substr(cut)}) {
            if (greeted) in.feed(piece, what);
            else in.feed(piece, who);
            if (!greeted && in.read(hello, greeting_state, who) == kind::message) {
                greeted = true;
                name = who.name;
            }
            if (greeted && !done) done = in.read(data, data_state, what) == kind::message;
            if (greeted) in.keep(what);
        }
        CHECK(name == "you");
        CHECK(done);
        CHECK(what.values == std::vector<std::uint8_t>{'a', 'b', 'c'});
        CHECK(in.offset() == wire.size());
    }
}

TEST_CASE("prepared bytes stay where they are while a message is under way") {
    reader<> in;
    greeting who;
    state_of<decltype(hello)> state{};
    std::string const wire = "hello somebody\n";
    char const* place = nullptr;
    for (char c : wire) {
        std::span<char> const room = in.prepare(1, who);
        if (!place) place = room.data();
        room[0] = c;
        in.commit(1);
        if (in.read(hello, state, who) == kind::message) break;
    }
    CHECK(who.name == "somebody");
    CHECK(who.name.data() == place + 6);
}

}  // namespace
