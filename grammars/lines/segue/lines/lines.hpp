// Lines of any bytes that end with LF or CRLF; the last one of the input may go without. LF is written.
#pragma once

#include <string_view>

#include "segue/segue.hpp"

namespace segue::lines {

struct line {
    BOOST_HANA_DEFINE_STRUCT(line, (std::string_view, text));
};

inline constexpr auto grammar = record<line>(
    field<"text">(delimited_any<"\n", "\r\n">(bytes).optional_at_end()));

}  // namespace segue::lines
