// JSON (RFC 8259): texts as documents, structs and values, alone, inside segments, and one after the other.
#pragma once

#include "segue/json/concatenated.hpp"
#include "segue/json/document.hpp"
#include "segue/json/read.hpp"
#include "segue/json/text.hpp"
#include "segue/json/value.hpp"
#include "segue/json/write.hpp"
#include "segue/segue.hpp"

namespace segue::json {

// A stream of texts.
inline constexpr auto grammar = concatenated(text);

}  // namespace segue::json
