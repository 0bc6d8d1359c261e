// --limit NAME=VALUE
#pragma once

#include <optional>
#include <string>

#include "grammar.hpp"
#include "registry.hpp"

namespace segue::command {

// A sentence where the limit cannot be lowered like that. The decoder refers to the text.
std::optional<std::string> lower(stream& in, grammar const& g, std::string const& text);
// ... on neither side of a protocol.
std::optional<std::string> lower(two_streams const& in, registry const& all, std::string const& name, std::string const& text);

}  // namespace segue::command
