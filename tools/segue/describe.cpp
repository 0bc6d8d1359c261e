// segue describe and segue list.
#include <algorithm>

#include "segue/inspect/description_ebnf.hpp"
#include "segue/inspect/description_json.hpp"
#include "segue/inspect/description_svg.hpp"
#include "segue/inspect/description_text.hpp"

#include "commands.hpp"
#include "files.hpp"

namespace segue::command {

int list(registry const& all) {
    std::size_t widest = 0;
    for (auto const& g : all.all()) widest = std::max(widest, g->name().size());
    for (protocol const& p : all.protocols()) widest = std::max(widest, p.name.size());
    standard_output out;
    auto const row = [&](std::string const& name, std::string const& summary) {
        out.text += name + std::string(widest + 2 - name.size(), ' ') + summary + '\n';
    };
    for (auto const& g : all.all()) row(g->name(), g->summary());
    for (protocol const& p : all.protocols()) row(p.name, p.summary);
    return out.flush() ? all_well : wrong_usage;
}

int describe(std::string const& name, description const& d, std::string const& format) {
    standard_output out;
    if (format == "json") out.text = describe_json(d) + '\n';
    else if (format == "ebnf") out.text = describe_ebnf(d, name);
    else if (format == "svg") out.text = describe_svg(d, name);
    else out.text = describe_text(d);
    return out.flush() ? all_well : wrong_usage;
}

}  // namespace segue::command
