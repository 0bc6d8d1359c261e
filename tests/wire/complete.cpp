#include "segue/wire/complete.hpp"

#include <string>

#include "catch.hpp"

namespace {

using namespace segue;

// The last byte becomes the number of bytes.
constexpr step put_counted(output& out, std::string_view content) {
    return encode_complete(
        out,
        [&](output& to) {
            if (step const r = to.put(content); r != step::done) return r;
            return to.put("?");
        },
        [](char* first, char* last) {
            last[-1] = static_cast<char>('0' + (last - first));
            return step::done;
        });
}

TEST_CASE("bytes are finished in a span, in a list of pieces and under a guard, and only counted in a counter") {
    error e;
    char room[4];
    output span(e, room, room + sizeof room);
    CHECK(put_counted(span, "abc") == step::done);
    CHECK(std::string(room, 4) == "abc4");
    CHECK(put_counted(span, "") == step::failed);
    CHECK(e.code == errc::no_room);

    gather_list list;
    output pieces(e, list);
    CHECK(put_counted(pieces, "ab") == step::done);
    CHECK(std::string(list.pieces()[0]) == "ab3");

    output counter(e);
    CHECK(put_counted(counter, "ab") == step::done);
    CHECK(counter.written() == 3);

    output watched(e);
    guard digit("3", nullptr);
    watched.watch(digit);
    CHECK(put_counted(watched, "ab") == step::done);
    CHECK(digit.complete_at() == 3);
}

}  // namespace
