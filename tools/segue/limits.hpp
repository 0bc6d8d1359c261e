// --limit NAME=VALUE
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grammar.hpp"
#include "registry.hpp"

namespace segue::command {

// The first name that a later NAME=VALUE has again: which of the two was meant?
std::optional<std::string> given_twice(std::vector<std::string> const& limits);
// A sentence where the limit cannot be lowered like that. The decoder refers to the text.
std::optional<std::string> lower(stream& in, grammar const& g, std::string const& text);
// ... on neither side of a protocol.
std::optional<std::string> lower(two_streams const& in, registry const& all, std::string const& name, std::string const& text);

}  // namespace segue::command
