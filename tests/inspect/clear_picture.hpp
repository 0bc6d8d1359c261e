// What makes a picture readable, as a check of its numbers: nothing overlaps, text stays in its box, lines pass nothing.
#pragma once

#include <algorithm>

#include "catch.hpp"
#include "segue/inspect/picture.hpp"

// The part of a line between two of its points.
struct stroke {
    segue::drawing::point from, to;

    bool level() const { return from.y == to.y; }
    int left() const { return std::min(from.x, to.x); }
    int right() const { return std::max(from.x, to.x); }
    int top() const { return std::min(from.y, to.y); }
    int bottom() const { return std::max(from.y, to.y); }
    bool enters(segue::drawing::area const& a) const {
        return right() > a.x && left() < a.right() && bottom() > a.y && top() < a.bottom();
    }
    bool lies_along(stroke const& other) const {
        if (level() != other.level()) return false;
        if (level()) return from.y == other.from.y && left() < other.right() && other.left() < right();
        return from.x == other.from.x && top() < other.bottom() && other.top() < bottom();
    }
};
inline std::vector<stroke> strokes(segue::drawing::line const& l) {
    std::vector<stroke> result;
    for (std::size_t i = 1; i < l.points.size(); ++i) result.push_back({l.points[i - 1], l.points[i]});
    return result;
}

inline void check_clear(segue::drawing::picture const& drawn) {
    using namespace segue::drawing;
    area const all{0, 0, drawn.width, drawn.height};
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < drawn.boxes.size(); ++i) {
        box const& b = drawn.boxes[i];
        wrong += !all.holds(b.where);
        wrong += b.text_height() > b.where.height;
        for (phrase const& p : b.text) wrong += p.width() + box::margin > b.where.width;
        for (std::size_t k = 0; k < i; ++k) wrong += b.where.meets(drawn.boxes[k].where);
    }
    CHECK(wrong == 0);
    for (std::size_t i = 0; i < drawn.labels.size(); ++i) {
        area const where = drawn.labels[i].where();
        wrong += !all.holds(where);
        for (box const& b : drawn.boxes) wrong += where.meets(b.where);
        for (std::size_t k = 0; k < i; ++k) wrong += where.meets(drawn.labels[k].where());
    }
    CHECK(wrong == 0);
    for (line const& l : drawn.lines)
        for (stroke const& s : strokes(l)) {
            wrong += s.from.x != s.to.x && s.from.y != s.to.y;
            wrong += s.left() < 0 || s.top() < 0 || s.right() > drawn.width || s.bottom() > drawn.height;
            for (box const& b : drawn.boxes) wrong += s.enters(b.where);
            for (label const& t : drawn.labels) wrong += s.enters(t.where());
        }
    CHECK(wrong == 0);
}
