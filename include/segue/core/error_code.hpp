// The door to <system_error>: an errc is a std::error_code for code that passes those around.
#pragma once

#include <string>
#include <system_error>

#include "segue/core/error.hpp"

namespace segue {

inline std::error_category const& category() {
    struct wire_category final : std::error_category {
        char const* name() const noexcept override { return "segue"; }
        std::string message(int code) const override { return std::string(sentence(static_cast<errc>(code))); }
    };
    static wire_category const instance;
    return instance;
}

inline std::error_code make_error_code(errc code) { return {static_cast<int>(code), category()}; }

}  // namespace segue

template <>
struct std::is_error_code_enum<segue::errc> : std::true_type {};
