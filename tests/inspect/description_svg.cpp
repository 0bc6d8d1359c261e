#include "segue/inspect/description_svg.hpp"

#include "catch.hpp"
#include "clear_picture.hpp"
#include "grammar_of_all.hpp"
#include "segue/http1/http1.hpp"
#include "segue/json/json.hpp"
#include "segue/lines/lines.hpp"
#include "segue/netstring/netstring.hpp"
#include "segue/protocol/endpoint.hpp"
#include "segue/tlv/tlv.hpp"

using namespace segue;

namespace {

template <class... G>
description described(G const&... grammars) {
    description d;
    (grammars.describe(d), ...);
    return d;
}

}  // namespace

TEST_CASE("description_svg: in the picture of every grammar nothing overlaps") {
    for (description const& d : {described(all_of_it::grammar), described(tlv::grammar), described(netstring::grammar), described(json::grammar),
                                 described(lines::grammar, endpoint_states), described(http1::request_grammar, http1::request_states),
                                 described(http1::response_grammar, http1::response_states), described(endpoint_states), description{}})
        check_clear(picture_of(d, "a name"));
}

TEST_CASE("description_svg: the same description gives the same bytes") {
    CHECK(describe_svg(described(all_of_it::grammar), "x") == describe_svg(described(all_of_it::grammar), "x"));
}

TEST_CASE("description_svg: bytes are drawn as packets, text as railroads, protocols as states") {
    auto const has = [](description const& d, std::string_view what) {
        for (drawing::label const& l : picture_of(d, "x").labels)
            if (l.what.text == what) return true;
        return false;
    };
    CHECK(has(described(tlv::grammar), "31"));
    CHECK_FALSE(has(described(lines::grammar), "31"));
    CHECK(has(described(lines::grammar), "ends at its first delimiter"));
    CHECK(has(described(lines::grammar, endpoint_states), "states of an endpoint"));
    CHECK(has(described(http1::request_states), "states of a request"));
}
