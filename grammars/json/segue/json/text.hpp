// JSON as the content of a segment.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory_resource>
#include <string_view>

#include "segue/json/document.hpp"
#include "segue/json/read.hpp"
#include "segue/json/write.hpp"
#include "segue/wire/codec.hpp"

namespace segue::json {

template <std::size_t Depth = inherited, fixed_string DepthName = "depth">
struct text_t {
    static constexpr bool takes_rest = true;
    using value_type = value;
    using state = stateless;
    // RFC 8259 sections 2 to 7, over the bytes of UTF-8.
    static constexpr std::string_view rules =
        "JSON-text = ws value ws\n"
        "value = object / array / string / number / %s\"true\" / %s\"false\" / %s\"null\"\n"
        "object = \"{\" ws [member *(\",\" ws member)] \"}\"\n"
        "member = string ws \":\" ws value ws\n"
        "array = \"[\" ws [value ws *(\",\" ws value ws)] \"]\"\n"
        "string = DQUOTE *(unescaped / escape) DQUOTE\n"
        "unescaped = %x20-21 / %x23-5B / %x5D-7F / UTF8-2 / UTF8-3 / UTF8-4\n"
        "escape = \"\\\" (DQUOTE / \"\\\" / \"/\" / %s\"b\" / %s\"f\" / %s\"n\" / %s\"r\" / %s\"t\" / %s\"u\" 4HEXDIG)\n"
        "number = [\"-\"] (\"0\" / %x31-39 *DIGIT) [\".\" 1*DIGIT] [\"e\" [\"+\" / \"-\"] 1*DIGIT]\n"
        "ws = *(SP / HTAB / LF / CR)";

    // The limit of levels of arrays and objects.
    template <std::size_t N, fixed_string LimitName = "depth">
    constexpr text_t<N, LimitName> depth() const {
        return {};
    }

    template <class In, class V>
    step decode(In& in, state&, V& v) const {
        if constexpr (!In::in_segment) {
            std::size_t const most = in.template most<inherited, &limits::element>("element");
            if (in.left() > most) [[unlikely]] return in.fail_limit(errc::too_long, in.at + most, most);
            if (!in.closed) return in.want(1);
        }
        // The tape of a small text needs no heap.
        alignas(detail::node) std::byte room[2048];
        std::pmr::monotonic_buffer_resource memory(room, sizeof room);
        std::size_t const deepest = std::min(in.template most<Depth, &limits::depth>(DepthName.view()), settings::deepest);
        document whole({.depth = deepest, .size = settings::largest}, &memory);
        if (problem const p = whole.parse({in.at, in.left()})) [[unlikely]] {
            char const* const where = in.at + p.offset;
            if (p.code == errc::truncated) return in.want(1);
            if (p.code == errc::too_deep) return in.fail_limit(errc::too_deep, where, deepest);
            return in.fail(p.code, where, p.what);
        }
        reading from(false);
        if (!read_value(from, whole.root(), v)) [[unlikely]] {
            segue::error const& e = from.error();
            in.fail(e.code, in.at + e.offset, e.expected);
            for (std::size_t i = 0; i < e.places(); ++i) in.inside(e.path[i]);
            return step::failed;
        }
        in.at = in.end;
        return step::done;
    }
    template <class V>
    step encode(V const& v, output& out) const {
        output_sink to{out, Depth == inherited ? settings::deepest : Depth};
        return write_value(to, v) ? step::done : step::failed;
    }
    constexpr size_bound bounds(limits = {}) const { return {1, unbounded}; }
    constexpr void describe(description& d) const {
        d.add({.what = shape::opaque, .size = bounds(), .name = "JSON", .abnf = rules});
    }
    constexpr byte_set first() const { return byte_set::of(" \t\r\n{[\"-0123456789tfn"); }
};

// One JSON text (RFC 8259), to the end of the segment, as any type of forms.hpp.
//   length_prefixed(u32_be, json::text)   00 00 00 05 "[1,2]" <-> std::vector<int>{1, 2}
// `.depth<N>()` levels. Views show the segment's bytes: a std::string_view refuses a string with escapes. Fails with
// mismatch, too_deep, not_utf8, requirement (a member is missing), unknown_tag (not known), contradiction (given twice),
// out_of_range.
inline constexpr text_t<> text{};

}  // namespace segue::json
