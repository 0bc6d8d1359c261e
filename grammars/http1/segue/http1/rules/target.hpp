// The request target, RFC 9112 section 3.2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "segue/http1/rules/parameters.hpp"

namespace segue::http1::rules {

// Paths and queries as they are written, percent-encoded. A query that is there can be empty.
struct origin_form {
    BOOST_HANA_DEFINE_STRUCT(origin_form,
        (std::string, path),
        (std::optional<std::string>, query));
    friend bool operator==(origin_form const&, origin_form const&) = default;
};
struct absolute_form {
    BOOST_HANA_DEFINE_STRUCT(absolute_form,
        (std::string, scheme),
        (std::string, host),
        (std::optional<std::uint16_t>, port),
        (std::string, path),
        (std::optional<std::string>, query));
    friend bool operator==(absolute_form const&, absolute_form const&) = default;
};
struct authority_form {
    BOOST_HANA_DEFINE_STRUCT(authority_form,
        (std::string, host),
        (std::uint16_t, port));
    friend bool operator==(authority_form const&, authority_form const&) = default;
};
struct asterisk_form {
    friend bool operator==(asterisk_form const&, asterisk_form const&) = default;
};
using request_target = std::variant<origin_form, absolute_form, authority_form, asterisk_form>;

// RFC 3986  unreserved  = ALPHA / DIGIT / "-" / "." / "_" / "~"
//           sub-delims  = "!" / "$" / "&" / "'" / "(" / ")" / "*" / "+" / "," / ";" / "="
//           pchar       = unreserved / pct-encoded / sub-delims / ":" / "@"
//           pct-encoded = "%" HEXDIG HEXDIG
inline constexpr byte_set hexdig_characters = digit_characters.with('a', 'f').with('A', 'F');
inline constexpr byte_set name_characters = (letters | digit_characters).with("-._~!$&'()*+,;=");
inline constexpr auto pct_encoded = '%' >> one<hexdig_characters> >> one<hexdig_characters>;

namespace detail {

// dec-octet "." dec-octet "." dec-octet "." dec-octet
constexpr bool is_ipv4(std::string_view s) {
    for (int octet = 0; octet < 4; ++octet) {
        unsigned value = 0;
        std::size_t digits = 0;
        while (digits < s.size() && digits < 4 && digit_characters.has(s[digits])) value = value * 10 + static_cast<unsigned>(s[digits++] - '0');
        if (digits == 0 || digits > 3 || value > 255 || (digits > 1 && s[0] == '0')) return false;
        s.remove_prefix(digits);
        if (octet == 3) return s.empty();
        if (!s.starts_with('.')) return false;
        s.remove_prefix(1);
    }
    return false;
}
// Eight groups of one to four digits, an IPv4 address for the last two; or at most seven around one "::".
constexpr bool is_ipv6(std::string_view s) {
    std::size_t groups = 0;
    bool gap = s.starts_with("::");
    if (gap) s.remove_prefix(2);
    while (!gap || !s.empty()) {
        if (is_ipv4(s)) {
            groups += 2;
            break;
        }
        std::size_t digits = 0;
        while (digits < s.size() && hexdig_characters.has(s[digits])) ++digits;
        if (digits == 0 || digits > 4 || ++groups > 8) return false;
        s.remove_prefix(digits);
        if (s.empty()) break;
        if (!s.starts_with(':')) return false;
        s.remove_prefix(1);
        if (s.starts_with(':')) {
            if (gap) return false;
            gap = true;
            s.remove_prefix(1);
            if (s.empty()) break;
        } else if (s.empty()) {
            return false;
        }
    }
    return gap ? groups <= 7 : groups == 8;
}

inline constexpr auto check_ipv6 = [](auto& context) { x3::_pass(context) = is_ipv6(x3::_attr(context)); };
inline constexpr auto check_port = [](auto& context) {
    x3::_val(context).port = x3::_attr(context);
    x3::_pass(context) = x3::_attr(context) != 0;
};

}  // namespace detail

// RFC 3986, 3.2.2  host       = IP-literal / IPv4address / reg-name
//                  IP-literal = "[" ( IPv6address / IPvFuture ) "]"
//                  reg-name   = *( unreserved / pct-encoded / sub-delims )
// Every IPv4address is a reg-name too. RFC 9110 section 4.2.1 rejects the empty host. No IPvFuture is defined, so none is read.
inline constexpr auto ip_literal = x3::rule<struct ip_literal_rule, std::string>("IP-literal") =
    '[' >> chars(charset<hexdig_characters.with(":.")>)[detail::check_ipv6] >> ']';
inline constexpr auto host = x3::rule<struct host_rule, std::string>("host") =
    x3::raw[x3::omit[ip_literal] | +(chars(charset<name_characters>) | pct_encoded)];
// RFC 3986, 3.2.3  port = *DIGIT
inline constexpr x3::uint_parser<std::uint16_t, 10, 1, 5> port{};

// RFC 9110, 4.1    absolute-path = 1*( "/" segment )
// RFC 3986, 3.3    path-abempty  = *( "/" segment )
//                  segment       = *pchar
//           3.4    query         = *( pchar / "/" / "?" )
inline constexpr auto path = x3::rule<struct path_rule, std::string>("absolute-path") =
    x3::raw[&x3::lit('/') >> +(chars(charset<name_characters.with(":@/")>) | pct_encoded)];
inline constexpr auto query = x3::rule<struct query_rule, std::string>("query") =
    x3::raw[*(chars(charset<name_characters.with(":@/?")>) | pct_encoded)];

// RFC 9112, 3.2.1  origin-form = absolute-path [ "?" query ]
inline constexpr auto origin = x3::rule<struct origin_rule, origin_form>("origin-form") =
    path[to<&origin_form::path>] >> -('?' >> query[to<&origin_form::query>]);

// RFC 9112, 3.2.2  absolute-form = absolute-URI
// RFC 3986, 4.3    absolute-URI  = scheme ":" hier-part [ "?" query ]
//           3      hier-part     = "//" authority path-abempty / ...
//           3.1    scheme        = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )
// Only with an authority, and that without userinfo: RFC 9110 section 4.2.4 has it treated as an error.
inline constexpr auto scheme = x3::rule<struct scheme_rule, std::string>("scheme") =
    x3::raw[one<letters> >> chars(charset<(letters | digit_characters).with("+-.")>.min<0>())];
inline constexpr auto absolute = x3::rule<struct absolute_rule, absolute_form>("absolute-form") =
    scheme[to<&absolute_form::scheme>] >> "://" >> host[to<&absolute_form::host>] >> -(':' >> -port[to<&absolute_form::port>]) >>
    -path[to<&absolute_form::path>] >> -('?' >> query[to<&absolute_form::query>]);

// RFC 9112, 3.2.3  authority-form = uri-host ":" port
// RFC 9110 section 9.3.6 rejects a CONNECT with an empty or invalid port.
inline constexpr auto authority = x3::rule<struct authority_rule, authority_form>("authority-form") =
    host[to<&authority_form::host>] >> ':' >> port[detail::check_port] >> x3::eoi;

// RFC 9112, 3.2    request-target = origin-form / absolute-form / authority-form / asterisk-form
//           3.2.4  asterisk-form  = "*"
// Which form goes with which method is the protocol's to say. What could be an authority or a URI without "//" is an
// authority.
inline constexpr auto target = content(
    x3::rule<struct target_rule, request_target>("request-target") = [] {
        constexpr auto take = [](auto& context) { x3::_val(context) = std::move(x3::_attr(context)); };
        constexpr auto take_asterisk = [](auto& context) { x3::_val(context) = asterisk_form{}; };
        return origin[take] | (x3::lit('*') >> x3::eoi)[take_asterisk] | authority[take] | absolute[take];
    }(),
    [](request_target const& target_to_print) {
        struct printer {
            static std::string with_query(std::string out, std::optional<std::string> const& query_if_any) {
                return query_if_any ? out + '?' + *query_if_any : out;
            }
            std::string operator()(origin_form const& t) const { return with_query(t.path, t.query); }
            std::string operator()(absolute_form const& t) const {
                return with_query(t.scheme + "://" + t.host + (t.port ? ':' + std::to_string(*t.port) : "") + t.path, t.query);
            }
            std::string operator()(authority_form const& t) const { return t.host + ':' + std::to_string(t.port); }
            std::string operator()(asterisk_form) const { return "*"; }
        };
        return std::visit(printer{}, target_to_print);
    }).named<"a request target">();

}  // namespace segue::http1::rules
