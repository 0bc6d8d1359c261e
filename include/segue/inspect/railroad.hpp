// Rules as railroad diagrams: what can be read from left to right along the lines is what the rule allows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "segue/inspect/picture.hpp"
#include "segue/inspect/syntax.hpp"

namespace segue::drawing {

namespace detail {

// A piece of a diagram: entered on the left at (0, 0), left on the right at (width, 0).
struct track {
    picture drawn{};
    int width = 0, up = 0, down = 0;

    void line(std::vector<point> points, bool arrow = false) { drawn.lines.push_back({std::move(points), arrow}); }
};

class railroad_layout {
public:
    static constexpr int turn = 12;    // from a line to the one beside it
    static constexpr int gap = 12;     // between boxes, and between the ways of a choice
    static constexpr int widest = 760;

    track of(syntax::expression const& e) {
        using enum syntax::expression::form;
        switch (e.what) {
            case text: return boxed(wrapped(quoted_text(e.text), box_text, lettering::plain), outline::round);
            case set: return boxed(set_phrases(e.set), outline::round);
            case rule: return boxed(wrapped(e.text, box_text, lettering::plain), outline::sharp);
            case prose: return boxed(wrapped(e.text, box_text, lettering::plain), outline::broken);
            case sequence: return in_rows(e);
            case alternatives: return in_parallel(e);
            case repetition: return in_a_loop(e);
        }
        return {};
    }

private:
    static constexpr int box_text = 320;

    static std::vector<phrase> set_phrases(byte_set const& set) {
        if (set == byte_set::all()) return {{"any byte", lettering::plain}};
        bool const few_missing = (~set).size() <= 4;
        return wrapped(few_missing ? "any byte but " + set_text(~set) : set_text(set), box_text, lettering::plain);
    }
    static track boxed(std::vector<phrase> text, outline shape) {
        track result;
        box b = box::around(std::move(text), shape);
        result.width = b.where.width;
        result.up = b.where.height / 2;
        result.down = b.where.height - result.up;
        b.where.y = -result.up;
        result.drawn.boxes.push_back(std::move(b));
        return result;
    }

    // Rows as wide as a page; from the end of one to the begin of the next.
    track in_rows(syntax::expression const& e) {
        std::vector<track> rows(1);
        for (syntax::expression const& part : e.parts) {
            track const next = of(part);
            if (rows.back().width != 0 && rows.back().width + gap + next.width > widest) rows.emplace_back();
            append(rows.back(), next);
        }
        if (e.parts.empty()) {
            rows[0].width = gap;
            rows[0].line({{0, 0}, {gap, 0}});
        }
        return rows.size() == 1 ? std::move(rows[0]) : stacked(rows);
    }
    static void append(track& row, track const& next) {
        if (row.width != 0) {
            row.line({{row.width, 0}, {row.width + gap, 0}});
            row.width += gap;
        }
        row.drawn.add(next.drawn, row.width, 0);
        row.width += next.width;
        row.up = std::max(row.up, next.up);
        row.down = std::max(row.down, next.down);
    }
    static track stacked(std::vector<track> const& rows) {
        track result{.up = rows[0].up};
        int inner = 0;
        for (track const& row : rows) inner = std::max(inner, row.width);
        int const left = turn, back = 2 * turn + inner + turn, out = back + turn;
        int y = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            int const from = i == 0 ? 0 : left;
            int const start = 2 * turn;
            if (i == 0) result.line({{from, 0}, {start, 0}});
            result.drawn.add(rows[i].drawn, start, y);
            int const end = start + rows[i].width;
            if (i + 1 == rows.size()) {
                result.line({{end, y}, {out, y}, {out, 0}, {out + turn, 0}});
                result.down = y + rows[i].down;
            } else {
                int const between = y + rows[i].down + turn, next = between + turn + rows[i + 1].up;
                result.line({{end, y}, {back, y}, {back, between}, {left, between}, {left, next}, {start, next}});
                y = next;
            }
        }
        result.width = out + turn;
        return result;
    }

    track in_parallel(syntax::expression const& e) {
        std::vector<track> ways;
        int inner = 0;
        for (syntax::expression const& part : e.parts) {
            ways.push_back(of(part));
            inner = std::max(inner, ways.back().width);
        }
        track result{.width = inner + 4 * turn, .up = ways[0].up};
        int const begin = 2 * turn, end = begin + inner;
        int y = 0;
        for (std::size_t i = 0; i < ways.size(); ++i) {
            track const& way = ways[i];
            if (i != 0) y += gap + way.up;
            result.drawn.add(way.drawn, begin, y);
            if (i == 0) {
                result.line({{0, 0}, {begin, 0}});
                result.line({{begin + way.width, 0}, {result.width, 0}});
            } else {
                result.line({{0, 0}, {turn, 0}, {turn, y}, {begin, y}});
                result.line({{begin + way.width, y}, {end + turn, y}, {end + turn, 0}, {result.width, 0}});
            }
            y += way.down;
            result.down = y;
        }
        return result;
    }

    static std::string times(std::uint64_t least, std::uint64_t most) {
        if (most == unbounded) return least <= 1 ? "" : std::to_string(least) + " or more times";
        if (least == most) return std::to_string(least) + (least == 1 ? " time" : " times");
        return (least == 0 ? "at most " : std::to_string(least) + " to ") + std::to_string(most) + (most == 1 ? " time" : " times");
    }
    // Above it the way around it, below it the way back.
    track in_a_loop(syntax::expression const& e) {
        track const inner = of(e.parts[0]);
        bool const again = e.most > 1, around = e.least == 0;
        phrase const how_often{again ? times(e.least, e.most) : "", lettering::small};
        int const middle = std::max(inner.width, how_often.width());
        track result{.width = middle + 4 * turn, .up = inner.up, .down = inner.down};
        int const begin = 2 * turn + (middle - inner.width) / 2, end = begin + inner.width;
        int const left = turn, right = result.width - turn;
        result.drawn.add(inner.drawn, begin, 0);
        result.line({{0, 0}, {begin, 0}});
        result.line({{end, 0}, {result.width, 0}});
        if (around) {
            result.up += turn;
            result.line({{0, 0}, {left, 0}, {left, -result.up}, {right, -result.up}, {right, 0}, {result.width, 0}});
        }
        if (again) {
            result.down += turn;
            int const half = result.width / 2;
            result.line({{end, 0}, {right, 0}, {right, result.down}, {half - 4, result.down}}, true);
            result.line({{half, result.down}, {left, result.down}, {left, 0}, {begin, 0}});
            if (!how_often.text.empty()) {
                result.drawn.labels.push_back({half - how_often.width() / 2, result.down + 2, how_often});
                result.down += 2 + how_often.height();
            }
        }
        return result;
    }
};

}  // namespace detail

// A diagram for each rule, below its name and its notes.
inline picture railroad(syntax::rules const& all) {
    picture result;
    for (syntax::rule const& r : all) {
        result.write(0, {printable(r.name), lettering::plain});
        for (std::string const& note : r.notes)
            for (phrase& part : wrapped(note, detail::railroad_layout::widest, lettering::small)) result.write(0, std::move(part));
        detail::track const body = detail::railroad_layout().of(r.body);
        constexpr int lead = 24;
        picture one{.width = body.width + 2 * lead, .height = body.up + body.down + 20};
        int const y = body.up + 4;
        one.add(body.drawn, lead, y);
        one.dots.push_back({{5, y}});
        one.lines.push_back({{{5, y}, {lead, y}}});
        one.lines.push_back({{{lead + body.width, y}, {lead + body.width + lead, y}}, true});
        result.add_below(one);
        result.height += 12;
    }
    return result;
}

}  // namespace segue::drawing
