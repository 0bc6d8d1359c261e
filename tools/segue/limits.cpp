#include "limits.hpp"

#include <charconv>
#include <cstddef>
#include <set>
#include <string_view>

namespace segue::command {

namespace {

std::set<std::string> limit_names(grammar const& g) {
    std::set<std::string> names{"message", "element", "items"};
    description const d = g.describe();
    for (node const& n : d.nodes())
        if (!n.limit.empty()) names.emplace(n.limit);
    return names;
}

}  // namespace

std::optional<std::string> given_twice(std::vector<std::string> const& limits) {
    std::set<std::string> names;
    for (std::string const& one : limits)
        if (auto name = one.substr(0, one.find('=')); !names.insert(name).second) return name;
    return std::nullopt;
}

std::optional<std::string> lower(stream& in, grammar const& g, std::string const& text) {
    std::size_t const equals = text.find('=');
    if (equals == std::string::npos) return "--limit takes NAME=VALUE, not " + text;
    std::string const name = text.substr(0, equals);
    std::size_t most = 0;
    char const* const end = text.data() + text.size();
    auto const parsed = std::from_chars(text.data() + equals + 1, end, most);
    if (parsed.ec != std::errc{} || parsed.ptr != end)
        return "the value of --limit " + name + " must be a number of bytes or items";
    auto const names = limit_names(g);
    if (auto const known = names.find(name); known != names.end()) {
        // the decoder refers to the name
        std::string_view const kept = std::string_view(text).substr(0, equals);
        if (in.lower(kept, most)) return std::nullopt;
        return "too many different limits";
    }
    std::string sentence = g.name() + " has no limit named " + name + "; it has:";
    for (auto const& one : names) sentence += ' ' + one;
    return sentence;
}

std::optional<std::string> lower(two_streams const& in, registry const& all, std::string const& name, std::string const& text) {
    std::optional<std::string> wrong;
    bool lowered = false;
    for (bool const of_client : {true, false}) {
        stream* const one = (of_client ? in.of_client : in.of_server).get();
        if (!one) continue;
        auto const why = lower(*one, *all.grammar_of_side(name, of_client), text);
        lowered = lowered || !why;
        if (why) wrong = why;
    }
    return lowered ? std::nullopt : wrong;
}

}  // namespace segue::command
