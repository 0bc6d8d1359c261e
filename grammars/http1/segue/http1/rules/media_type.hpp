// Content-Type, RFC 9110 section 8.3.
#pragma once

#include <string>
#include <vector>

#include "segue/http1/rules/parameters.hpp"

namespace segue::http1::rules {

// Kept as it was written: type, subtype and the names of parameters are compared without regard to case, section 8.3.1.
struct media_type {
    BOOST_HANA_DEFINE_STRUCT(media_type,
        (std::string, type),
        (std::string, subtype),
        (std::vector<parameter>, parameters));
    friend bool operator==(media_type const&, media_type const&) = default;
};

// 8.3.1  media-type = type "/" subtype parameters
//        type       = token
//        subtype    = token
// 8.3    Content-Type = media-type
inline constexpr auto content_type = content(
    x3::rule<struct media_type_rule, media_type>("media-type") =
        token[to<&media_type::type>] >> '/' >> token[to<&media_type::subtype>] >> parameters[to<&media_type::parameters>],
    [](media_type const& m) {
        std::string out = m.type + '/' + m.subtype;
        print_parameters(out, m.parameters);
        return out;
    }).named<"a media type">();

}  // namespace segue::http1::rules
