// A codec that contains itself, by its name.
//
// The definition belongs to the type of the value and is given where everything in it is known. Each level is one call of a function that is
// not inlined; its state is kept by the driver (wire/frames.hpp), because a state cannot hold itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "segue/core/refused.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

// template <> struct segue::definition<item> { static constexpr std::string_view name = "item"; static constexpr auto codec = ...; };
// `leaves`, where it has one: so many of the first forms of its choice hold no other, and are read without a call.
template <class T>
struct definition;

// First: the bytes that one can begin with, for what stands around it: the definition is not known yet where it is used.
template <class T, std::size_t Max = inherited, fixed_string Name = "depth", byte_set First = byte_set::all()>
struct recursive_t {
    using value_type = T;
    struct state {
        bool begun = false;  // suspended inside; where, the driver's frames say
    };

    // The limit, in levels.
    template <std::size_t N, fixed_string LimitName = "depth">
    constexpr recursive_t<T, N, LimitName, First> max() const {
        return {};
    }
    // It begins with one of these bytes, as an end mark behind it does not.
    template <byte_set S>
    constexpr recursive_t<T, Max, Name, S> begins_with() const {
        return {};
    }

    template <class In>
    SEGUE_INLINE step decode(In& in, state& s, T& v) const {
        if (in.level == 0) in.deepest = static_cast<std::uint32_t>(in.template most<Max, &limits::depth>(Name.view()));
        if (in.level >= in.deepest) [[unlikely]] return in.fail_limit(errc::too_deep, in.at, in.deepest);
        if constexpr (requires { definition<T>::leaves; }) {
            // What does not come to its end here is begun again with a level of its own.
            if (!s.begun) [[likely]] {
                char const* const here = in.at;
                if (whole().template decode_leaf<definition<T>::leaves>(in, v)) [[likely]] return step::done;
                in.back_to(here);
            }
        }
        // Out of line goes a copy, so that `in` stays in registers.
        auto inner = in.plain();
        ++inner.level;
        step const r = descend(inner, s, v);
        in.go_on_from(inner);
        return r;
    }
    constexpr step encode(T const& v, output& out) const {
        if (!out.descend(Max == inherited ? unbounded : Max)) return step::failed;
        step const r = whole().encode(v, out);
        out.ascend();
        return r;
    }
    // A definition that could be empty, or has no end, is refused where it is used.
    constexpr size_bound bounds(limits = {}) const { return {1, unbounded}; }
    constexpr void describe(description& d) const {
        if (!d.begin_definition(definition<T>::name)) return d.add({.what = shape::recursive, .size = bounds(), .name = definition<T>::name});
        d.add({.what = shape::recursive, .size = bounds(), .name = definition<T>::name, .most = Max == inherited ? d.limits().depth : Max, .limit = Name.view()}, whole());
        d.end_definition();
    }
    constexpr byte_set first() const { return First; }

private:
    static constexpr auto const& whole() { return definition<T>::codec; }

    template <class In>
    [[gnu::noinline]] static step descend(In& outer, state& s, T& v) {
        In in = outer;
        using inner = std::remove_cvref_t<decltype(whole())>;
        if constexpr (!codec_for<inner, T>) (void)sizeof(refused::the_codec_does_not_fit_the_type_of_this_member<"recursive", inner, T>);
        if constexpr ((first_of(whole()) & ~First) != byte_set{}) (void)sizeof(refused::the_definition_begins_with_other_bytes<T>);
        if constexpr (streams<inner>) (void)sizeof(refused::a_streamed_element_cannot_stand_inside_a_recursion<inner>);
        state_of<inner> here{};
        if (s.begun) in.frames->get(in.level, here);
        step const r = whole().decode(in, here, v);
        s.begun = r == step::need_more;
        if (s.begun) in.frames->put(in.level, here);
        outer.go_on_from(in);
        return r;
    }
};

// The codec of a type that holds itself, by its definition.
//   struct item { BOOST_HANA_DEFINE_STRUCT(item, (std::variant<int, std::vector<item>>, is)); };
//   template <> struct segue::definition<item> {
//       static constexpr std::string_view name = "item";
//       static constexpr auto codec = record<item>(field<"is">(choice(
//           alternative<"number", ":">(delimited<"\r\n">(number<int>)),
//           alternative<"list", "*">(repeat_counted(u8, recursive<item>)))));
//   };
// `.begins_with<set>()` where an end mark follows; `.max<N>()` in levels, else limits::depth; the outermost one counts. Fails with too_deep at the first byte of the level that is too much. A type
// that holds itself and views needs `follows<T>::views`.
template <class T>
inline constexpr recursive_t<T> recursive{};

}  // namespace segue
