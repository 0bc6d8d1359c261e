// The door to Boost.Spirit X3: a rule reads the content of a segment, a printer writes it.
//
// X3 cannot stop in the middle, and here it never has to: a segment hands over its content whole. The characters of
// such a small language are segue's vectorised runs, as X3 parsers. Including this file costs seconds of compile time;
// nothing else includes it.
#pragma once

#include <boost/spirit/home/x3/auxiliary.hpp>
#include <boost/spirit/home/x3/char.hpp>
#include <boost/spirit/home/x3/core.hpp>
#include <boost/spirit/home/x3/directive.hpp>
#include <boost/spirit/home/x3/nonterminal.hpp>
#include <boost/spirit/home/x3/numeric.hpp>
#include <boost/spirit/home/x3/operator.hpp>
#include <boost/spirit/home/x3/string.hpp>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

#include "segue/content/charset.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

template <class Run>
struct chars_parser : boost::spirit::x3::parser<chars_parser<Run>> {
    using attribute_type = std::string_view;
    static bool const has_attribute = true;

    template <class Context, class RuleContext, class Attribute>
    bool parse(char const*& first, char const* const& last, Context const&, RuleContext&, Attribute& attribute) const {
        char const* const stop = skip<Run::characters>(first, last);
        auto const size = static_cast<std::size_t>(stop - first);
        if (size < Run{}.bounds().fewest || size > Run{}.bounds().most) return false;
        if constexpr (byte_value<Attribute>) assign_bytes(attribute, first, size);
        else if constexpr (!std::same_as<Attribute, boost::spirit::x3::unused_type>) attribute = Attribute(std::string_view(first, size));
        first = stop;
        return true;
    }
};

// A run of characters as an X3 parser: constexpr, vectorised; its attribute is a std::string_view or a std::string.
//   chars(token) >> '/' >> chars(token)
template <self_ending Run>
constexpr chars_parser<Run> chars(Run) {
    return {};
}

template <class Rule, class Printer, fixed_string Name = "">
struct content_t {
    [[no_unique_address]] Rule rule;
    [[no_unique_address]] Printer print;

    static constexpr bool takes_rest = true;
    using state = stateless;

    // What an error says was expected here.
    template <fixed_string N>
    constexpr content_t<Rule, Printer, N> named() const {
        return {rule, print};
    }

    template <class In, class V>
        requires std::default_initializable<V>
    step decode(In& in, state&, V& v) const {
        if constexpr (!In::in_segment) {
            std::size_t const most = in.template most<inherited, &limits::element>("element");
            if (in.left() > most) return in.fail_limit(errc::too_long, in.at + most, most);
            if (!in.closed) return in.want(1);
        }
        char const* where = in.at;
        if (!read(in.at, in.end, v, where)) return in.fail(errc::mismatch, where, Name.view());
        in.at = in.end;
        return step::done;
    }
    // What the rule could not read back is refused.
    template <class V>
        requires std::default_initializable<V>
    step encode(V const& v, output& out) const {
        std::string const printed(print(v));
        V again{};
        char const* where = nullptr;
        if (!read(printed.data(), printed.data() + printed.size(), again, where)) return out.fail(errc::mismatch, Name.view());
        if constexpr (std::equality_comparable<V>)
            if (!(again == v)) return out.fail(errc::contradiction, Name.view());
        return out.put(printed);
    }
    constexpr size_bound bounds(limits = {}) const { return {0, unbounded}; }
    constexpr void describe(description& d) const {
        d.add({.what = shape::opaque, .size = bounds(), .name = Name.view(), .most = d.limits().element});
    }

private:
    // X3 tells where it failed only when an expectation did; else the content's start is all that is known.
    template <class V>
    bool read(char const* first, char const* last, V& v, char const*& where) const {
        v = V{};
        char const* at = first;
        try {
            if (!boost::spirit::x3::parse(at, last, rule, v)) return false;
            if (at == last) return true;
            where = at;
        } catch (boost::spirit::x3::expectation_failure<char const*> const& failure) {
            where = failure.where();
        }
        return false;
    }
};

// An x3::rule says of what type its value is, so that decode and decoder need not be told.
template <class Rule, class Printer, fixed_string Name>
    requires boost::spirit::x3::traits::is_rule<Rule>::value
struct answer<content_t<Rule, Printer, Name>> {
    using type = typename Rule::attribute_type;
};

// A small language inside a segment: an X3 rule and the function that prints its value as a string.
//   delimited<"\r\n">(content(x3::int_ >> 'x' >> x3::int_, print_size).named<"size">())   "3x4\r\n" <-> {3, 4}
// Fails with mismatch at the segment's start, or where an expectation of the rule failed.
template <class Rule, class Printer>
constexpr auto content(Rule const& rule, Printer print) {
    using parser = std::remove_cvref_t<decltype(boost::spirit::x3::as_parser(rule))>;
    return content_t<parser, Printer>{boost::spirit::x3::as_parser(rule), print};
}

}  // namespace segue
