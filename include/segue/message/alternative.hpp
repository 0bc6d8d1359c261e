// One form of a choice: its name, the bytes that it begins with, and its content.
#pragma once

#include "segue/wire/codec.hpp"

namespace segue {

template <fixed_string Name, fixed_string Tag, class C>
struct alternative_t {
    static constexpr auto name = Name;
    static constexpr auto tag = Tag;
    static constexpr bool is_fallback = Tag.size == 0;
    [[no_unique_address]] C content;
};

template <fixed_string Name, fixed_string Tag>
struct alternative_factory {
    template <codec C>
    constexpr alternative_t<Name, Tag, C> operator()(C content) const {
        return {content};
    }
};

// A form that begins with a tag, which is not part of its content.
//   alternative<"error", "-">(delimited<"\r\n">(line))
template <fixed_string Name, fixed_string Tag>
    requires(Tag.size != 0)
inline constexpr alternative_factory<Name, Tag> alternative{};

// The form for every other beginning; its content gets all bytes. It stands last.
template <fixed_string Name>
inline constexpr alternative_factory<Name, ""> fallback{};

}  // namespace segue
