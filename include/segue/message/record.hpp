// A struct on the wire: its members in the order of the bytes, with literals between them.
//
// The state is an index and the state of the one suspended element. Neighbours of fixed size are checked for once and
// read from a window of that size. A dependent element is asked for its codec with the record decoded so far.
#pragma once

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

#include "segue/core/refused.hpp"
#include "segue/message/field.hpp"
#include "segue/message/items.hpp"
#include "segue/message/members.hpp"
#include "segue/message/record_check.hpp"
#include "segue/message/record_image.hpp"
#include "segue/wire/codec.hpp"
#include "segue/wire/framing_input.hpp"

namespace segue {

template <class T, class... E>
struct record_t {
    [[no_unique_address]] std::tuple<E...> elements;

    using value_type = T;
    static constexpr std::size_t size = sizeof...(E);
    static_assert(size < 255);
    static constexpr bool exact_size = ((!dependent<detail::element<E>> && segue::exact_size<detail::element<E>>) && ...);
    static constexpr bool streaming = (streams<typename detail::element_codec<T, E>::type> || ...);

    struct state {
        one_of<state_of<typename detail::element_codec<T, E>::type>...> suspended;
        beside<decltype(suspended)> at = 0;  // 0: nothing begun; k + 1: suspended in element k
    };

    template <class In>
    SEGUE_INLINE step decode(In& in, state& s, T& v) const {
        return decode_range<0, size>(in, s, v);
    }
    using image = detail::record_image<T, E...>;
    static constexpr std::size_t width = image::template width<0, size>();
    SEGUE_INLINE void load(char const* p, T& v) const requires(image::template all<0, size>()) { image::template load<0, size>(elements, p, v); }
    // As choice's, of a record that is nothing but one.
    template <std::size_t Leaves, class In>
        requires(size == 1)
    SEGUE_INLINE bool decode_leaf(In& in, T& v) const {
        return get<0>().template decode_leaf<Leaves>(in, member<0>(v));
    }
    // That of the element which is suspended.
    template <std::size_t I = 0>
        requires(begins_pieces<typename detail::element_codec<T, E>::type> || ...)
    SEGUE_INLINE static bool begin_piece(state& s, char const*& at, char const* end, std::uint64_t& piece) {
        if constexpr (I == size) {
            return false;
        } else {
            if constexpr (begins_pieces<codec_at<I>>)
                if (s.at == I + 1) return codec_at<I>::begin_piece(get_state<I>(s.suspended), at, end, piece);
            return begin_piece<I + 1>(s, at, end, piece);
        }
    }
    constexpr step encode(T const& v, output& out) const {
        return encode_range<0, size>(v, out);
    }
    // Its elements from First to before Last, for who has something to do between them.
    template <std::size_t First, std::size_t Last, class In>
    SEGUE_INLINE step decode_range(In& in, state& s, T& v) const {
        if constexpr (First == Last) {
            return step::done;
        } else {
            constexpr std::size_t end = image::template fixed_end<First, Last>();
            if constexpr (end >= First + 2 && !In::only_framing) {
                if (step const r = decode_run<First, end>(in, s, v); r != step::done) [[unlikely]] return r;
                return decode_range<end, Last>(in, s, v);
            } else {
                if (s.at <= First + 1)
                    if (step const r = decode_element<First>(in, s, v); r != step::done) [[unlikely]] return r;
                return decode_range<First + 1, Last>(in, s, v);
            }
        }
    }
    template <std::size_t First, std::size_t Last>
    constexpr step encode_range(T const& v, output& out) const {
        step r = step::done;
        each([&]<std::size_t I>() {
            if constexpr (First <= I && I < Last)
                if (r == step::done) r = encode_element<I>(v, out);
        });
        return r;
    }
    constexpr size_bound bounds(limits l = {}) const { return bounds_from<0>(l); }
    constexpr void describe(description& d) const {
        std::size_t const at = d.nodes().size();
        d.add({.what = shape::record, .size = bounds(d.limits())});
        each([&]<std::size_t I>() { describe_element<I>(d); });
        d.close(at);
    }
    constexpr byte_set first() const {
        byte_set result;
        bool open = true;
        each([&]<std::size_t I>() {
            if (open) result = result | first_of(get<I>());  // all bytes, for a dependent element
            if (element_bounds<I>({}).fewest != 0) open = false;
        });
        return result;
    }

    // What stands behind an all_but takes just the bytes that it leaves.
    constexpr bool tails_fit() const {
        bool fit = true;
        each([&]<std::size_t I>() {
            if constexpr (requires { element<I>::kept; })
                if (element<I>::kept != 0 && bounds_from<I + 1>({}) != size_bound::exactly(element<I>::kept)) fit = false;
        });
        return fit;
    }
    static constexpr byte_set continuation = continuation_of<detail::element<std::tuple_element_t<sizeof...(E) - 1, std::tuple<E...>>>>;

private:
    template <std::size_t I>
    using at_index = std::tuple_element_t<I, std::tuple<E...>>;
    template <std::size_t I>
    using element = detail::element<at_index<I>>;
    template <std::size_t I>
    using codec_at = typename detail::element_codec<T, at_index<I>>::type;

    template <std::size_t I>
    SEGUE_INLINE auto const& get() const {
        if constexpr (named<at_index<I>>) return std::get<I>(elements).element;
        else return std::get<I>(elements);
    }
    template <std::size_t I>
    SEGUE_INLINE static auto& member(auto& v) {
        return member_named<at_index<I>::name>(v);
    }
    template <class Visit>
    static constexpr void each(Visit visit) {
        [&]<std::size_t... I>(std::index_sequence<I...>) { (visit.template operator()<I>(), ...); }(std::make_index_sequence<size>{});
    }

    template <std::size_t I>
    constexpr size_bound element_bounds(limits l) const {
        if constexpr (dependent<element<I>>) return get<I>().template bounds_in<T>(l);
        else return get<I>().bounds(l);
    }
    template <std::size_t I>
    constexpr size_bound bounds_from(limits l) const {
        if constexpr (I == size) return size_bound::exactly(0);
        else return element_bounds<I>(l) + bounds_from<I + 1>(l);
    }
    template <std::size_t I, limits L>
    SEGUE_INLINE std::size_t fewest_from() const {  // a constant, as fewest_of
        if constexpr (requires { requires std::is_empty_v<record_t>; typename std::bool_constant<(record_t{}.template bounds_from<I>(L), true)>; })
            return std::integral_constant<std::size_t, record_t{}.template bounds_from<I>(L).fewest>::value;
        else return bounds_from<I>(L).fewest;
    }
    template <std::size_t I, std::size_t End>
    constexpr std::size_t run_size() const {
        if constexpr (I == End) return 0;
        else return element_bounds<I>({}).fewest + run_size<I + 1, End>();
    }

    template <std::size_t I, std::size_t End, class In>
    SEGUE_INLINE step decode_run(In& in, state& s, T& v) const {
        if (s.at > I) [[unlikely]] return decode_each<I, End>(in, s, v);
        if (in.left() >= run_size<I, End>()) [[likely]] {
            auto window = in.segment(run_size<I, End>());
            step const r = decode_each<I, End>(window, s, v);
            in.at = window.at;
            return r;
        }
        // Too few bytes for all of them: said again for the compiler, so that the two ways do not meet.
        return decode_each<I, End>(in, s, v) == step::failed ? step::failed : step::need_more;
    }
    template <std::size_t I, std::size_t End, class In>
    SEGUE_INLINE step decode_each(In& in, state& s, T& v) const {
        if constexpr (I == End) {
            return step::done;
        } else {
            if (s.at <= I + 1)
                if (step const r = decode_element<I>(in, s, v); r != step::done) [[unlikely]] return r;
            return decode_each<I + 1, End>(in, s, v);
        }
    }
    template <std::size_t I, bool InPlace>
    SEGUE_INLINE static decltype(auto) begin_element(state& s) {
        if constexpr (InPlace) {
            if (s.at != I + 1) put_state<I>(s.suspended, state_of<codec_at<I>>{});
            else if (!std::is_constant_evaluated()) asm("" : "+m"(s.suspended));  // it was put there: g++ 12 does not see that
            return (get_state<I>(s.suspended));
        } else {
            state_of<codec_at<I>> fresh{};
            if (s.at == I + 1) [[unlikely]] fresh = get_state<I>(s.suspended);
            return fresh;
        }
    }
    template <std::size_t I, class In>
    SEGUE_INLINE step decode_element(In& in, state& s, T& v) const {
        if constexpr (In::only_framing && detail::decides<at_index<I>, E...>) return decode_element<I>(in.strict(), s, v);
        // What hands its bytes out in pieces suspends with each of them, and works on the stored state.
        constexpr bool in_place = streams<codec_at<I>>;
        decltype(auto) fresh = begin_element<I, in_place>(s);
        step r;
        if constexpr (dependent<element<I>>) {
            r = decode_framed(get<I>().of(v), in, fresh, member<I>(v));
        } else if constexpr (named<at_index<I>>) {
            r = decode_framed(get<I>(), in, fresh, member<I>(v));
        } else {
            nothing none;
            r = decode_framed(get<I>(), in, fresh, none);
        }
        if (r != step::done) [[unlikely]] {
            if (r == step::failed) {
                if constexpr (named<at_index<I>>) in.inside({at_index<I>::name.chars, 0});
            } else {
                s.at = I + 1;
                if constexpr (!in_place) put_state<I>(s.suspended, fresh);
                each([&]<std::size_t J>() { if constexpr (J > I && named<at_index<J>>) forget_items(member<J>(v)); });
                in.then(fewest_from<I + 1, In::defaults>());
            }
        }
        return r;
    }
    template <std::size_t I>
    constexpr step encode_element(T const& v, output& out) const {
        step r;
        if constexpr (!named<at_index<I>>) r = get<I>().encode(nothing{}, out);
        else if constexpr (measuring<element<I>>) r = encode_measure<I>(v, out);
        else if constexpr (measured<I>()) r = encode_measured<I>(v, out);
        else if constexpr (dependent<element<I>>) r = get<I>().encode_in(v, member<I>(v), out);
        else r = get<I>().encode(member<I>(v), out);
        if constexpr (named<at_index<I>>)
            if (r == step::failed) out.inside({at_index<I>::name.chars, 0});
        return r;
    }
    template <fixed_string Name>
    static constexpr std::size_t index_of_field = detail::index_of_field<Name, E...>;
    // A field that says the size or the count of another one, whatever its own member holds.
    template <std::size_t I>
    constexpr step encode_measure(T const& v, output& out) const {
        constexpr std::size_t target = index_of_field<element<I>::measures>;
        if constexpr (element<I>::counts_items) {
            return get<I>().encode(member<target>(v).size(), out);
        } else {
            output counter = out.counter();
            if (encode_element<target>(v, counter) != step::done) return step::failed;
            return get<I>().encode(counter.written(), out);
        }
    }
    // Its size or count stands in an earlier field that is not computed from it.
    template <std::size_t I>
    static constexpr bool measured() {
        if constexpr (!(named<at_index<I>> && requires { element<I>::counts_items; element<I>::depends_on; })) return false;
        else {
            using by = element<index_of_field<element<I>::depends_on>>;
            if constexpr (measuring<by>) return by::measures.view() != at_index<I>::name.view();
            else return true;
        }
    }
    template <std::size_t I>
    constexpr step encode_measured(T const& v, output& out) const {
        std::uint64_t const before = out.written();
        if (step const r = get<I>().encode_in(v, member<I>(v), out); r != step::done) return r;
        std::uint64_t measure = out.written() - before;
        if constexpr (element<I>::counts_items) measure = member<I>(v).size();
        if (measure != static_cast<std::uint64_t>(member_named<element<I>::depends_on>(v)))
            return out.fail(errc::contradiction, "the size or the count that the earlier field says");
        return step::done;
    }

    template <std::size_t I>
    constexpr void describe_element(description& d) const {
        size_bound const size_here = element_bounds<I>(d.limits());
        std::size_t const here = d.nodes().size();
        if constexpr (named<at_index<I>>) d.add({.what = shape::field, .size = size_here, .name = at_index<I>::name.view()});
        if constexpr (dependent<element<I>>) get<I>().template describe_in<T>(d, size_here);
        else get<I>().describe(d);
        if constexpr (named<at_index<I>>) d.close(here);
    }
};

template <class T, class... E>
    requires(sizeof...(E) != 0 && takes_the_rest<detail::element<std::tuple_element_t<sizeof...(E) - 1, std::tuple<E...>>>>)
inline constexpr bool takes_the_rest<record_t<T, E...>> = true;

// The members of T in the order of their bytes; elements without a name must have no value.
//   record<point>(field<"x">(u8), literal<",">, field<"y">(u8))   01 2c 02 <-> {1, 2}
// T is declared with BOOST_HANA_DEFINE_STRUCT; each member has exactly one field. An error's path begins with its name.
template <members T, class... E>
constexpr record_t<T, E...> record(E... elements) {
    detail::record_check<T, E...>::check();
    record_t<T, E...> const made{std::tuple<E...>(elements...)};
    if (std::is_constant_evaluated() && !made.tails_fit()) refused::all_but_must_be_followed_by_just_as_many_bytes();
    return made;
}

}  // namespace segue
