// HTTP/1.1 messages as values. Their texts are views of the bytes on the wire; the body is told in pieces, or collected.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "segue/message/members.hpp"
#include "segue/segment/streamed.hpp"

namespace segue::http1 {

// RFC 9110 section 5: a field line of a header or trailer section.
struct header {
    BOOST_HANA_DEFINE_STRUCT(header, (std::string_view, name), (std::string_view, value));
};
using headers = std::vector<header>;
// ... whose value was unfolded, so that it is not on the wire as it is here.
struct unfolded_header {
    BOOST_HANA_DEFINE_STRUCT(unfolded_header, (std::string_view, name), (std::string, value));
};

// Body is streamed_bytes, or a std::string that collects it.
template <class Body, class Header = header>
struct basic_request {
    BOOST_HANA_DEFINE_STRUCT(basic_request,
        (std::string_view, method),
        (std::string_view, target),
        (std::string_view, version),
        (std::vector<Header>, headers),
        (Body, body),
        (std::vector<Header>, trailers));
};
template <class Body, class Header = header>
struct basic_response {
    BOOST_HANA_DEFINE_STRUCT(basic_response,
        (std::string_view, version),
        (std::uint16_t, status),
        (std::string_view, reason),
        (std::vector<Header>, headers),
        (Body, body),
        (std::vector<Header>, trailers));
};
using request = basic_request<streamed_bytes>;
using response = basic_response<streamed_bytes>;
using collected_request = basic_request<std::string>;
using collected_response = basic_response<std::string>;

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i] != b[i] && lower(a[i]) != lower(b[i])) return false;
    return true;
}
// The first field of this name.
template <class Header>
constexpr std::optional<std::string_view> find(std::vector<Header> const& all, std::string_view name) {
    for (Header const& h : all)
        if (equal_ignoring_case(h.name, name)) return h.value;
    return std::nullopt;
}
// OWS (RFC 9110 section 5.6.3) around it is dropped.
constexpr std::string_view without_space(std::string_view one) {
    while (!one.empty() && (one.front() == ' ' || one.front() == '\t')) one.remove_prefix(1);
    while (!one.empty() && (one.back() == ' ' || one.back() == '\t')) one.remove_suffix(1);
    return one;
}
// Calls visit(element) for each element of a list that is not empty (RFC 9110 section 5.6.1). Quotes are not looked at:
// for lists of tokens.
template <class Visit>
constexpr void for_each_element(std::string_view list, Visit visit) {
    for (;;) {
        std::size_t const comma = list.find(',');
        std::string_view const one = without_space(list.substr(0, comma));
        if (!one.empty()) visit(one);
        if (comma == std::string_view::npos) break;
        list.remove_prefix(comma + 1);
    }
}
// ... over all fields of this name.
template <class Header, class Visit>
constexpr void for_each_element(std::vector<Header> const& all, std::string_view name, Visit visit) {
    for (Header const& h : all)
        if (equal_ignoring_case(h.name, name)) for_each_element(h.value, visit);
}
template <class Header>
constexpr bool has_element(std::vector<Header> const& all, std::string_view name, std::string_view wanted) {
    bool found = false;
    for_each_element(all, name, [&](std::string_view one) { found = found || equal_ignoring_case(one, wanted); });
    return found;
}

}  // namespace segue::http1
