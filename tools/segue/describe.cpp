// segue describe and segue list.
#include "segue/inspect/description_json.hpp"
#include "segue/inspect/description_text.hpp"

#include "commands.hpp"
#include "files.hpp"

namespace segue::command {

int list(registry const& all) {
    std::size_t widest = 0;
    for (auto const& g : all.all()) widest = std::max(widest, g->name().size());
    standard_output out;
    for (auto const& g : all.all())
        out.text += g->name() + std::string(widest + 2 - g->name().size(), ' ') + g->summary() + '\n';
    return out.flush() ? all_well : wrong_usage;
}

int describe(grammar const& g, bool json) {
    standard_output out;
    description const d = g.describe();
    out.text = json ? describe_json(d) + '\n' : describe_text(d);
    return out.flush() ? all_well : wrong_usage;
}

}  // namespace segue::command
