// A drawing as data: boxes with text in them, labels, and lines with right angles. Whole pixels, so that the same
// description gives the same picture everywhere, and tests can see that nothing overlaps.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/inspect/text.hpp"

namespace segue::drawing {

// A monospaced font: each character is as wide as the next, and no more than this.
enum class lettering : std::uint8_t { plain, small, heading };
constexpr int font_size(lettering l) { return l == lettering::small ? 11 : l == lettering::plain ? 13 : 16; }
constexpr int advance(lettering l) { return l == lettering::small ? 7 : l == lettering::plain ? 8 : 10; }
constexpr int line_height(lettering l) { return l == lettering::small ? 15 : l == lettering::plain ? 18 : 24; }

struct phrase {
    std::string text;  // printable ASCII
    lettering style = lettering::plain;

    int width() const { return advance(style) * static_cast<int>(text.size()); }
    int height() const { return line_height(style); }
};

struct area {
    int x = 0, y = 0, width = 0, height = 0;

    int right() const { return x + width; }
    int bottom() const { return y + height; }
    bool meets(area const& other) const { return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom(); }
    bool holds(area const& other) const {
        return x <= other.x && y <= other.y && other.right() <= right() && other.bottom() <= bottom();
    }
};

enum class outline : std::uint8_t {
    sharp,    // a field of fixed size, the name of a rule
    round,    // bytes as they are, a state
    broken,   // of variable size
    twofold,  // a state without a way out
};
struct box {
    area where;
    outline shape = outline::sharp;
    std::vector<phrase> text{};  // a line each, in the middle

    static constexpr int margin = 8;
    int text_height() const {
        int result = 0;
        for (phrase const& p : text) result += p.height();
        return result;
    }
    // A box that is as large as its text wants.
    static box around(std::vector<phrase> text, outline shape) {
        box result{.where = {}, .shape = shape, .text = std::move(text)};
        for (phrase const& p : result.text) result.where.width = std::max(result.where.width, p.width() + 2 * margin);
        result.where.height = result.text_height() + margin;
        return result;
    }
};
struct label {
    int x = 0, y = 0;  // of the upper left corner
    phrase what;

    area where() const { return {x, y, what.width(), what.height()}; }
};
struct point {
    int x = 0, y = 0;
};
struct line {
    std::vector<point> points;
    bool arrow = false;  // at its end
};
struct dot {
    point where;
};

struct picture {
    int width = 0, height = 0;
    std::vector<box> boxes{};
    std::vector<label> labels{};
    std::vector<line> lines{};
    std::vector<dot> dots{};

    void add(picture const& other, int dx, int dy) {
        for (box b : other.boxes) b.where.x += dx, b.where.y += dy, boxes.push_back(std::move(b));
        for (label l : other.labels) l.x += dx, l.y += dy, labels.push_back(std::move(l));
        for (line l : other.lines) {
            for (point& p : l.points) p.x += dx, p.y += dy;
            lines.push_back(std::move(l));
        }
        for (dot d : other.dots) dots.push_back({{d.where.x + dx, d.where.y + dy}});
    }
    // Below all that is there.
    void add_below(picture const& other) {
        add(other, 0, height);
        width = std::max(width, other.width);
        height += other.height;
    }
    void write(int x, phrase what) {
        labels.push_back({x, height, std::move(what)});
        width = std::max(width, x + labels.back().where().width);
        height += labels.back().where().height;
    }
};

// ASCII that can be printed, whatever the names are.
inline std::string printable(std::string_view text) {
    std::string result;
    for (char const c : text) result += c >= 0x20 && c < 0x7f ? std::string(1, c) : escaped_text({&c, 1});
    return result;
}
// Lines of no more than so many characters, broken between words where that is possible.
inline std::vector<phrase> wrapped(std::string_view text, int width, lettering style) {
    auto const columns = static_cast<std::size_t>(std::max(1, width / advance(style)));
    std::string left = printable(text);
    std::vector<phrase> result;
    while (left.size() > columns) {
        std::size_t const blank = left.rfind(' ', columns);
        std::size_t const end = blank == std::string::npos || blank == 0 ? columns : blank;
        result.push_back({left.substr(0, end), style});
        left.erase(0, end + (end == blank ? 1 : 0));
    }
    if (!left.empty()) result.push_back({left, style});
    return result;
}

}  // namespace segue::drawing
