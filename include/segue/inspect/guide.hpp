// A message's type seen along the description of its grammar: it gives alternatives the names that the type lacks.
//
// Made once for a grammar. Where the two do not match, as behind `mapped`, the guide ends, and an alternative is called
// by its index.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
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
    std::vector<std::string_view> names{};      // of alternatives
    std::vector<guide> parts{};                 // of members, of alternatives, or of the one item
    std::shared_ptr<guide const> definition{};  // of a type that holds itself: it stands there, kept by the outermost
    guide const* outer = nullptr;               // ... and is meant by those inside

    guide const& here() const { return outer ? *outer : definition ? *definition : *this; }
    guide const& part(std::size_t i) const {
        static guide const none;
        return i < here().parts.size() ? here().parts[i] : none;
    }
    std::string name(std::size_t i) const { return i < here().names.size() ? std::string(here().names[i]) : std::to_string(i); }
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

// What stands between literals and is no field.
inline std::size_t enclosed_at(description const& d, std::size_t at) {
    std::size_t only = no_node;
    d.children(at, [&](std::size_t child) {
        if (d.nodes()[child].what != shape::literal && d.nodes()[child].what != shape::field) only = child;
    });
    return only;
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
            case shape::recover:
            case shape::checksummed:
            case shape::verified: at = child_at(d, at, 0); break;
            case shape::length_prefixed: at = child_at(d, at, 1); break;
            case shape::record: {
                std::size_t const only = enclosed_at(d, at);
                if (only == no_node) return at;
                at = only;
                break;
            }
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

// The definitions that are under way.
using open_guides = std::map<std::size_t, guide const*>;

template <class V>
guide guide_at(description const& d, std::size_t at, open_guides& open);

template <class V>
guide guide_members(description const& d, std::size_t at, open_guides& open) {
    guide result;
    if (d.nodes()[at].what != shape::record) return result;
    result.parts.resize(member_count<V>);
    d.children(at, [&]<class I>(I field) {
        [&]<std::size_t... M>(std::index_sequence<M...>) {
            ((d.nodes()[field].what == shape::field && d.nodes()[field].name == member_name<M, V>()
                  ? void(result.parts[M] = guide_at<member_type<M, V>>(d, field, open))
                  : void()),
             ...);
        }(std::make_index_sequence<member_count<V>>{});
    });
    return result;
}

template <class V>
guide guide_alternatives(description const& d, std::size_t at, open_guides& open) {
    guide result;
    constexpr std::size_t size = std::variant_size_v<V>;
    shape const what = d.nodes()[at].what;
    if ((what != shape::choice && what != shape::chosen_by) || child_count(d, at) != size) return result;
    [&]<std::size_t... A>(std::index_sequence<A...>) {
        (result.parts.push_back(guide_at<std::variant_alternative_t<A, V>>(d, d.child(at, A), open)), ...);
    }(std::make_index_sequence<size>{});
    if (what == shape::choice) d.children(at, [&](std::size_t a) { result.names.push_back(d.nodes()[a].name); });
    return result;
}

template <class V>
guide guide_again(description const& d, std::size_t definition, open_guides& open) {
    guide result;
    if (auto const under_way = open.find(definition); under_way != open.end()) {
        result.outer = under_way->second;
        return result;
    }
    auto const made = std::make_shared<guide>();
    open.emplace(definition, made.get());
    *made = guide_at<V>(d, definition, open);
    open.erase(definition);
    result.definition = made;
    return result;
}

template <class V>
guide guide_at(description const& d, std::size_t at, open_guides& open) {
    at = structure_at(d, at);
    if (at == no_node) return {};
    if (d.nodes()[at].what == shape::recursive) return guide_again<V>(d, d.definition_of(at), open);
    if constexpr (byte_value<V>) {
        return {};
    } else if constexpr (is_variant<V>) {
        // codecs that all make the variant itself: the first speaks for all
        if (d.nodes()[at].what == shape::chosen_by && child_count(d, at) != std::variant_size_v<V>)
            return guide_at<V>(d, child_at(d, at, 0), open);
        return guide_alternatives<V>(d, at, open);
    } else if constexpr (members<V> || optional_like<V> || iterable<V>) {
        if (d.nodes()[at].what == shape::chosen_by) return guide_at<V>(d, child_at(d, at, 0), open);
        if constexpr (members<V>) {
            return guide_members<V>(d, at, open);
        } else {
            guide result;
            if constexpr (optional_like<V>) result.parts.push_back(guide_at<typename V::value_type>(d, at, open));
            else result.parts.push_back(guide_at<typename V::value_type>(d, item_at(d, at), open));
            return result;
        }
    } else {
        return {};
    }
}

}  // namespace detail

template <class V>
guide guide_for(description const& d) {
    detail::open_guides open;
    return d.nodes().empty() ? guide{} : detail::guide_at<V>(d, 0, open);
}

}  // namespace segue
