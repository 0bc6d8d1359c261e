#include "segue/json/json.hpp"

#include "../grammar_of.hpp"
#include "segue/json/shown.hpp"

namespace segue::command {

void add_json(registry& all) {
    all.add<grammar_of<json::grammar>>("json", "JSON texts one after the other, with or without white space between them");
}

}  // namespace segue::command
