// The contract: what every codec has, and what the framework's own parts ask of one.
//
//   struct state { ... };      what survives a suspension: positions and numbers only; its default means "nothing begun"
//   step decode(In& in, state& s, V& v) const;
//   step encode(V const& v, output& out) const;
//   size_bound bounds(limits = {}) const;
//   void describe(description& d) const;
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>  // std::construct_at: <memory> has it too, and 16 MiB more of the compiler's memory
#include <type_traits>

#include "segue/core/description.hpp"
#include "segue/core/fixed_string.hpp"
#include "segue/core/size_bound.hpp"
#include "segue/wire/input.hpp"
#include "segue/wire/output.hpp"

namespace segue {

template <class C>
concept codec = requires(C const& c, description& d) {
    typename C::state;
    { c.bounds() } -> std::same_as<size_bound>;
    c.describe(d);
} && std::is_trivially_copyable_v<typename C::state>;

template <class C, class V>
concept codec_for =
    codec<C> && requires(C const& c, input& in, typename C::state& s, V& v, V const& value, output& out) {
        { c.decode(in, s, v) } -> std::same_as<step>;
        { c.encode(value, out) } -> std::same_as<step>;
    };

template <class C>
using state_of = typename C::state;

// The state of a codec that never suspends in the middle, or starts again where it does.
struct stateless {};

// The type a codec yields where there is only one answer; what wraps a content answers as its content.
template <class C>
struct answer {};
template <class C>
    requires requires { typename C::value_type; }
struct answer<C> {
    using type = typename C::value_type;
};
template <class C>
    requires(!requires { typename C::value_type; } && requires(C c) { c.content; })
struct answer<C> : answer<std::remove_cvref_t<decltype(std::declval<C>().content)>> {};
template <class C>
using value_of = typename answer<C>::type;

// The number a codec yields, where it yields one.
template <class C>
struct numeral {};
template <class C>
    requires requires { typename C::number; }
struct numeral<C> {
    using type = typename C::number;
};
template <class C>
    requires(!requires { typename C::number; } && requires(C c) { c.content; })
struct numeral<C> : numeral<std::remove_cvref_t<decltype(std::declval<C>().content)>> {};
template <class C>
using number_of = typename numeral<C>::type;

// Yields an unsigned number: what can be a length or a count.
template <class C>
concept number_codec = codec<C> && requires { typename number_of<C>; } && std::unsigned_integral<number_of<C>>;

// At the end of a closed input it takes all there is: nothing can follow it, and it needs no byte to end.
template <class C>
inline constexpr bool takes_the_rest = false;
template <class C>
    requires requires { C::takes_rest; }
inline constexpr bool takes_the_rest<C> = C::takes_rest;

// Hands its bytes out in pieces.
template <class C>
inline constexpr bool streams = false;
template <class C>
    requires requires { C::streaming; }
inline constexpr bool streams<C> = C::streaming;

// ... and reads the usual beginning of the next piece without an input: `begin_piece` goes to the piece's first byte and
// says how many bytes it has. False, and nothing has happened: what is here is for `decode`.
template <class C>
concept begins_pieces = codec<C> && requires(typename C::state& s, char const*& at, char const* end, std::uint64_t& size) {
    { C::begin_piece(s, at, end, size) } -> std::same_as<bool>;
};

// Always takes the same number of bytes.
template <class C>
inline constexpr bool exact_size = false;
template <class C>
    requires requires { C::exact_size; }
inline constexpr bool exact_size<C> = C::exact_size;

// The fewest bytes of a codec: a constant where its type says all of it.
template <limits L, class C>
SEGUE_INLINE std::size_t fewest_of(C const& c) {
    if constexpr (requires { requires std::is_empty_v<C>; typename std::integral_constant<std::size_t, C{}.bounds(L).fewest>; })
        return std::integral_constant<std::size_t, C{}.bounds(L).fewest>::value;
    else return c.bounds(L).fewest;
}

// Any `width` bytes are a value of it: load(p, v) makes it, and cannot fail.
template <class C, class V>
concept image_of = exact_size<C> && requires(C const& c, char const* p, V& v) {
    { C::width } -> std::convertible_to<std::size_t>;
    c.load(p, v);
};

// The bytes that an encoded value can begin with; all, where the codec does not say.
template <class C>
constexpr byte_set first_of(C const& c) {
    if constexpr (requires { c.first(); }) return c.first();
    else return byte_set::all();
}

// The bytes that could go on with an element which does not say where it ends: nothing that begins with one may follow.
template <class C>
inline constexpr byte_set continuation_of = [] {
    if constexpr (requires { C::continuation; }) return C::continuation;
    else return byte_set{};
}();

// The bytes that may stand between two messages and mean nothing: a driver passes over them before it begins the next one.
template <class C>
inline constexpr byte_set between_of = [] {
    if constexpr (requires { C::between; }) return C::between;
    else return byte_set{};
}();

// Content that finds its own end: `scan` gives the first byte that is not its own, `take` makes the value of what lies
// between, `settled` says of a beginning whether it can still become a value. A delimiter whose first byte is none of
// its `characters` is read in the same pass.
template <class C>
concept self_ending = codec<C> && requires {
    { C::characters } -> std::convertible_to<byte_set>;
    C::longest;
    C::limit_name;
};
// ... and is refused for nothing but its size.
template <class C>
inline constexpr bool takes_any_run = false;
template <class C>
    requires requires { C::takes_any; }
inline constexpr bool takes_any_run<C> = C::takes_any;

// The states of several codecs of which at most one is suspended.
template <class... S>
union one_of {
    char none;
    constexpr one_of() : none{} {}
};
template <class Head, class... Tail>
union one_of<Head, Tail...> {
    char none;
    Head head;
    one_of<Tail...> tail;
    constexpr one_of() : none{} {}
};

// A small number beside a state of this type: as wide as that is aligned, because g++ copies what has padding byte by byte.
template <class S>
using beside = std::conditional_t<(alignof(S) < 4), std::uint8_t, std::conditional_t<(alignof(S) < 8), std::uint32_t, std::uint64_t>>;

template <std::size_t I, class U>
SEGUE_INLINE auto& get_state(U& u) {
    if constexpr (I == 0) return u.head;
    else return get_state<I - 1>(u.tail);
}
template <std::size_t I, class U, class S>
SEGUE_INLINE void put_state(U& u, S const& s) {
    if constexpr (I == 0) {
        std::construct_at(&u.head, s);
    } else {
        std::construct_at(&u.tail);
        put_state<I - 1>(u.tail, s);
    }
}

// The bytes that `value` takes on the wire; false where it cannot be encoded, and `out` has the error.
template <class C, class V>
constexpr bool count(C const& c, V const& value, output& out, std::uint64_t& size) {
    output counter = out.counter();
    if (c.encode(value, counter) != step::done) return false;
    size = counter.written();
    return true;
}

}  // namespace segue
