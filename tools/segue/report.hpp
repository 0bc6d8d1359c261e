// How a decoding error is told: a sentence and the bytes around it, or a line of JSON.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "segue/core/error.hpp"

namespace segue::command {

// Sixteen bytes around the place, as far as they are known, the place in brackets.
//   bytes 4 to 8: 68 65 [6c] 6c 6f
std::string excerpt(std::string_view known, std::uint64_t known_from, std::uint64_t place);

//   {"error":{"code":"mismatch","offset":6,"path":"payload","message":"..."}}
std::string error_json(error const& e);

}  // namespace segue::command
