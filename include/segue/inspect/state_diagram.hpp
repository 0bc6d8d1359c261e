// A table of states as a diagram: the states in a row, what leads on above them, what leads back below.
//
// Each transition has a track of its own, inner ones nearer to the states; its label stands between two states, where
// nothing else passes, so nothing overlaps whatever the table.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "segue/core/description.hpp"
#include "segue/inspect/picture.hpp"

namespace segue::drawing {

namespace detail {

class state_layout {
public:
    state_layout(description const& d, std::size_t table) {
        d.children(table, [&](std::size_t i) { find_or_add(d.nodes()[i].name); });
        d.children(table, [&](std::size_t i) {
            node const& n = d.nodes()[i];
            add(find_or_add(n.name), find_or_add(n.to), printable(n.bytes));
        });
    }

    picture draw() {
        place_states();
        for (bool const above : {true, false}) assign_tracks(above);
        int top = 0, bottom = 0;
        for (edge const& e : edges_) (e.above() ? top : bottom) = std::max(e.above() ? top : bottom, e.track + 1);
        int const y = top * track_height + 12;
        for (state const& s : states_) {
            area const where{s.x, y, s.width, state_height};
            drawn_.boxes.push_back({where, s.is_final ? outline::twofold : outline::round, {{s.name, lettering::plain}}});
        }
        drawn_.dots.push_back({{5, y + state_height / 2}});
        drawn_.lines.push_back({{{5, y + state_height / 2}, {states_[0].x, y + state_height / 2}}, true});
        for (edge const& e : edges_) draw(e, y);
        drawn_.width = states_.back().x + states_.back().width;
        drawn_.height = y + state_height + bottom * track_height + 8;
        return std::move(drawn_);
    }

private:
    static constexpr int state_height = 40, track_height = 24, port = 16, lead = 40;
    struct state {
        std::string name;
        int x = 0, width = 0;
        bool is_final = true;
    };
    struct edge {
        std::size_t from, to;
        std::string on;
        int begin = 0, end = 0;  // x of its two ports
        int track = 0;

        bool above() const { return from <= to; }
        bool loops() const { return from == to; }
        std::size_t reach() const { return above() ? to - from : from - to; }
        int label_width() const { return phrase{on, lettering::small}.width(); }
        int left() const { return std::min(begin, end); }
        int right() const { return std::max(begin, end); }
    };

    std::size_t find_or_add(std::string_view raw) {
        std::string const name = printable(raw);
        for (std::size_t i = 0; i < states_.size(); ++i)
            if (states_[i].name == name) return i;
        states_.push_back({.name = name});
        return states_.size() - 1;
    }
    // Inputs with the same effect share an arrow.
    void add(std::size_t from, std::size_t to, std::string const& on) {
        if (from != to) states_[from].is_final = false;
        for (edge& e : edges_)
            if (e.from == from && e.to == to) return void(e.on += ", " + on);
        edges_.push_back({.from = from, .to = to, .on = on});
    }

    // The ports of one side of a state from left to right, so that arcs which share a state lie within each other.
    std::vector<edge*> ports(std::size_t of, bool above) {
        std::vector<edge*> in, loops, out;
        for (edge& e : edges_) {
            if (e.above() != above) continue;
            if (e.loops() && e.from == of) loops.push_back(&e);
            else if (e.to == of) in.push_back(&e);
            else if (e.from == of) out.push_back(&e);
        }
        auto const shorter = [](edge const* a, edge const* b) { return a->reach() != b->reach() ? a->reach() < b->reach() : a < b; };
        auto const longer = [](edge const* a, edge const* b) { return a->reach() != b->reach() ? a->reach() > b->reach() : a < b; };
        std::vector<edge*>& first = above ? in : out;
        std::vector<edge*>& last = above ? out : in;
        std::sort(first.begin(), first.end(), shorter);
        std::sort(last.begin(), last.end(), longer);
        first.insert(first.end(), loops.begin(), loops.end());
        first.insert(first.end(), last.begin(), last.end());
        return first;
    }
    static int room_for(std::vector<edge*> const& ports) {
        int result = port;
        for (edge const* e : ports) result += port + (e->loops() ? std::max(port, e->label_width() + port) : 0);
        return result;
    }
    static void place(std::vector<edge*> const& ports, std::size_t state_index, int x, int width) {
        x += (width - room_for(ports)) / 2 + port;
        for (edge* e : ports) {
            (e->from == state_index ? e->begin : e->end) = x;
            if (e->loops()) e->end = x + std::max(port, e->label_width() + port), x = e->end;
            x += port;
        }
    }
    void place_states() {
        int x = lead;
        for (std::size_t i = 0; i < states_.size(); ++i) {
            state& s = states_[i];
            auto const above = ports(i, true), below = ports(i, false);
            s.x = x;
            s.width = std::max({phrase{s.name}.width() + 2 * box::margin + 8, room_for(above), room_for(below)});
            place(above, i, s.x, s.width);
            place(below, i, s.x, s.width);
            x += s.width + gap_behind(i);
        }
    }
    int gap_behind(std::size_t i) const {
        int result = 32;
        for (edge const& e : edges_)
            if (!e.loops() && label_gap(e) == i) result = std::max(result, e.label_width() + 16);
        return result;
    }
    // A label stands in the first gap of its way.
    static std::size_t label_gap(edge const& e) { return e.above() ? e.from : e.from - 1; }

    void assign_tracks(bool above) {
        std::vector<edge*> order;
        for (edge& e : edges_)
            if (e.above() == above) order.push_back(&e);
        std::sort(order.begin(), order.end(), [](edge const* a, edge const* b) {
            int const one = a->right() - a->left(), other = b->right() - b->left();
            return one != other ? one < other : a < b;
        });
        for (std::size_t i = 0; i < order.size(); ++i)
            for (std::size_t k = 0; k < i; ++k)
                if (order[k]->left() <= order[i]->right() && order[i]->left() <= order[k]->right())
                    order[i]->track = std::max(order[i]->track, order[k]->track + 1);
    }

    void draw(edge const& e, int top) {
        int const side = e.above() ? top : top + state_height;
        int const y = e.above() ? top - (e.track + 1) * track_height + 6 : side + (e.track + 1) * track_height;
        drawn_.lines.push_back({{{e.begin, side}, {e.begin, y}, {e.end, y}, {e.end, side}}, true});
        phrase const on{e.on, lettering::small};
        int middle = (e.begin + e.end) / 2;
        if (!e.loops()) {
            state const& before = states_[label_gap(e)];
            middle = (before.x + before.width + states_[label_gap(e) + 1].x) / 2;
        }
        drawn_.labels.push_back({middle - on.width() / 2, y - on.height() - 1, on});
    }

    std::vector<state> states_;
    std::vector<edge> edges_;
    picture drawn_;
};

}  // namespace detail

// The table is the node of that index.
inline picture state_diagram(description const& d, std::size_t table) { return detail::state_layout(d, table).draw(); }

}  // namespace segue::drawing
