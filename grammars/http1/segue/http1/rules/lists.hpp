// Transfer-Encoding, RFC 9112 section 6.1, and Connection, RFC 9110 section 7.6.1.
#pragma once

#include <string>
#include <vector>

#include "segue/http1/rules/parameters.hpp"

namespace segue::http1::rules {

// The name is compared without regard to case.
struct transfer_coding {
    BOOST_HANA_DEFINE_STRUCT(transfer_coding,
        (std::string, name),
        (std::vector<parameter>, parameters));
    friend bool operator==(transfer_coding const&, transfer_coding const&) = default;
};

// RFC 9110, 10.1.4  transfer-coding    = token *( OWS ";" OWS transfer-parameter )
//                   transfer-parameter = token BWS "=" BWS ( token / quoted-string )
// BWS is read and never written, section 5.6.3. Unlike elsewhere no parameter may be empty.
inline constexpr auto one_transfer_parameter = x3::rule<struct transfer_parameter_rule, parameter>("transfer-parameter") =
    token[to<&parameter::name>] >> ows >> '=' >> ows >> parameter_value;
inline constexpr auto transfer_parameters = x3::rule<struct transfer_parameters_rule, std::vector<parameter>>("transfer-parameters") =
    x3::repeat(std::size_t{0}, most_parameters)[ows >> ';' >> ows >> one_transfer_parameter[add]];
inline constexpr auto one_transfer_coding = x3::rule<struct transfer_coding_rule, transfer_coding>("transfer-coding") =
    token[to<&transfer_coding::name>] >> transfer_parameters[to<&transfer_coding::parameters>];

// RFC 9112, 6.1  Transfer-Encoding = #transfer-coding
inline constexpr auto transfer_encoding = content(
    x3::rule<struct transfer_encoding_rule, std::vector<transfer_coding>>("Transfer-Encoding") = list_of(one_transfer_coding[add]),
    [](std::vector<transfer_coding> const& codings) {
        return print_list(codings, [](std::string& out, transfer_coding const& coding) {
            out += coding.name;
            print_parameters(out, coding.parameters);
        });
    }).named<"a list of transfer codings">();

// RFC 9110, 7.6.1  Connection        = #connection-option
//                  connection-option = token
inline constexpr auto connection = content(
    x3::rule<struct connection_rule, std::vector<std::string>>("Connection") =
        list_of(token[([](auto& context) { x3::_val(context).emplace_back(x3::_attr(context)); })]),
    [](std::vector<std::string> const& options) {
        return print_list(options, [](std::string& out, std::string const& option) { out += option; });
    }).named<"a list of connection options">();

}  // namespace segue::http1::rules
