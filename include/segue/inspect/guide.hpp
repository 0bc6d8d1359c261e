// A message's type seen along the description of its grammar: it gives alternatives the names that the type lacks.
//
// Made once for a grammar. Where the two do not match, as behind `mapped`, the guide ends, and an alternative is called
// by its index.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "segue/core/description.hpp"
#include "segue/message/follow.hpp"
#include "segue/message/members.hpp"
#include "segue/wire/byte_value.hpp"

namespace segue {

struct guide {
    std::vector<std::string_view> names{};  // of alternatives
    std::vector<guide> parts{};             // of members, of alternatives, or of the one item

    guide const& part(std::size_t i) const {
        static guide const none;
        return i < parts.size() ? parts[i] : none;
    }
    std::string name(std::size_t i) const { return i < names.size() ? std::string(names[i]) : std::to_string(i); }
};

namespace detail {

inline constexpr std::size_t no_node = static_cast<std::size_t>(-1);

inline std::size_t child_count(description const& d, std::size_t at) {
    std::size_t n = 0;
    d.children(at, [&](std::size_t) { ++n; });
    return n;
}
inline std::size_t child_at(description const& d, std::size_t at, std::size_t which) {
    return which < child_count(d, at) ? d.child(at, which) : no_node;
}

// The node that has the value's structure: what only says where the bytes end is passed over.
inline std::size_t structure_at(description const& d, std::size_t at) {
    while (at != no_node) switch (d.nodes()[at].what) {
            case shape::field:
            case shape::alternative:
            case shape::fixed:
            case shape::padded:
            case shape::trimmed:
            case shape::delimited:
            case shape::rest:
            case shape::all_but:
            case shape::optional:
            case shape::sized_by:
            case shape::aligned:
            case shape::checksummed:
            case shape::verified: at = child_at(d, at, 0); break;
            case shape::length_prefixed: at = child_at(d, at, 1); break;
            case shape::recursive: at = d.definition_of(at); break;
            default: return at;
        }
    return no_node;
}
inline std::size_t item_at(description const& d, std::size_t at) {
    switch (d.nodes()[at].what) {
        case shape::repeat:
        case shape::repeat_until:
        case shape::repeat_to_end:
        case shape::separated:
        case shape::counted_by: return child_at(d, at, 0);
        case shape::repeat_counted: return child_at(d, at, 1);
        default: return no_node;
    }
}

template <class V>
guide guide_at(description const& d, std::size_t at);

template <class V>
guide guide_members(description const& d, std::size_t at) {
    guide result;
    if (d.nodes()[at].what != shape::record) return result;
    result.parts.resize(member_count<V>);
    d.children(at, [&]<class I>(I field) {
        [&]<std::size_t... M>(std::index_sequence<M...>) {
            ((d.nodes()[field].what == shape::field && d.nodes()[field].name == member_name<M, V>()
                  ? void(result.parts[M] = guide_at<member_type<M, V>>(d, field))
                  : void()),
             ...);
        }(std::make_index_sequence<member_count<V>>{});
    });
    return result;
}

template <class V>
guide guide_alternatives(description const& d, std::size_t at) {
    guide result;
    constexpr std::size_t size = std::variant_size_v<V>;
    shape const what = d.nodes()[at].what;
    if ((what != shape::choice && what != shape::chosen_by) || child_count(d, at) != size) return result;
    [&]<std::size_t... A>(std::index_sequence<A...>) {
        (result.parts.push_back(guide_at<std::variant_alternative_t<A, V>>(d, d.child(at, A))), ...);
    }(std::make_index_sequence<size>{});
    if (what == shape::choice) d.children(at, [&](std::size_t a) { result.names.push_back(d.nodes()[a].name); });
    return result;
}

template <class V>
guide guide_at(description const& d, std::size_t at) {
    at = structure_at(d, at);
    if (at == no_node) return {};
    if constexpr (byte_value<V>) {
        return {};
    } else if constexpr (is_variant<V>) {
        // codecs that all make the variant itself: the first speaks for all
        if (d.nodes()[at].what == shape::chosen_by && child_count(d, at) != std::variant_size_v<V>)
            return guide_at<V>(d, child_at(d, at, 0));
        return guide_alternatives<V>(d, at);
    } else if constexpr (members<V> || optional_like<V> || iterable<V>) {
        if (d.nodes()[at].what == shape::chosen_by) return guide_at<V>(d, child_at(d, at, 0));
        if constexpr (members<V>) {
            return guide_members<V>(d, at);
        } else {
            guide result;
            if constexpr (optional_like<V>) result.parts.push_back(guide_at<typename V::value_type>(d, at));
            else result.parts.push_back(guide_at<typename V::value_type>(d, item_at(d, at)));
            return result;
        }
    } else {
        return {};
    }
}

}  // namespace detail

template <class V>
guide guide_for(description const& d) {
    return d.nodes().empty() ? guide{} : detail::guide_at<V>(d, 0);
}

}  // namespace segue
