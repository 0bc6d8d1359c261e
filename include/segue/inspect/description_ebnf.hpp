// A grammar as ABNF, from which it could be implemented: what ABNF cannot say, as how long a content is, is a comment.
#pragma once

#include <string>
#include <string_view>

#include "segue/core/description.hpp"
#include "segue/inspect/abnf.hpp"
#include "segue/inspect/description_rules.hpp"

namespace segue {

// The first rule has the name. A description that is only of states gives a comment.
//   ; ABNF (RFC 5234, RFC 7405) over bytes
//   tlv = tlv-length tlv-content
inline std::string describe_ebnf(description const& d, std::string_view name) {
    if (!has_layout(d)) return "; states only, nothing on the wire\n";
    return "; ABNF (RFC 5234, RFC 7405) over bytes; a choice takes the first of its alternatives that fits\n" + syntax::abnf(rules_of(d, name));
}

}  // namespace segue
