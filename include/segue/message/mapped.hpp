// A codec's value seen as another type: enumerations, units, newtypes.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <type_traits>

#include "segue/message/follow.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

template <class Wire, class C, class To, class From>
struct mapped_t {
    [[no_unique_address]] C wire;
    [[no_unique_address]] To to;
    [[no_unique_address]] From from;

    using converted = std::remove_cvref_t<std::invoke_result_t<To const&, Wire const&>>;
    static constexpr bool may_refuse = optional_like<converted>;
    using value_type = typename std::conditional_t<may_refuse, converted, std::optional<converted>>::value_type;
    static constexpr byte_set continuation = continuation_of<C>;
    static constexpr bool exact_size = segue::exact_size<C>;
    static constexpr bool takes_rest = takes_the_rest<C>;

    // A leaf has no value before its last byte. A larger codec's value must outlive a suspension in the state.
    static constexpr bool keeps_value = !std::is_empty_v<state_of<C>> && !self_ending<C>;
    struct keeping {
        Wire value{};
        std::uint64_t behind = 0;  // bytes of the element before the one where it is suspended
        state_of<C> inner{};
    };
    using state = std::conditional_t<keeps_value && std::is_trivially_copyable_v<Wire>, keeping, state_of<C>>;

    template <class In, class V>
        requires std::convertible_to<converted, V> || std::convertible_to<converted, std::optional<V>>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        char const* const start = in.at;
        if constexpr (!keeps_value) {
            Wire value{};
            if (step const r = wire.decode(in, s, value); r != step::done) [[unlikely]] return r;
            return convert(in, in.offset(start), value, v);
        } else if constexpr (In::in_segment) {
            Wire value{};
            state_of<C> fresh{};
            if (step const r = wire.decode(in, fresh, value); r != step::done) [[unlikely]] return r;
            return convert(in, in.offset(start), value, v);
        } else {
            static_assert(std::is_trivially_copyable_v<Wire> && !has_views<Wire>(),
                          "segue: mapped would have to keep this value across a suspension: put it in a segment");
            if (step const r = wire.decode(in, s.inner, s.value); r != step::done) [[unlikely]] {
                s.behind += static_cast<std::uint64_t>(in.at - start);
                return r;
            }
            return convert(in, in.offset(start) - s.behind, s.value, v);
        }
    }
    template <class V>
        requires std::invocable<From const&, V const&>
    constexpr step encode(V const& v, output& out) const {
        auto const value = from(v);
        if constexpr (optional_like<std::remove_cvref_t<decltype(value)>> && !std::same_as<std::remove_cvref_t<decltype(value)>, Wire>) {
            if (!value) return out.fail(errc::out_of_range, "a value that has a form on the wire");
            return encode_wire(*value, out);
        } else {
            return encode_wire(value, out);
        }
    }
    constexpr size_bound bounds(limits l = {}) const { return wire.bounds(l); }
    constexpr void describe(description& d) const { d.add({.what = shape::mapped, .size = bounds(d.limits()), .suspends_within = true}, wire); }
    constexpr byte_set first() const { return first_of(wire); }

private:
    // The wire value is a temporary: none of its bytes may be referred to.
    template <class W>
    constexpr step encode_wire(W const& value, output& out) const {
        if constexpr (std::integral<W> && std::integral<Wire>)
            if (static_cast<W>(static_cast<Wire>(value)) != value || (static_cast<Wire>(value) < Wire{}) != (value < W{}))
                return out.fail(errc::out_of_range, "a value that has a form on the wire");
        bool const before = out.copy_payloads(true);
        step const r = wire.encode(static_cast<Wire>(value), out);
        out.copy_payloads(before);
        return r;
    }
    template <class In, class V>
    SEGUE_INLINE step convert(In& in, std::uint64_t where, Wire const& value, V& v) const {
        if constexpr (In::only_framing) return step::done;
        static_assert(!byte_view<V>, "segue: mapped makes new values: a view would point at one that is gone");
        if constexpr (may_refuse && !std::same_as<V, converted>) {
            auto made = to(value);
            if (!made) [[unlikely]] return in.fail_at(errc::out_of_range, where, "a value that the mapping knows");
            v = static_cast<V>(*std::move(made));
        } else {
            v = static_cast<V>(to(value));
        }
        return step::done;
    }
};

// The codec's value through an isomorphism; `to` may return a std::optional to refuse a value.
//   mapped(u8, [](std::uint8_t b) { return static_cast<color>(b); }, [](color c) { return static_cast<std::uint8_t>(c); })
// Where the codec has more than one value type, name it: mapped<std::string_view>(text, to, from).
// Fails with out_of_range. Both functions must be pure.
template <class Wire, codec C, class To, class From>
constexpr mapped_t<Wire, C, To, From> mapped(C on_wire, To to, From from) {
    return {on_wire, to, from};
}
template <codec C, class To, class From>
constexpr mapped_t<value_of<C>, C, To, From> mapped(C on_wire, To to, From from) {
    return {on_wire, to, from};
}

}  // namespace segue
