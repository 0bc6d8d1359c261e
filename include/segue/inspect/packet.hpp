// A binary layout as RFCs draw packets: rows of 32 bits, a ruler above, a box for each field. What has no fixed size has
// a broken outline and says how long it is; behind it columns are counted anew.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/inspect/packet_cells.hpp"
#include "segue/inspect/picture.hpp"

namespace segue::drawing {

namespace detail {

class packet_layout {
public:
    static constexpr int bit = 22;      // pixels
    static constexpr int gutter = 56;   // for the offsets of rows
    static constexpr std::size_t bits_in_a_row = 32;

    explicit packet_layout(packet_figure const& from) : from_(from) {}

    picture draw() {
        if (!from_.title.empty()) drawn_.write(0, {printable(from_.title), lettering::plain});
        if (std::any_of(from_.cells.begin(), from_.cells.end(), [](packet_cell const& c) { return !c.variable; })) ruler();
        else drawn_.height += 6;
        for (packet_cell const& c : from_.cells) {
            if (c.variable) add_variable(c);
            else add_fixed(c);
        }
        end_row();
        drawn_.width = std::max(drawn_.width, gutter + static_cast<int>(bits_in_a_row) * bit);
        drawn_.height += 20;
        return std::move(drawn_);
    }

private:
    struct piece {
        std::size_t first, bits;
        std::vector<phrase> text;
        bool variable;
    };

    void ruler() {
        drawn_.height += 4;
        for (std::size_t i = 0; i < bits_in_a_row; ++i) {
            phrase const number{std::to_string(i), lettering::small};
            int const middle = gutter + static_cast<int>(i) * bit + bit / 2;
            drawn_.labels.push_back({middle - number.width() / 2, drawn_.height, number});
        }
        drawn_.height += line_height(lettering::small) + 2;
    }
    static std::vector<phrase> words(packet_cell const& c, std::size_t bits) {
        int const width = static_cast<int>(bits) * bit - 2 * box::margin;
        std::vector<phrase> result = wrapped(c.name, width, lettering::plain);
        for (std::string const& detail : c.details)
            for (phrase& p : wrapped(detail, width, lettering::small)) result.push_back(std::move(p));
        return result;
    }

    // In as many rows as it reaches into; the largest piece, the first of them, has the words.
    void add_fixed(packet_cell const& c) {
        std::vector<std::size_t> sizes;
        for (std::size_t left = c.bits, column = column_; left != 0; column = 0) {
            sizes.push_back(std::min(left, bits_in_a_row - column));
            left -= sizes.back();
        }
        auto const largest = static_cast<std::size_t>(std::max_element(sizes.begin(), sizes.end()) - sizes.begin());
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            std::vector<phrase> text = words(c, sizes[i]);
            if (i != largest) text = wrapped(c.name + (i < largest ? ": begins" : ", continued"), static_cast<int>(sizes[i]) * bit - 2 * box::margin, lettering::small);
            row_.push_back({column_, sizes[i], std::move(text), false});
            column_ += sizes[i];
            if (column_ == bits_in_a_row) end_row();
        }
    }
    // To the end of its row, where that leaves room for words.
    void add_variable(packet_cell const& c) {
        if (column_ > bits_in_a_row / 2) end_row();
        row_.push_back({column_, bits_in_a_row - column_, words(c, bits_in_a_row - column_), true});
        end_row();
        known_ = false;
    }
    void end_row() {
        if (row_.empty()) return;
        int height = 36;
        for (piece const& p : row_) height = std::max(height, box{.where = {}, .shape = {}, .text = p.text}.text_height() + 2 * box::margin);
        if (known_) {
            phrase const number{std::to_string(offset_ / 8), lettering::small};
            drawn_.labels.push_back({gutter - 10 - number.width(), drawn_.height + (height - number.height()) / 2, number});
        }
        for (piece& p : row_) {
            area const where{gutter + static_cast<int>(p.first) * bit, drawn_.height, static_cast<int>(p.bits) * bit, height};
            drawn_.boxes.push_back({where, p.variable ? outline::broken : outline::sharp, std::move(p.text)});
            offset_ += p.bits;
        }
        drawn_.height += height;
        row_.clear();
        column_ = 0;
    }

    packet_figure const& from_;
    picture drawn_;
    std::vector<piece> row_;
    std::size_t column_ = 0;
    std::size_t offset_ = 0;  // of the row, in bits
    bool known_ = true;
};

}  // namespace detail

// The packet, then each of its parts that has a layout of its own.
inline picture packet(description const& d) {
    picture result;
    for (packet_figure const& figure : packet_figures(d)) result.add_below(detail::packet_layout(figure).draw());
    return result;
}

}  // namespace segue::drawing
