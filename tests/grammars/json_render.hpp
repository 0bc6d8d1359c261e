// How the laws show JSON, which is what they compare: its text.
#pragma once

#include <string>

#include "segue/json/value.hpp"
#include "segue/json/write.hpp"

namespace segue::json {

inline std::string render(value const& v) {
    std::string out;
    if (error const e = write(v, out)) return "not written: " + std::string(name_of(e.code));
    return out;
}
inline std::string render(raw const& v) { return std::string(v.text); }

}  // namespace segue::json
