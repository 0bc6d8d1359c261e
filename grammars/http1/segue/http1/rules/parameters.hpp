// What the rules share: tokens, quoted strings, parameters and lists, RFC 9110 section 5.6.
//
// The structs own their characters: an unescaped value stands nowhere on the wire.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/content/x3.hpp"
#include "segue/segue.hpp"

namespace segue::http1::rules {

// How many parameters one thing may have, and how many elements one list, the empty ones counted.
inline constexpr std::size_t most_parameters = 16;
inline constexpr std::size_t most_elements = 64;

struct parameter {
    BOOST_HANA_DEFINE_STRUCT(parameter,
        (std::string, name),
        (std::string, value));
    friend bool operator==(parameter const&, parameter const&) = default;
};

namespace x3 = boost::spirit::x3;

// Actions: what was read goes into a member of the rule's value, or becomes one more item of it.
template <auto Member>
inline constexpr auto to = [](auto& context) { x3::_val(context).*Member = std::move(x3::_attr(context)); };
inline constexpr auto add = [](auto& context) { x3::_val(context).push_back(std::move(x3::_attr(context))); };

// One character of a set, as chars(run) is a run of them.
template <byte_set S>
struct one_parser : x3::parser<one_parser<S>> {
    using attribute_type = char;
    static bool const has_attribute = true;

    template <class Context, class RuleContext, class Attribute>
    bool parse(char const*& first, char const* const& last, Context const&, RuleContext&, Attribute& attribute) const {
        if (first == last || !S.has(*first)) return false;
        x3::traits::move_to(*first++, attribute);
        return true;
    }
};
template <byte_set S>
inline constexpr one_parser<S> one{};

inline constexpr byte_set digit_characters = byte_set{}.with('0', '9');
inline constexpr byte_set letters = byte_set{}.with('a', 'z').with('A', 'Z');

// 5.6.2  token = 1*tchar
//        tchar = "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "." / "^" / "_" / "`" / "|" / "~" / DIGIT / ALPHA
inline constexpr byte_set token_characters = (letters | digit_characters).with("!#$%&'*+-.^_`|~");
inline constexpr auto token = chars(charset<token_characters>);

// 5.6.3  OWS = *( SP / HTAB )      BWS = OWS
inline constexpr auto ows = x3::omit[chars(charset<byte_set::of(" \t")>.min<0>())];

// 5.6.4  quoted-string = DQUOTE *( qdtext / quoted-pair ) DQUOTE
//        qdtext        = HTAB / SP / %x21 / %x23-5B / %x5D-7E / obs-text
//        quoted-pair   = "\" ( HTAB / SP / VCHAR / obs-text )
//        obs-text      = %x80-FF
inline constexpr byte_set quotable_characters = byte_set{}.with("\t").with(0x20, 0x7e).with(0x80, 0xff);
inline constexpr auto quoted_string = x3::rule<struct quoted_string_rule, std::string>("quoted-string") =
    '"' >> *(chars(charset<quotable_characters.without("\"\\")>)[([](auto& context) { x3::_val(context).append(x3::_attr(context)); })] |
             '\\' >> one<quotable_characters>[add]) >> '"';

// 5.6.6  parameters      = *( OWS ";" OWS [ parameter ] )
//        parameter       = parameter-name "=" parameter-value
//        parameter-name  = token
//        parameter-value = ( token / quoted-string )
inline constexpr auto parameter_value = token[to<&parameter::value>] | quoted_string[to<&parameter::value>];
inline constexpr auto one_parameter = x3::rule<struct parameter_rule, parameter>("parameter") =
    token[to<&parameter::name>] >> '=' >> parameter_value;
inline constexpr auto parameters = x3::rule<struct parameters_rule, std::vector<parameter>>("parameters") =
    x3::repeat(std::size_t{0}, most_parameters)[ows >> ';' >> ows >> -one_parameter[add]];

// 5.6.1.2  #element => [ element ] *( OWS "," OWS [ element ] )
// as recipients take it; 5.6.1.1 forbids senders the empty elements. `element` adds itself to the list.
template <class Element>
constexpr auto list_of(Element const& element) {
    return -element >> x3::repeat(std::size_t{0}, most_elements - 1)[ows >> ',' >> ows >> -element];
}

// As a token where that can be, else in quotes; what cannot stand in quotes either is not read back, so not encoded.
inline void print_value(std::string& out, std::string_view value) {
    char const* const end = value.data() + value.size();
    if (!value.empty() && skip<token_characters>(value.data(), end) == end) {
        out += value;
        return;
    }
    out += '"';
    for (char c : value) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}
inline void print_parameters(std::string& out, std::vector<parameter> const& all) {
    for (parameter const& p : all) {
        out += ';';
        out += p.name;
        out += '=';
        print_value(out, p.value);
    }
}
template <class Item, class Print>
std::string print_list(std::vector<Item> const& all, Print print) {
    std::string out;
    for (Item const& item : all) {
        if (&item != all.data()) out += ", ";
        print(out, item);
    }
    return out;
}

}  // namespace segue::http1::rules
