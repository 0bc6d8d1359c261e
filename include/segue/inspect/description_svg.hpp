// A description drawn: a packet where it is of bytes, railroads where it is of text, then the states of its protocols.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "segue/core/description.hpp"
#include "segue/inspect/description_rules.hpp"
#include "segue/inspect/packet.hpp"
#include "segue/inspect/railroad.hpp"
#include "segue/inspect/state_diagram.hpp"
#include "segue/inspect/svg.hpp"

namespace segue {

inline drawing::picture picture_of(description const& d, std::string_view name) {
    drawing::picture result;
    result.write(0, {drawing::printable(name), drawing::lettering::heading});
    result.height += 8;
    std::size_t tables = 0;
    if (has_layout(d)) {
        result.add_below(drawing::is_binary(d) ? drawing::packet(d) : drawing::railroad(rules_of(d, name)));
        tables = d.nodes()[0].last;
    }
    for (std::size_t i = tables; i < d.nodes().size(); i = d.nodes()[i].last) {
        result.write(0, {"states of " + drawing::printable(d.nodes()[i].name), drawing::lettering::plain});
        result.height += 8;
        result.add_below(drawing::state_diagram(d, i));
        result.height += 16;
    }
    return result;
}

inline std::string describe_svg(description const& d, std::string_view name) { return drawing::svg(picture_of(d, name), name); }

}  // namespace segue
