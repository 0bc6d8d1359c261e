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

TEST_CASE("of a message whose length is known no byte of the next one is copied") {
    struct framed {
        BOOST_HANA_DEFINE_STRUCT(framed, (std::string_view, payload));
    };
    static constexpr auto frame = record<framed>(field<"payload">(length_prefixed(u16_be, bytes)));
    std::string stream;
    for (char c : {'a', 'b', 'c'}) stream += std::string("\x10\x00", 2) + std::string(4096, c);
    reader<> in;
    framed v;
    state_of<decltype(frame)> stored{};
    in.feed(std::string_view(stream).substr(0, 4090), v);
    REQUIRE(in.read(frame, stored, v) == kind::need);
    CHECK(in.minimum() == 8);
    in.feed(std::string_view(stream).substr(4090), v);
    REQUIRE(in.read(frame, stored, v) == kind::message);
    CHECK(v.payload == std::string(4096, 'a'));
    CHECK(in.heap() == 4098);
    CHECK(in.read(frame, stored, v) == kind::message);
    CHECK(v.payload.data() == stream.data() + 4098 + 2);
    CHECK(in.read(frame, stored, v) == kind::message);
    CHECK(v.payload == std::string(4096, 'c'));
}

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

// As many bytes as the first one says; the rest of them are the reader's to hand out. Counts how often it is woken.
struct counted_bytes {
    struct state {
        std::uint64_t left = 0;
        bool begun = false;
    };
    static constexpr bool streaming = true;
    static inline int woken = 0;
    static inline std::uint64_t given_back = 0;

    template <class In>
    step decode(In& in, state& s, streamed_bytes& v) const {
        ++woken;
        given_back = in.owed;
        s.left += std::exchange(in.owed, 0);
        if (!s.begun) {
            if (in.left() == 0) return in.want(1);
            v.size = s.left = static_cast<unsigned char>(*in.at++);
            s.begun = true;
        }
        if (s.left == 0) return step::done;
        if (in.left() == 0) return in.want(1);
        return hand_out(in, s.left, v);
    }
    step encode(streamed_bytes, output&) const { return step::done; }
    constexpr size_bound bounds(limits = {}) const { return {1, 256}; }
    constexpr void describe(description& d) const { d.add({.what = shape::opaque, .size = bounds()}); }
};

TEST_CASE("what a codec owes of a piece is handed out without waking it") {
    reader<limits{.message = 8}> in;
    streamed_bytes v;
    counted_bytes::state state{};
    auto const read = [&] { return in.read(counted_bytes{}, state, v); };
    auto const told = [&](std::string_view piece) { return read() == kind::part && in.piece() == piece; };
    counted_bytes::woken = 0;
    in.feed("\012ab", v);
    CHECK(told("ab"));
    CHECK(read() == kind::need);
    in.feed("cde", v);
    CHECK(told("cde"));
    CHECK(read() == kind::need);
    CHECK(in.minimum() == 1);
    in.feed("fghij\002", v);
    CHECK(told("fghij"));
    CHECK(counted_bytes::woken == 1);
    CHECK(read() == kind::message);
    CHECK(counted_bytes::woken == 2);
    CHECK(in.offset() == 11);

    // the next one: what has not come when the input ends is told to the codec, which alone knows what that means
    CHECK(read() == kind::need);
    in.feed("a", v);
    CHECK(told("a"));
    in.close();
    CHECK(read() == kind::failed);
    CHECK(counted_bytes::given_back == 1);
    CHECK(in.error().code == errc::truncated);
    CHECK(in.error().offset == 13);
}

TEST_CASE("who leaves in the middle of a piece, or fails there, owes nothing any more") {
    for (bool const leaves : {false, true}) {
        reader<> in;
        streamed_bytes v;
        counted_bytes::state state{};
        in.feed("\012ab", v);
        CHECK(in.read(counted_bytes{}, state, v) == kind::part);
        if (leaves) in.leave();
        else in.poison(errc::timed_out);
        state = {};
        in.feed("\002xyz", v);
        CHECK(in.read(counted_bytes{}, state, v) == (leaves ? kind::part : kind::failed));
        if (leaves) CHECK(in.piece() == "xy");
        else CHECK(in.error().code == errc::timed_out);
    }
}

}  // namespace
