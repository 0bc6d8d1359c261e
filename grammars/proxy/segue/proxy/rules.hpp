// The content of a line of version 1 as Spirit X3 rules, and its printers: section 2.1 of the specification.
//
//   auto const both = segue::decode(segue::proxy::rules::tcp4_endpoints, "192.168.0.1 192.168.0.11 56324 443");
//
// Opens content/x3.hpp, which costs seconds of compile time: include it in one file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "segue/content/x3.hpp"
#include "segue/proxy/messages.hpp"

namespace segue::proxy::rules {

namespace x3 = boost::spirit::x3;

// Actions: the characters that were read, or the number, go into a member of the rule's value.
template <auto Member>
inline constexpr auto keep = [](auto& context) {
    auto const& read = x3::_attr(context);
    x3::_val(context).*Member = std::string_view(read.begin(), static_cast<std::size_t>(read.end() - read.begin()));
};
template <auto Member>
inline constexpr auto to = [](auto& context) { x3::_val(context).*Member = x3::_attr(context); };

// "Heading zeroes are not permitted in front of numbers in order to avoid any possible confusion with octal numbers."
inline constexpr auto no_heading_zero = !(x3::lit('0') >> x3::uint_parser<unsigned, 10, 1, 1>());

// "exactly 4 integers in the range [0..255] inclusive written in decimal representation separated by exactly one dot"
inline constexpr auto octet = no_heading_zero >> x3::uint_parser<std::uint8_t, 10, 1, 3>();
inline constexpr auto ipv4 = x3::raw[octet >> '.' >> octet >> '.' >> octet >> '.' >> octet];

// "series of sets of 4 hexadecimal digits (upper or lower case) delimited by colons between each other, with the acceptance
// of one double colon sequence": RFC 3986 section 3.2.2
//   h16  = 1*4HEXDIG
//   ls32 = ( h16 ":" h16 ) / IPv4address
inline constexpr auto h16 = x3::uint_parser<std::uint16_t, 16, 1, 4>();
inline constexpr auto ls32 = h16 >> ':' >> h16 | ipv4;
// N( h16 ":" )
template <std::size_t N>
inline constexpr auto groups = x3::repeat(N)[h16 >> ':'];
// [ *N( h16 ":" ) h16 ] "::"
template <std::size_t N>
inline constexpr auto up_to = -(h16 >> x3::repeat(std::size_t{0}, N)[':' >> h16]) >> "::";

inline constexpr auto ipv6 = x3::raw[
      groups<6> >> ls32
    | "::" >> groups<5> >> ls32
    | up_to<0> >> groups<4> >> ls32
    | up_to<1> >> groups<3> >> ls32
    | up_to<2> >> groups<2> >> ls32
    | up_to<3> >> groups<1> >> ls32
    | up_to<4> >> ls32
    | up_to<5> >> h16
    | up_to<6>];

// "a decimal integer in the range [0..65535] inclusive"
inline constexpr auto port = no_heading_zero >> x3::uint_parser<std::uint16_t, 10, 1, 5>();

template <class Endpoints>
inline constexpr auto print = [](Endpoints const& e) {
    return std::string(e.source) + ' ' + std::string(e.destination) + ' ' + std::to_string(e.source_port) + ' ' +
           std::to_string(e.destination_port);
};
// "exactly one space" stands between them. Past the first address an error is where it is.
template <class Endpoints, class Address>
constexpr auto endpoints(char const* name, Address const& address) {
    return x3::rule<Endpoints, Endpoints>(name) =
        address[keep<&Endpoints::source>] > ' ' > address[keep<&Endpoints::destination>] > ' ' >
        port[to<&Endpoints::source_port>] > ' ' > port[to<&Endpoints::destination_port>] > x3::eoi;
}

inline constexpr auto tcp4_endpoints = content(endpoints<tcp4>("TCP4", ipv4), print<tcp4>).named<"two IPv4 addresses and two ports">();
inline constexpr auto tcp6_endpoints = content(endpoints<tcp6>("TCP6", ipv6), print<tcp6>).named<"two IPv6 addresses and two ports">();

}  // namespace segue::proxy::rules
