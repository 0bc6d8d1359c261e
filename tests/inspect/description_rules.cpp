#include "segue/inspect/description_rules.hpp"

#include <algorithm>

#include "catch.hpp"
#include "grammar_of_all.hpp"

using namespace segue;

namespace {

template <class G>
syntax::rules rules_for(G const& grammar) {
    description d;
    grammar.describe(d);
    syntax::rules const all = rules_of(d, "all");
    // each name stands for one rule, and each rule is asked for
    for (syntax::rule const& r : all) {
        CAPTURE(r.name);
        CHECK(std::count_if(all.begin(), all.end(), [&](syntax::rule const& other) { return other.name == r.name; }) == 1);
        std::vector<std::string> names;
        collect_names(r.body, names);
        for (std::string const& name : names)
            CHECK(std::any_of(all.begin(), all.end(), [&](syntax::rule const& other) { return other.name == name; }));
        bool const used = std::any_of(all.begin(), all.end(), [&](syntax::rule const& other) {
            std::vector<std::string> asked;
            collect_names(other.body, asked);
            return std::find(asked.begin(), asked.end(), r.name) != asked.end();
        });
        CHECK((used || r.name == "all"));
    }
    return all;
}

}  // namespace

TEST_CASE("description_rules: every name is defined, once, and used") {
    CHECK(rules_for(all_of_it::grammar).size() > 15);
    CHECK(rules_for(streamed<1000>(u32_be)).size() == 4);
    CHECK(rules_for(padded<'\0'>(4, text)).size() == 6);
    CHECK(rules_for(rest(bytes)).size() == 1);
    CHECK(rules_for(separated<",">(length_prefixed(u8, length_prefixed(u8, text))).or_none()).size() > 5);
}

TEST_CASE("description_rules: a description of nothing, or of states only, has none") { CHECK(rules_of(description{}, "x").empty()); }

TEST_CASE("description_rules: characters between the values of a delimiter of one byte are known") {
    auto const one = rules_for(delimited<"\n">(bytes));
    CHECK(one[0].body == syntax::sequence({syntax::repeated(syntax::one_of(~byte_set::of("\n")), 0, unbounded), syntax::text("\n")}));
    auto const two = rules_for(delimited<"\r\n">(bytes));
    CHECK(two[0].notes[0] == "ends at its first delimiter");
}
