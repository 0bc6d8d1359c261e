// Runs of characters of a set: tokens, names, visible text. The vectorised work horse of text protocols.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "segue/wire/byte_value.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

// A set as people write it, "[!#-'*+0-9A-Z]", made once at compile time for error messages and drawings.
template <byte_set S>
inline constexpr auto set_notation = [] {
    struct characters {
        char chars[256 * 4 + 3]{};
        std::size_t size = 0;
        constexpr void put(char c) { chars[size++] = c; }
        constexpr void member(unsigned byte) {
            if (byte >= 0x21 && byte < 0x7f) {
                if (byte == '\\' || byte == ']' || byte == '-') put('\\');
                put(static_cast<char>(byte));
            } else {
                put('\\');
                put('x');
                put("0123456789abcdef"[byte >> 4]);
                put("0123456789abcdef"[byte & 15]);
            }
        }
    } result;
    result.put('[');
    for (unsigned byte = 0; byte < 256; ++byte) {
        if (!S.has(static_cast<unsigned char>(byte))) continue;
        unsigned last = byte;
        while (last < 255 && S.has(static_cast<unsigned char>(last + 1))) ++last;
        result.member(byte);
        if (last > byte + 1) result.put('-');
        if (last > byte) result.member(last);
        byte = last;
    }
    result.put(']');
    return result;
}();
template <byte_set S>
constexpr std::string_view notation() {
    return {set_notation<S>.chars, set_notation<S>.size};
}

template <byte_set S, std::size_t Min = 1, std::size_t Max = inherited, fixed_string Name = "element">
struct charset_t {
    static constexpr byte_set characters = S;
    static constexpr byte_set continuation = S;
    static constexpr std::size_t longest = Max;
    static constexpr auto limit_name = Name;
    static constexpr bool takes_any = true;
    struct state {
        std::uint32_t scanned = 0;
    };

    // At least N characters.
    template <std::size_t N>
    constexpr charset_t<S, N, Max, Name> min() const {
        return {};
    }
    // The limit, in bytes.
    template <std::size_t N, fixed_string LimitName = "element">
    constexpr charset_t<S, Min, N, LimitName> max() const {
        return {};
    }

    template <class In>
    SEGUE_INLINE char const* scan(In& in, char const* p) const {
        return in.template skip<S>(p);
    }
    template <class In, byte_value V>
    SEGUE_INLINE step take(In& in, char const* first, char const* stop, V& v) const {
        auto const size = static_cast<std::size_t>(stop - first);
        if (Min != 0 && size < Min) [[unlikely]] return in.fail(errc::mismatch, stop, notation<S>());
        if (!assign_bytes(v, first, size)) [[unlikely]] return in.fail(errc::wrong_size, first);
        return step::done;
    }

    template <class In, byte_value V>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        char const* const stop = scan(in, in.at + s.scanned);
        auto const size = static_cast<std::size_t>(stop - in.at);
        std::size_t const most = in.template most<Max, &limits::element>(Name.view());
        if (size > most) [[unlikely]] return in.fail_limit(errc::too_long, in.at + most, most);
        if (stop == in.end && (!in.closed || size < Min)) [[unlikely]] {
            s.scanned = static_cast<std::uint32_t>(size);
            if (size < Min) return in.want(Min - size);
            return in.template want_while<S>(most - size, 0);
        }
        if (take(in, in.at, stop, v) != step::done) [[unlikely]] return step::failed;
        in.at = stop;
        return step::done;
    }
    template <byte_value V>
    constexpr step encode(V const& v, output& out) const {
        std::string_view const run = characters_of(v);
        if (run.size() < Min) return out.fail(errc::mismatch, notation<S>());
        if (Max != inherited && run.size() > Max) return out.fail_limit(errc::too_long, Max, run.size());
        if (skip<S>(run.data(), run.data() + run.size()) != run.data() + run.size())
            return out.fail(errc::mismatch, notation<S>());
        return out.put_payload(run);
    }
    constexpr size_bound bounds(limits l = {}) const { return {Min, Max == inherited ? l.element : Max}; }
    constexpr void describe(description& d) const {
        d.add({.what = shape::run, .size = bounds(d.limits()), .name = notation<S>(), .set = S, .limit = Name.view()});
    }
    constexpr byte_set first() const { return S; }
};

// One or more characters of a set; `.min<N>()`, `.max<N>()`.
//   charset<byte_set{}.with('a', 'z')>   "abc" <-> "abc"
// Sizes in bytes. Fails with mismatch where none is there, with too_long.
template <byte_set S>
inline constexpr charset_t<S> charset{};

}  // namespace segue
