#include "segue/inspect/state_diagram.hpp"

#include <random>

#include "catch.hpp"
#include "clear_picture.hpp"
#include "segue/protocol/endpoint.hpp"

using namespace segue;

namespace {

void check_states(drawing::picture const& drawn) {
    check_clear(drawn);
    std::vector<std::pair<std::size_t, stroke>> all;
    for (std::size_t i = 0; i < drawn.lines.size(); ++i)
        for (stroke const& s : strokes(drawn.lines[i])) all.emplace_back(i, s);
    std::size_t together = 0;
    for (auto const& a : all)
        for (auto const& b : all) together += a.first < b.first && a.second.lies_along(b.second);
    CHECK(together == 0);
}

}  // namespace

TEST_CASE("state_diagram: no arrow runs along another, through a state or a label, whatever the table") {
    static constexpr std::string_view names[] = {"idle", "a much longer state", "b", "closing", "closed", "x", "y"};
    static constexpr std::string_view inputs[] = {"go", "an input of some length", "stop", "e", "error"};
    for (std::uint32_t seed = 0; seed < 300; ++seed) {
        std::mt19937 random(seed);
        std::size_t const states = 1 + random() % std::size(names);
        description d;
        d.add({.what = shape::table, .name = "random"});
        for (std::size_t n = 1 + random() % 20; n-- > 0;)
            d.add_child(0, {.what = shape::transition, .name = names[random() % states], .bytes = inputs[random() % std::size(inputs)], .to = names[random() % states]});
        CAPTURE(seed);
        check_states(drawing::state_diagram(d, 0));
    }
}

TEST_CASE("state_diagram: an endpoint's life: states in their order, one arrow for inputs with the same effect") {
    description d;
    endpoint_states.describe(d);
    drawing::picture const drawn = drawing::state_diagram(d, 0);
    check_states(drawn);
    std::vector<std::string> states, inputs;
    for (drawing::box const& b : drawn.boxes) states.push_back(b.text[0].text);
    for (drawing::label const& l : drawn.labels) inputs.push_back(l.what.text);
    CHECK(states == std::vector<std::string>{"open", "proposing", "failed", "closed", "aborted"});
    CHECK(inputs == std::vector<std::string>{"propose", "hand over, close", "fail", "abort", "refuse", "hand over, close", "fail", "abort", "close", "abort", "abort"});
    for (drawing::box const& b : drawn.boxes) CHECK((b.shape == drawing::outline::twofold) == (b.text[0].text == "aborted"));
    CHECK(drawn.lines.size() == inputs.size() + 1);
}
