#include "segue/resp/resp.hpp"

#include <algorithm>

#include "../allocations.hpp"
#include "catch.hpp"
#include "resp_samples.hpp"
#include "segue/testing/interleave.hpp"
#include "segue/testing/vectors.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
using resp::type;

constexpr auto& folder = SEGUE_SOURCE_DIR "/grammars/resp/vectors/";

TEST_CASE("resp: every vector holds, at every cut and both ways, as views and as owners") {
    CHECK(holds_for_vectors<resp::grammar>(std::string(folder) + "values.tsv") == "");
    CHECK(holds_for_vectors<resp::owned_grammar>(std::string(folder) + "values.tsv") == "");
    CHECK(holds_for_vectors<resp::request_grammar>(std::string(folder) + "requests.tsv") == "");
}

TEST_CASE("resp: random messages and random values keep the laws") {
    CHECK(holds_for_random_wire<resp::grammar>(40) == "");
    CHECK(holds_for_random_wire<resp::command_grammar>(20) == "");
    CHECK(holds_for_random_wire<resp::request_grammar>(20) == "");
    CHECK(holds_for_random_values<resp::grammar>(40) == "");
    CHECK(holds_for_random_values<resp::owned_grammar>(20) == "");
    CHECK(holds_for_random_values<resp::owned_command_grammar>(20) == "");
}

TEST_CASE("resp: random bytes give the same answer at every cut") {
    random_source random(1);
    std::string broken;
    for (int i = 0; i < 300; ++i) {
        std::string wire;
        for (std::size_t n = random() % 12; n != 0; --n) {
            constexpr std::string_view parts[] = {"$", "*", ":", "+", "1", "0", "\r\n", "\r", "\n", "?", ";", ".", "-1", "%", "_\r\n", "|1\r\n", "*2\r\n", "$?\r\n;", "ab", "2"};
            wire += parts[random() % std::size(parts)];
        }
        broken += cuts_change_nothing<resp::grammar>(wire, 4);
        broken += cuts_change_nothing<resp::request_grammar>(wire, 4);
    }
    CHECK(broken == "");
}

TEST_CASE("resp: what could not be read back is not written") {
    using resp::value;
    CHECK(is_refused(resp::grammar, value::make<type::simple_string>("a\r\n+b"), errc::mismatch) == "");
    CHECK(is_refused(resp::grammar, value::make<type::simple_error>("a\nb"), errc::mismatch) == "");
    CHECK(is_refused(resp::grammar, value::make<type::simple_error>("a\r"), errc::mismatch) == "");
    CHECK(is_refused(resp::grammar, value::make<type::double_>("1\r\n+OK"), errc::requirement) == "");
    CHECK(is_refused(resp::grammar, value::make<type::double_>(""), errc::requirement) == "");
    CHECK(is_refused(resp::grammar, value::make<type::big_number>("1e5"), errc::requirement) == "");
    CHECK(is_refused(resp::grammar, value::make<type::verbatim_string>(resp::basic_verbatim<std::string_view>{"text", "a"}), errc::wrong_size) == "");
    CHECK(is_refused(resp::grammar, value::make<type::streamed_string>(std::vector<std::string_view>{"a", ""}), errc::out_of_range) == "");
    CHECK(is_refused(resp::grammar, value::make<type::attributed>(), errc::wrong_size) == "");
    CHECK(is_refused(resp::request_grammar, resp::request{resp::request::any(std::in_place_index<1>, "*1")}, errc::contradiction) == "");
    CHECK(is_refused(resp::request_grammar, resp::request{resp::request::any(std::in_place_index<1>, "PING\r\nQUIT")}, errc::mismatch) == "");
}

TEST_CASE("resp: a value is the same whatever the one before it was, and costs no memory where that was as large") {
    random_source random(2);
    std::string all;
    std::vector<std::string> wires;
    for (int i = 0; i < 200; ++i) {
        std::string& wire = wires.emplace_back();
        REQUIRE(encode(resp::grammar, sample<resp::value>::make(random), wire));
        all += wire;
    }
    for (std::size_t const size : {all.size(), std::size_t{1000}, std::size_t{7}}) {
        decoder<resp::grammar> in;
        std::size_t i = 0;
        for (std::string_view left = all; !left.empty(); left.remove_prefix(std::min(size, left.size())))
            for (auto const& one : in.messages(left.substr(0, size))) CHECK(render(one) == render(*decode(resp::grammar, wires[i++])));
        CHECK(i == wires.size());
    }
    decoder<resp::grammar> in;
    std::size_t before = 0;
    for (int i = 0; i < 5; ++i) {
        for (std::string_view const wire : {"+OK\r\n", "*3\r\n:1\r\n$1\r\na\r\n_\r\n", ":3\r\n", "~1\r\n+a\r\n"}) {
            in.feed(wire);
            CHECK(in.next().kind() == kind::message);
        }
        if (i == 0) before = allocations_so_far();
    }
    CHECK(allocations_so_far() == before);
}

std::string nested(std::size_t levels) {
    std::string wire;
    for (std::size_t i = 1; i < levels; ++i) wire += "*1\r\n";
    return wire + ":1\r\n";
}

TEST_CASE("resp: a value nests as deep as the limit, however it was cut, and attributes count") {
    CHECK(holds_for_wire<resp::grammar>(nested(32)) == "");
    CHECK(fails<resp::grammar>(nested(33), errc::too_deep, 128) == "");
    std::string attributes;
    for (int i = 0; i < 100; ++i) attributes += "|0\r\n";
    CHECK(fails<resp::grammar>(attributes, errc::too_deep, 128) == "");
}

inline constexpr limits small{.message = 60, .element = 8, .items = 3};

TEST_CASE("resp: limits hold at exactly their size, and a hostile length costs nothing") {
    CHECK(holds_for_wire<resp::grammar, small>("$8\r\n12345678\r\n") == "");
    CHECK(cuts_change_nothing<resp::grammar, small>("$9\r\n123456789\r\n") == "");
    CHECK(decode<small>(resp::grammar, "$9\r\n").error().code == errc::too_long);
    CHECK(holds_for_wire<resp::grammar, small>("*3\r\n:1\r\n:2\r\n:3\r\n") == "");
    CHECK(decode<small>(resp::grammar, "*4\r\n").error().code == errc::too_many);
    CHECK(cuts_change_nothing<resp::grammar, small>("*?\r\n:1\r\n:2\r\n:3\r\n:4\r\n") == "");
    decoder<resp::grammar, resp::as_redis> in;
    in.feed("*1048576\r\n");
    std::size_t const before = bytes_allocated();
    auto const answer = in.next().kind();
    std::size_t const after = bytes_allocated();
    CHECK(answer == kind::need);
    CHECK(after - before < 1280);  // what is kept of the head, the state of two levels, and the place of the first item
}

TEST_CASE("resp: replies without items and commands read again allocate nothing") {
    decoder<resp::grammar> replies;
    decoder<resp::command_grammar> commands;
    std::string_view const answers = "+OK\r\n:1\r\n$5\r\nhello\r\n$-1\r\n-ERR no\r\n";
    std::string_view const asked = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n";
    for (auto const& one : commands.messages(asked)) CHECK(one.arguments.size() >= 2);
    std::size_t const before = allocations_so_far();
    std::size_t n = 0;
    for (auto const& one : replies.messages(answers)) n += one.is.index() < 6;
    for (auto const& one : commands.messages(asked)) n += one.arguments.size() >= 2;
    std::size_t const after = allocations_so_far();
    CHECK(n == 7);
    CHECK(after == before);
}

TEST_CASE("resp: a value is asked by its type") {
    auto const v = decode(resp::owned_grammar, "*3\r\n+OK\r\n:7\r\n=7\r\ntxt:abc\r\n");
    REQUIRE(v);
    REQUIRE(v->items().size() == 3);
    CHECK(v->items()[0].text() == "OK");
    CHECK(*v->items()[1].get<type::integer>() == 7);
    CHECK(v->items()[1].get<type::simple_string>() == nullptr);
    CHECK(v->items()[2].text() == "abc");
    CHECK(v->items()[0].items().empty());
    CHECK(decode(resp::grammar, "-ERR\r\n")->is_error());
    for (auto wire : {"_\r\n", "$-1\r\n", "*-1\r\n"}) CHECK(decode(resp::grammar, wire)->is_null());
    auto const kept = own(*decode(resp::grammar, "%1\r\n+a\r\n$1\r\nb\r\n"));
    CHECK((*kept->get<type::map>())[0].value.text() == "b");
}

TEST_CASE("resp: an inline command is split as a server splits it") {
    using words = std::vector<std::string>;
    CHECK(resp::inline_words("SET  k\tv ") == words{"SET", "k", "v"});
    CHECK(resp::inline_words("  ") == words{});
    CHECK(resp::inline_words(R"(SET k "a b\x00\n\q\"" 'it\'s \n' "")") == words{"SET", "k", std::string("a b\0\nq\"", 7), "it's \\n", ""});
    CHECK(resp::inline_words(R"(a"b c")") == words{"ab c"});
    CHECK(resp::inline_words(R"("\xg1")") == words{"xg1"});
    for (auto bad : {R"("a)", R"('a)", R"("a"b)", R"('a'b)", R"("a\)"}) CHECK(!resp::inline_words(bad));
}

TEST_CASE("resp: a state is small") {
    static_assert(sizeof(state_of<decltype(resp::command_grammar)>) <= 40);
    static_assert(sizeof(state_of<decltype(resp::grammar)>) == 1);
    static_assert(sizeof(state_of<decltype(resp::form<std::string_view>)>) <= 40);
    CHECK(sizeof(resp::value) <= 56);
}

}  // namespace
