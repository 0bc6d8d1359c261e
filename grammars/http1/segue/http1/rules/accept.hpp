// Accept, RFC 9110 section 12.5.1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "segue/http1/rules/parameters.hpp"

namespace segue::http1::rules {

struct media_range {
    BOOST_HANA_DEFINE_STRUCT(media_range,
        (std::string, type),
        (std::string, subtype),
        (std::vector<parameter>, parameters),
        (std::optional<std::uint16_t>, weight));  // in thousandths, where it is written
    friend bool operator==(media_range const&, media_range const&) = default;

    constexpr unsigned quality() const { return weight.value_or(1000); }
};

// 12.4.2  qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] )
inline constexpr auto qvalue = x3::rule<struct qvalue_rule, std::uint16_t>("qvalue") =
    one<byte_set::of("01")>[([](auto& context) { x3::_val(context) = x3::_attr(context) == '1' ? 1000 : 0; })] >>
    -('.' >> chars(charset<digit_characters>.min<0>().max<3>())[([](auto& context) {
        unsigned value = x3::_val(context), worth = 100;
        for (char digit : x3::_attr(context)) {
            value += static_cast<unsigned>(digit - '0') * worth;
            worth /= 10;
        }
        x3::_val(context) = static_cast<std::uint16_t>(value);
        x3::_pass(context) = value <= 1000;
    })]);

namespace detail {

// "Recipients SHOULD process any parameter named "q" as weight, regardless of parameter ordering", section 12.5.1.
// There is at most one, and none is malformed.
inline constexpr auto weigh = [](auto& context) {
    auto& weight = x3::_val(context).weight;
    x3::_pass(context) = !weight;
    weight = x3::_attr(context);
};
inline constexpr auto add_parameter = [](auto& context) {
    parameter& p = x3::_attr(context);
    x3::_pass(context) = p.name != "q" && p.name != "Q";
    x3::_val(context).parameters.push_back(std::move(p));
};
inline constexpr auto wildcards_stand_right = [](auto& context) {
    media_range const& range = x3::_val(context);
    x3::_pass(context) = range.type != "*" || range.subtype == "*";
};

}  // namespace detail

// 12.5.1  media-range = ( "*/*" / ( type "/" "*" ) / ( type "/" subtype ) ) parameters
// 12.4.2  weight      = OWS ";" OWS "q=" qvalue
// "*" is a token: what remains to be refused is "*/html".
inline constexpr auto one_media_range = x3::rule<struct media_range_rule, media_range>("media-range") =
    token[to<&media_range::type>] >> '/' >> token[to<&media_range::subtype>] >> x3::eps[detail::wildcards_stand_right] >>
    x3::repeat(std::size_t{0}, most_parameters + 1)[ows >> ';' >> ows >>
        -(one<byte_set::of("qQ")> >> '=' >> qvalue[detail::weigh] | one_parameter[detail::add_parameter])];

// 12.5.1  Accept = #( media-range [ weight ] )
// Printed with the weight last, as section 12.5.1 asks of senders.
inline constexpr auto accept = content(
    x3::rule<struct accept_rule, std::vector<media_range>>("Accept") = list_of(one_media_range[add]),
    [](std::vector<media_range> const& ranges) {
        return print_list(ranges, [](std::string& out, media_range const& range) {
            out += range.type + '/' + range.subtype;
            print_parameters(out, range.parameters);
            if (!range.weight) return;
            unsigned const q = *range.weight;
            std::string digits = std::to_string(1000 + q % 1000).substr(1);
            while (!digits.empty() && digits.back() == '0') digits.pop_back();
            out += ";q=" + std::to_string(q / 1000) + (digits.empty() ? "" : "." + digits);
        });
    }).named<"a list of media ranges">();

}  // namespace segue::http1::rules
