// Elements whose form an earlier field decides: one of several codecs, or a codec that may be absent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <variant>

#include "segue/message/field.hpp"
#include "segue/message/follow.hpp"
#include "segue/message/members.hpp"
#include "segue/wire/codec.hpp"
#include "segue/wire/framing_input.hpp"

namespace segue {

// One of several codecs that was chosen at run time.
template <class Codecs>
struct chosen_t;

template <class... C>
struct chosen_t<std::variant<C...>> {
    std::variant<C...> codecs{};

    static constexpr std::size_t size = sizeof...(C);
    static constexpr bool streaming = (streams<C> || ...);
    struct state {
        one_of<state_of<C>...> suspended;
        bool begun = false;
    };

    template <class In, class V>
        requires((is_variant<V> || (codec_for<C, V> && ...)))
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        return decode_chosen<0>(in, s, v);
    }
    template <class V>
        requires((is_variant<V> || (codec_for<C, V> && ...)))
    constexpr step encode(V const& v, output& out) const {
        step r = step::failed;
        each([&]<std::size_t I>() {
            if (codecs.index() != I) return;
            auto const& chosen = *std::get_if<I>(&codecs);
            if constexpr (!by_alternative<V>) {
                r = chosen.encode(v, out);
            } else {
                auto const* held = std::get_if<I>(&v);
                r = held ? chosen.encode(*held, out) : out.fail(errc::contradiction, "the alternative that the earlier field names");
            }
        });
        return r;
    }
    constexpr size_bound bounds(limits l = {}) const { return (C{}.bounds(l) | ...); }
    constexpr void describe(description& d) const { (C{}.describe(d), ...); }

private:
    // A std::variant member takes codec k's value as its alternative k, unless every codec can make the variant itself.
    template <class V>
    static constexpr bool by_alternative = is_variant<V> && !(codec_for<C, V> && ...);

    template <class Visit>
    static constexpr void each(Visit visit) {
        [&]<std::size_t... I>(std::index_sequence<I...>) { (visit.template operator()<I>(), ...); }(std::make_index_sequence<size>{});
    }
    template <std::size_t I, class In, class V>
    SEGUE_INLINE step decode_chosen(In& in, state& s, V& v) const {
        if constexpr (I == size) {
            return step::failed;  // not reached: a variant holds one of its alternatives
        } else {
            auto const* chosen = std::get_if<I>(&codecs);
            if (!chosen) return decode_chosen<I + 1>(in, s, v);
            using chosen_state = state_of<std::remove_cvref_t<decltype(*chosen)>>;
            chosen_state fresh{};
            if (s.begun) [[unlikely]] fresh = get_state<I>(s.suspended);
            step r;
            if constexpr (by_alternative<V>) {
                if (!s.begun && v.index() != I) take_form<I>(v, in.frames);
                r = decode_framed(*chosen, in, fresh, *std::get_if<I>(&v));
            } else {
                r = decode_framed(*chosen, in, fresh, v);
            }
            if (r != step::done) [[unlikely]] {
                s.begun = true;
                put_state<I>(s.suspended, fresh);
            }
            return r;
        }
    }
};

template <fixed_string By, class F>
struct chosen_by_t {
    static constexpr auto depends_on = By;
    [[no_unique_address]] F choose;

    template <class T>
    constexpr auto of(T const& record) const {
        auto chosen = choose(member_named<By>(record));
        if constexpr (is_variant<decltype(chosen)>) return chosen_t<decltype(chosen)>{chosen};
        else return chosen;
    }
    template <class T, class V>
    constexpr step encode_in(T const& record, V const& v, output& out) const {
        return of(record).encode(v, out);
    }
    template <class T>
    constexpr size_bound bounds_in(limits l) const {
        return decltype(of(std::declval<T const&>())){}.bounds(l);
    }
    template <class T>
    constexpr void describe_in(description& d, size_bound size) const {
        d.add({.what = shape::chosen_by, .size = size, .name = By.view()}, decltype(of(std::declval<T const&>())){});
    }
};

// What the field says: the function, which must be pure, turns its value into a codec or a std::variant of codecs.
//   field<"body">(chosen_by<"kind">([](std::uint8_t kind) { return kind == 0 ? ... : ...; }))
// A std::variant member takes codec k's value as alternative k. Encoding fails with contradiction where they differ.
template <fixed_string By, class F>
constexpr chosen_by_t<By, F> chosen_by(F choose) {
    return {choose};
}

// A codec that may be absent.
template <class C>
struct optional_t {
    bool present = false;
    [[no_unique_address]] C content;

    static constexpr bool streaming = streams<C>;
    struct state {
        bool begun = false;
        [[no_unique_address]] state_of<C> content{};
    };

    template <class In, optional_like V>
        requires codec_for<C, typename V::value_type>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        if (!present) {
            v.reset();
            return step::done;
        }
        if (!s.begun) {
            if (!v) v.emplace();
            s.begun = true;
        }
        state_of<C> local = s.content;
        step const r = decode_framed(content, in, local, *v);
        if (r != step::done) [[unlikely]] s.content = local;
        return r;
    }
    template <optional_like V>
        requires codec_for<C, typename V::value_type>
    constexpr step encode(V const& v, output& out) const {
        if (v.has_value() != present)
            return out.fail(errc::contradiction, present ? "a value, as the earlier field says" : "no value, as the earlier field says");
        return present ? content.encode(*v, out) : step::done;
    }
    constexpr size_bound bounds(limits l = {}) const { return {0, content.bounds(l).most}; }
    constexpr void describe(description& d) const { content.describe(d); }
};

template <fixed_string By, class P, class C>
struct optional_if_t {
    static constexpr auto depends_on = By;
    [[no_unique_address]] P predicate;
    [[no_unique_address]] C content;

    template <class T>
    constexpr optional_t<C> of(T const& record) const {
        return {predicate(member_named<By>(record)), content};
    }
    template <class T, class V>
    constexpr step encode_in(T const& record, V const& v, output& out) const {
        return of(record).encode(v, out);
    }
    template <class T>
    constexpr size_bound bounds_in(limits l) const {
        return {0, content.bounds(l).most};
    }
    template <class T>
    constexpr void describe_in(description& d, size_bound size) const {
        d.add({.what = shape::optional, .size = size, .name = By.view()}, content);
    }
};

// Present where the predicate holds for the field; the member is a std::optional.
//   field<"crc">(optional_if<"flags">([](std::uint8_t flags) { return (flags & 1) != 0; }, u32_be))
// Encoding fails with contradiction where the field and the member disagree.
template <fixed_string By, class P, codec C>
constexpr optional_if_t<By, P, C> optional_if(P predicate, C content) {
    return {predicate, content};
}

}  // namespace segue
