// A picture as SVG 1.1: no script, no font but what is there, readable on light and on dark.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include "segue/inspect/picture.hpp"

namespace segue::drawing {

namespace detail {

inline std::string escaped_xml(std::string_view text) {
    std::string result;
    for (char const c : printable(text)) {
        if (c == '&') result += "&amp;";
        else if (c == '<') result += "&lt;";
        else if (c == '>') result += "&gt;";
        else if (c == '"') result += "&quot;";
        else result += c;
    }
    return result;
}

class svg_writer {
public:
    static constexpr int border = 16;

    std::string write(picture const& all, std::string_view title) {
        std::string const width = std::to_string(all.width + 2 * border), height = std::to_string(all.height + 2 * border);
        out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height + "\" viewBox=\"0 0 " + width +
               ' ' + height + "\" role=\"img\">\n<title>" + escaped_xml(title) + "</title>\n" + std::string(style);
        out_ += "<rect class=\"paper\" width=\"" + width + "\" height=\"" + height + "\"/>\n";
        for (line const& l : all.lines) draw(l);
        for (dot const& d : all.dots)
            out_ += "<circle class=\"ink\" cx=\"" + at(d.where.x) + "\" cy=\"" + at(d.where.y) + "\" r=\"5\"/>\n";
        for (box const& b : all.boxes) draw(b);
        for (label const& l : all.labels) draw(l.what, l.x, l.y, false);
        return std::move(out_) + "</svg>\n";
    }

private:
    static constexpr std::string_view style =
        "<style>\n"
        "text{font-family:ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;font-size:13px;fill:#1f2328;white-space:pre}\n"
        ".small{font-size:11px;fill:#59636e}.heading{font-size:16px;font-weight:bold}.middle{text-anchor:middle}\n"
        ".paper{fill:#ffffff}.line{fill:none;stroke:#59636e;stroke-width:1.5}.ink{fill:#59636e}\n"
        ".box{stroke:#59636e;stroke-width:1.5}.sharp{fill:#ddf4ff}.round,.twofold{fill:#dafbe1}.broken{fill:#fff8c5;stroke-dasharray:6 3}\n"
        ".inner{fill:none}\n"
        "@media (prefers-color-scheme:dark){\n"
        "text{fill:#f0f6fc}.small{fill:#9198a1}.paper{fill:#0d1117}.line,.box{stroke:#9198a1}.ink{fill:#9198a1}\n"
        ".sharp{fill:#132d4a}.round,.twofold{fill:#12341f}.broken{fill:#3a2d06}.inner{fill:none}\n"
        "}\n"
        "</style>\n";

    static std::string at(int pixels) { return std::to_string(pixels + border); }

    void draw(phrase const& p, int x, int top, bool middle) {
        std::string names = p.style == lettering::small ? "small" : p.style == lettering::heading ? "heading" : "";
        if (middle) names += names.empty() ? "middle" : " middle";
        int const baseline = top + (p.height() + font_size(p.style)) / 2 - 2;
        out_ += "<text" + (names.empty() ? "" : " class=\"" + names + '"') + " x=\"" + at(x) + "\" y=\"" + at(baseline) + "\">" +
                escaped_xml(p.text) + "</text>\n";
    }
    void rectangle(area const& a, std::string_view names, int radius) {
        out_ += "<rect class=\"" + std::string(names) + "\" x=\"" + at(a.x) + "\" y=\"" + at(a.y) + "\" width=\"" + std::to_string(a.width) +
                "\" height=\"" + std::to_string(a.height) + (radius == 0 ? "" : "\" rx=\"" + std::to_string(radius)) + "\"/>\n";
    }
    void draw(box const& b) {
        bool const round = b.shape == outline::round || b.shape == outline::twofold;
        static constexpr std::string_view names[]{"box sharp", "box round", "box broken", "box twofold"};
        rectangle(b.where, names[static_cast<std::size_t>(b.shape)], round ? 10 : 0);
        if (b.shape == outline::twofold)
            rectangle({b.where.x + 3, b.where.y + 3, b.where.width - 6, b.where.height - 6}, "box inner", 7);
        int top = b.where.y + (b.where.height - b.text_height()) / 2;
        for (phrase const& p : b.text) {
            draw(p, b.where.x + b.where.width / 2, top, true);
            top += p.height();
        }
    }

    static int sign(int n) { return n < 0 ? -1 : n > 0; }
    static std::string pair(int x, int y) { return at(x) + ' ' + at(y); }
    // Corners are rounded as far as both of their sides allow.
    void draw(line const& l) {
        std::string path = "M" + pair(l.points[0].x, l.points[0].y);
        for (std::size_t i = 1; i < l.points.size(); ++i) {
            point const& from = l.points[i - 1];
            point const& to = l.points[i];
            if (i + 1 == l.points.size()) {
                path += " L" + pair(to.x, to.y);
                break;
            }
            point const& next = l.points[i + 1];
            int const before = std::abs(to.x - from.x) + std::abs(to.y - from.y);
            int const after = std::abs(next.x - to.x) + std::abs(next.y - to.y);
            int const r = std::min({8, before / 2, after / 2});
            path += " L" + pair(to.x - r * sign(to.x - from.x), to.y - r * sign(to.y - from.y)) + " Q" + pair(to.x, to.y) + ' ' +
                    pair(to.x + r * sign(next.x - to.x), to.y + r * sign(next.y - to.y));
        }
        out_ += "<path class=\"line\" d=\"" + path + "\"/>\n";
        if (l.arrow) arrow(l.points[l.points.size() - 2], l.points.back());
    }
    void arrow(point const& from, point const& tip) {
        int const dx = sign(tip.x - from.x), dy = sign(tip.y - from.y);
        out_ += "<path class=\"ink\" d=\"M" + pair(tip.x, tip.y) + " L" + pair(tip.x - 8 * dx - 4 * dy, tip.y - 8 * dy - 4 * dx) + " L" +
                pair(tip.x - 8 * dx + 4 * dy, tip.y - 8 * dy + 4 * dx) + " Z\"/>\n";
    }

    std::string out_;
};

}  // namespace detail

inline std::string svg(picture const& all, std::string_view title) { return detail::svg_writer().write(all, title); }

}  // namespace segue::drawing
