// A description as the fields of a packet, in order: what repeats, or is one of several, has a figure of its own.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/core/description.hpp"
#include "segue/inspect/description_text.hpp"

namespace segue::drawing {

struct packet_cell {
    std::string name;
    std::vector<std::string> details{};
    std::size_t bits = 0;  // of one that is not variable
    bool variable = false;
};
struct packet_figure {
    std::string title;
    std::vector<packet_cell> cells{};
};

namespace detail {

class packet_maker {
public:
    explicit packet_maker(description const& from) : from_(from), words_(from) {}

    std::vector<packet_figure> make() {
        later_.push_back({"", 0});
        for (std::size_t i = 0; i < later_.size(); ++i) {
            figures_.push_back({later_[i].title});
            shape const what = at(later_[i].at).what;
            walk(later_[i].at, what == shape::choice || what == shape::chosen_by ? later_[i].title : std::string(), {});
            if (figures_.back().cells.empty()) figures_.back().cells.push_back({"nothing", {"0 bytes"}, 0, true});
        }
        return std::move(figures_);
    }

private:
    static constexpr std::size_t most_bits = 8 * 32;  // drawn bit for bit
    struct pending {
        std::string title;
        std::size_t at;
    };
    using details = std::vector<std::string>;

    node const& at(std::size_t i) const { return from_.nodes()[i]; }
    static std::string titled(std::string const& name, std::string_view what) { return name.empty() ? std::string(what) : name; }
    static details more(details d, std::string what) {
        d.push_back(std::move(what));
        return d;
    }

    void cell(std::string name, size_bound size, details d) {
        bool const drawable = size.exact() && size.fewest != 0 && size.fewest * 8 <= most_bits;
        if (!drawable) d.push_back(size_text(size));
        figures_.back().cells.push_back({std::move(name), std::move(d), drawable ? size.fewest * 8 : 0, !drawable});
    }
    void cell(std::size_t i, std::string const& name, details d) { cell(titled(name, name_of(at(i).what)), at(i).size, std::move(d)); }
    // What stands in a box of its own needs no figure.
    bool is_plain(std::size_t i) const {
        switch (at(i).what) {
            case shape::record:
            case shape::recursive:
            case shape::bits:
            case shape::choice:
            case shape::chosen_by:
            case shape::optional:
            case shape::repeat:
            case shape::repeat_counted:
            case shape::repeat_until:
            case shape::separated:
            case shape::counted_by:
            case shape::length_prefixed:
            case shape::sized_by: return false;
            default: break;
        }
        bool plain = true;
        from_.children(i, [&](std::size_t k) { plain = plain && is_plain(k); });
        return plain;
    }
    // How it is framed, down to what is framed: "delimited by ..., characters [a-z]"
    void say(std::size_t i, details& d) const {
        std::string const phrase = words_.phrase(i);
        if (at(i).what != shape::mapped && (d.empty() || d.back() != phrase)) d.push_back(phrase);
        if (i + 1 < at(i).last) say(from_.child(i, 0), d);
    }
    bool alike(std::size_t a, std::size_t b) const {
        std::size_t const size = at(a).last - a;
        if (at(b).last - b != size) return false;
        for (std::size_t i = 0; i < size; ++i) {
            node moved = at(b + i);
            moved.last = static_cast<std::uint32_t>(moved.last - b + a);
            if (!(moved == at(a + i))) return false;
        }
        return true;
    }
    std::string figure(std::string title, std::size_t i) {
        for (pending const& p : later_)
            if (alike(p.at, i)) return "see " + p.title;
        std::size_t n = 1;
        std::string const wanted = title;
        auto const taken = [&](pending const& p) { return p.title == title; };
        while (std::any_of(later_.begin(), later_.end(), taken)) title = wanted + " (" + std::to_string(++n) + ')';
        later_.push_back({title, i});
        return "see " + title;
    }
    std::string each(std::string const& name, std::size_t item) {
        return is_plain(item) ? "each: " + one(item) : figure("an item of " + name, item);
    }
    std::string one(std::size_t i) const {
        details d;
        say(i, d);
        std::string result;
        for (std::string const& part : d) result += (result.empty() ? "" : ", ") + part;
        return result;
    }

    // As they stand in the bytes, the most significant first; fields that begin with the least and go over bytes do not lie
    // together.
    void bits(std::size_t i, std::string const& name, details d) {
        bool const backwards = at(i).name == "bits_le";
        if (backwards && at(i).size.fewest != 1) {
            say(i, d);
            from_.children(i, [&](std::size_t k) { d.push_back(words_.phrase(k)); });
            return cell(i, name, std::move(d));
        }
        std::vector<packet_cell> parts;
        from_.children(i, [&](std::size_t k) {
            node const& part = at(k);
            parts.push_back({part.name.empty() ? (part.least == part.most ? std::to_string(part.most) : "") : std::string(part.name), {}, part.width, false});
        });
        if (backwards) std::reverse(parts.begin(), parts.end());
        for (packet_cell& part : parts) figures_.back().cells.push_back(std::move(part));
    }

    void walk(std::size_t i, std::string const& name, details d) {
        node const& n = at(i);
        std::size_t const inner = i + 1;
        switch (n.what) {
            case shape::record: {
                if (!name.empty()) return cell(i, name, more(std::move(d), figure(name, i)));
                from_.children(i, [&](std::size_t k) { walk(k, "", {}); });
                return;
            }
            case shape::recursive: {
                std::size_t const whole = from_.definition_of(i);
                if (whole == 1 && i == 0) return walk(inner, name, std::move(d));
                d.push_back(whole == 1 ? "the whole again" : figure(std::string(n.name), whole));
                return cell(i, titled(name, n.name), std::move(d));
            }
            case shape::field: return walk(inner, std::string(n.name), n.name == summed_ ? more(std::move(d), sum_) : std::move(d));
            case shape::checksummed:
                summed_ = n.name;
                sum_ = words_.phrase(i);
                return walk(inner, name, std::move(d));
            case shape::recover: return walk(inner, name, std::move(d));
            case shape::bits: return bits(i, name, std::move(d));
            case shape::literal: return cell(i, titled(name, words_.phrase(i)), std::move(d));
            case shape::verified:
            case shape::length_of:
            case shape::count_of: return walk(inner, name, more(std::move(d), words_.phrase(i)));
            case shape::mapped: return walk(inner, name, std::move(d));
            case shape::length_prefixed: {
                std::size_t const content = from_.child(i, 1);
                std::string says = name.empty() ? "bytes that follow" : "bytes of " + name;
                if (n.adjustment != 0) says += (n.adjustment > 0 ? ", and " : ", less ") + std::to_string(n.adjustment > 0 ? n.adjustment : -n.adjustment);
                walk(inner, name.empty() ? "length" : name + " length", {says});
                if (!is_plain(content)) return walk(content, name, std::move(d));
                d.push_back("as long as its length says");
                say(content, d);
                size_bound size = at(content).size;
                if (!size.exact()) size = size.at_most(static_cast<std::size_t>(n.most));
                return cell(titled(name, "content"), size, std::move(d));
            }
            case shape::choice:
            case shape::chosen_by: {
                std::string const whole = titled(name, "the choice");
                d.push_back(words_.phrase(i) + (n.what == shape::choice ? "" : ": one of"));
                std::size_t which = 0;
                from_.children(i, [&](std::size_t k) {
                    ++which;
                    bool const named = at(k).what == shape::alternative;
                    std::string const title = whole + (named ? ": " + std::string(at(k).name) : ", form " + std::to_string(which));
                    d.push_back(!named && is_plain(k) ? one(k) : figure(title, k));
                });
                return cell(i, whole, std::move(d));
            }
            case shape::alternative:
                if (!n.bytes.empty()) figures_.back().cells.push_back({quoted_text(n.bytes), {"tag"}, n.bytes.size() * 8, false});
                return walk(inner, at(inner).what == shape::record ? "" : std::string(n.name), std::move(d));
            case shape::optional:
            case shape::sized_by:
                d.push_back(words_.phrase(i));
                d.push_back(is_plain(inner) ? one(inner) : figure(titled(name, "the content"), inner));
                return cell(i, name, std::move(d));
            case shape::repeat:
            case shape::repeat_until:
            case shape::separated:
            case shape::counted_by:
                d.push_back(words_.phrase(i));
                d.push_back(each(titled(name, "the list"), inner));
                return cell(i, name, std::move(d));
            case shape::repeat_counted: {
                std::string const whole = titled(name, "the list");
                walk(inner, whole + " count", {"items of " + whole});
                std::size_t const item = from_.child(i, 1);
                size_bound const all{at(item).size.fewest == 0 || n.size.fewest <= at(inner).size.fewest ? 0 : n.size.fewest - at(inner).size.fewest,
                                     n.size.most >= inherited ? n.size.most : n.size.most - at(inner).size.most};
                d.push_back("as many items as the count says");
                d.push_back(each(whole, item));
                return cell(whole, all, std::move(d));
            }
            default:
                if (inner < n.last && !is_plain(inner)) {
                    d.push_back(words_.phrase(i));
                    d.push_back(figure(titled(name, name_of(n.what)), inner));
                } else {
                    say(i, d);
                }
                return cell(i, name, std::move(d));
        }
    }

    description const& from_;
    segue::detail::description_printer words_;
    std::vector<pending> later_;
    std::vector<packet_figure> figures_;
    std::string_view summed_;  // the field that holds a checksum, and what is said of it
    std::string sum_;
};

}  // namespace detail

// The first one has no title.
inline std::vector<packet_figure> packet_figures(description const& d) { return detail::packet_maker(d).make(); }

// Its numbers are bytes, not digits: a ruler of bits says something.
inline bool is_binary(description const& d) {
    return std::any_of(d.nodes().begin(), d.nodes().end(),
                       [](node const& n) { return n.what == shape::integer || n.what == shape::varint || n.what == shape::bits; });
}

}  // namespace segue::drawing
