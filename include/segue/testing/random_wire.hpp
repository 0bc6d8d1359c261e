// Random bytes of a grammar, from nothing but its description: what a decoder should accept, made without an encoder.
//
// What a description cannot say (a rule, a mapping, an X3 language, which form an earlier field chooses) makes the
// result uncertain: it is still good input for the law of cuts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "segue/core/description.hpp"

namespace segue::testing {

class random_wire {
public:
    random_wire(description const& d, std::uint32_t seed) : d_(d), random_(seed) { wire_ = make(0); }

    std::string const& wire() const { return wire_; }
    // The grammar must accept it.
    bool certain() const { return certain_; }

private:
    std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }
    std::size_t size_in(std::uint64_t least, std::uint64_t most) {
        return static_cast<std::size_t>(least) + below(static_cast<std::size_t>(std::min<std::uint64_t>(most - least, 9)) + 1);
    }
    node const& at(std::size_t i) const { return d_.nodes()[i]; }

    std::string characters(byte_set const& set, std::size_t size) {
        std::string all;
        for (unsigned byte = 0; byte < 256; ++byte)
            if (set.has(static_cast<unsigned char>(byte))) all += static_cast<char>(byte);
        std::string out;
        for (std::size_t i = 0; i < size; ++i) out += all[below(all.size())];
        return out;
    }
    std::uint64_t number_in(node const& n) {
        if (n.is_signed) return below(100);
        std::uint64_t const any = (std::uint64_t{random_()} << 32 | random_()) >> below(64);
        return std::max(n.least, n.most == ~std::uint64_t{0} ? any : any % (n.most + 1));
    }
    // A number in the form of a node that holds one; as far as it fits.
    std::string number(std::size_t i, std::uint64_t value) {
        node const& n = at(i);
        std::string out;
        switch (n.what) {
            case shape::integer:
                for (std::size_t byte = 0; byte < n.size.fewest; ++byte) out += static_cast<char>(value >> 8 * byte);
                if (!n.name.ends_with("_le")) std::reverse(out.begin(), out.end());
                if (n.size.fewest < 8 && value >> 8 * n.size.fewest != 0) certain_ = false;
                return out;
            case shape::varint:
                for (; value >= 0x80; value >>= 7) out += static_cast<char>((value & 0x7f) | 0x80);
                return out + static_cast<char>(value);
            case shape::number:
                if (!n.is_signed && value < n.least) certain_ = false;
                do out.insert(out.begin(), "0123456789abcdef"[value % n.base]);
                while ((value /= n.base) != 0);
                if (out.size() < n.size.fewest) out.insert(0, n.size.fewest - out.size(), '0');
                return out;
            case shape::delimited: return number(i + 1, value) + std::string(n.bytes);
            default: certain_ = false; return out;
        }
    }
    std::string items(std::size_t item, std::size_t count, std::string_view between = {}) {
        std::string out;
        for (std::size_t i = 0; i < count; ++i) out += (i == 0 ? "" : std::string(between)) + make(item);
        return out;
    }

    std::string make(std::size_t i) {
        node const& n = at(i);
        switch (n.what) {
            case shape::opaque: certain_ = false; return characters(byte_set{}.with('0', '9'), 3);
            case shape::literal: return std::string(n.bytes);
            case shape::integer:
            case shape::varint:
            case shape::number: return number(i, number_in(n));
            case shape::floating: return characters(byte_set::all(), n.size.fewest);
            case shape::run: return characters(n.set, size_in(n.size.fewest, n.size.most));
            case shape::text:
            case shape::bytes: return characters(byte_set{}.with('a', 'z'), below(10));
            case shape::fixed: {
                std::string out = make(i + 1);
                if (at(i + 1).what != shape::text && at(i + 1).what != shape::bytes && out.size() != n.size.most) certain_ = false;
                out.resize(n.size.most == n.size.fewest ? n.size.most : out.size(), 'x');
                return out;
            }
            case shape::padded: {
                std::string out = make(i + 1);
                if (out.size() > n.size.most && at(i + 1).what != shape::text && at(i + 1).what != shape::bytes) certain_ = false;
                out.resize(n.size.most, n.bytes[0]);
                return out;
            }
            case shape::aligned: {
                std::string out = make(i + 1);
                out.resize((out.size() + n.least - 1) / n.least * n.least, n.bytes[0]);
                return out;
            }
            case shape::dot_stuffed: return lines(n);
            case shape::quoted_string: return quoted_string(n);
            case shape::trimmed: return characters(n.set, below(3)) + make(i + 1) + characters(n.set, below(3));
            case shape::length_prefixed: {
                std::string const content = make(d_.child(i, 1));
                if (content.size() > n.most) certain_ = false;
                return number(i + 1, content.size() + static_cast<std::uint64_t>(n.adjustment)) + content;
            }
            case shape::delimited: {
                std::string const content = make(i + 1);
                if (!n.suspends_within && at(i + 1).what != shape::text && at(i + 1).what != shape::bytes) certain_ = false;
                return content + std::string(n.bytes);
            }
            case shape::streamed: {
                std::string const content = characters(byte_set::all(), size_in(n.last == i + 1 ? n.size.fewest : 0, std::min<std::uint64_t>(n.most, n.size.most)));
                return n.last == i + 1 ? content : number(i + 1, content.size()) + content;
            }
            case shape::record: return record(i);
            case shape::bits: return bits(i);
            case shape::bit_field: return {};  // a part of a byte
            case shape::repeat: return items(i + 1, static_cast<std::size_t>(n.least));
            case shape::repeat_counted: {
                std::size_t const count = size_in(0, n.most);
                return number(i + 1, count) + items(d_.child(i, 1), count);
            }
            case shape::repeat_until: return items(i + 1, size_in(0, n.most)) + std::string(n.bytes);
            case shape::repeat_to_end: return items(i + 1, size_in(0, n.most));
            case shape::separated:
                if (at(i + 1).what != shape::run && at(i + 1).what != shape::number) certain_ = false;
                return items(i + 1, size_in(n.least, n.most), n.bytes);
            case shape::choice: return one_of(i);
            case shape::alternative: return std::string(n.bytes) + fallback(i);
            case shape::chosen_by: certain_ = false; return one_of(i);
            case shape::optional: certain_ = false; return below(2) == 0 ? "" : make(i + 1);
            case shape::sized_by:
            case shape::counted_by:
            case shape::length_of:
            case shape::count_of:
            case shape::field: return make(i + 1);
            case shape::rest:
            case shape::all_but: return make(i + 1);
            case shape::recover: return make(i + 1);
            case shape::checksummed:
            case shape::mapped:
            case shape::verified: certain_ = false; return make(i + 1);
            case shape::recursive: return levels(i);
            case shape::table:
            case shape::transition: return {};  // no bytes
        }
        return {};
    }
    // Where no level is left, forms that need none are chosen, and no items.
    std::string levels(std::size_t i) {
        std::size_t const most = std::min<std::size_t>(static_cast<std::size_t>(at(d_.definition_of(i) - 1).most), 4);
        if (level_ == most) certain_ = false;
        ++level_;
        ends_soon_ = level_ >= most;
        std::string out = level_ > most ? "" : make(d_.definition_of(i));
        --level_;
        ends_soon_ = level_ >= most;
        return out;
    }
    bool recurses(std::size_t i) const {
        for (std::size_t k = i; k < at(i).last; ++k)
            if (at(k).what == shape::recursive) return true;
        return false;
    }
    // One number of all bits; the first field has the highest of them, or the lowest.
    std::string bits(std::size_t i) {
        node const& n = at(i);
        bool const from_the_lowest = n.name.ends_with("_le");
        std::uint64_t all = 0;
        unsigned place = from_the_lowest ? 0 : static_cast<unsigned>(8 * n.size.fewest);
        d_.children(i, [&](std::size_t child) {
            node const& field = at(child);
            if (!from_the_lowest) place -= field.width;
            all |= (field.least == field.most ? field.least : number_in(field)) << place;
            if (from_the_lowest) place += field.width;
        });
        std::string out;
        for (std::size_t byte = 0; byte < n.size.fewest; ++byte) out += static_cast<char>(all >> 8 * byte);
        if (!from_the_lowest) std::reverse(out.begin(), out.end());
        return out;
    }
    // A few lines, some with a dot in front that is doubled.
    std::string lines(node const& n) {
        std::string out;
        for (std::size_t left = size_in(0, n.most); left >= 3; left -= 3) out += (below(2) == 0 ? std::string("..") : characters(byte_set{}.with('a', 'z'), 1)) + "\r\n";
        return out + std::string(n.bytes);
    }
    std::string quoted_string(node const& n) {
        std::string out(1, n.bytes[0]);
        for (char c : characters(n.set, size_in(0, n.most))) {
            if (n.bytes.find(c) != n.bytes.npos) out += n.bytes[1];
            out += c;
        }
        return out + n.bytes[0];
    }
    std::string one_of(std::size_t i) {
        std::vector<std::size_t> forms;
        d_.children(i, [&](std::size_t child) {
            if (!ends_soon_ || !recurses(child)) forms.push_back(child);
        });
        if (forms.empty()) d_.children(i, [&](std::size_t child) { forms.push_back(child); });
        return make(forms[below(forms.size())]);
    }
    std::string fallback(std::size_t i) {
        if (at(i).bytes.empty()) certain_ = false;  // it must not begin as another alternative
        return make(i + 1);
    }
    // Measured fields are made first and counted; then all stand in order.
    std::string record(std::size_t i) {
        std::map<std::size_t, std::string> parts;
        std::map<std::string_view, std::size_t> counts, sizes;
        d_.children(i, [&](std::size_t child) {
            node const& field = at(child);
            if (field.what != shape::field) return;
            shape const element = at(child + 1).what;
            if (element == shape::counted_by) {
                counts[field.name] = size_in(0, 5);
                parts[child] = items(child + 2, counts[field.name]);
            } else if (element != shape::length_of && element != shape::count_of) {
                parts[child] = make(child);
            }
            sizes[field.name] = parts[child].size();
        });
        std::string out;
        d_.children(i, [&](std::size_t child) {
            shape const element = child + 1 < at(i).last ? at(child + 1).what : shape::opaque;
            if (at(child).what != shape::field) out += make(child);
            else if (element == shape::length_of) out += number(child + 2, sizes[at(child + 1).name]);
            else if (element == shape::count_of) out += number(child + 2, counts[at(child + 1).name]);
            else out += parts[child];
        });
        return out;
    }

    description const& d_;
    std::mt19937 random_;
    bool certain_ = true, ends_soon_ = false;
    std::size_t level_ = 0;  // of recursion
    std::string wire_;
};

}  // namespace segue::testing
