#include "segue/driver/reader.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

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

// As hello, and line feeds between two messages mean nothing.
struct spaced_t : decltype(hello) {
    static constexpr byte_set between = byte_set::of("\n");
};
inline constexpr spaced_t spaced{hello};

TEST_CASE("what means nothing between two messages is neither a message nor the beginning of one") {
    CHECK(testing::cuts_change_nothing<spaced>("\n\nhello you\n\n\nhello me\n\n") == "");
    CHECK(testing::cuts_change_nothing<spaced>("\nhello\n") == "");
    testing::player<spaced> run;
    run.give("\nhello you\n\nhello me\n\n\n");
    testing::said const end = run.close();
    CHECK(end.messages == 2);
    CHECK(end.last == kind::end);
    CHECK(end.offset == 23);
    CHECK(decode(spaced, "hello you\n\n")->name == "you");
}

}  // namespace
