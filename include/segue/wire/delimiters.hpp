// A set of delimiters, none of which begins another: which of them stands at a place, and what a cut one still needs.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <type_traits>

#include "segue/core/byte_set.hpp"
#include "segue/core/extremes.hpp"
#include "segue/core/fixed_string.hpp"
#include "segue/core/inlining.hpp"
#include "segue/core/limits.hpp"
#include "segue/core/refused.hpp"

namespace segue {

template <fixed_string... D>
struct delimiters {
    static constexpr std::array<std::string_view, sizeof...(D)> all{D.view()...};
    static constexpr byte_set firsts = (byte_set{} | ... | byte_set::of(D.view().substr(0, 1)));
    static constexpr std::size_t shortest = least(D.size...);
    static constexpr byte_set last_byte = byte_set::of(all[0].substr(all[0].size() - 1));
    // All end with the one byte that is the shortest of them and have it nowhere else, as LF and CRLF do: a search can
    // look for that byte, and back from there for which delimiter it was.
    static constexpr bool end_alike = [] {
        char const last = all[0].back();
        bool alike = shortest == 1;
        for (auto d : all)
            for (std::size_t i = 0; i < d.size(); ++i) alike = alike && (d[i] == last) == (i + 1 == d.size());
        return alike;
    }();

    // the size of the delimiter that stands at p, or 0
    SEGUE_INLINE static std::size_t match_here(char const* p, char const* end) {
        std::size_t found = 0;
        ((found = found == 0 && begins_with<D>(p, end) ? D.size : found), ...);
        return found;
    }
    template <fixed_string One>
    SEGUE_INLINE static bool begins_with(char const* p, char const* end) {
        if (static_cast<std::size_t>(end - p) < One.size) [[unlikely]] return false;
        if (!std::is_constant_evaluated()) {
            if (std::memcmp(p, One.chars, One.size) == 0) [[likely]] return true;
            return false;
        }
        bool same = true;
        for (std::size_t i = 0; i < One.size; ++i) same = same & (p[i] == One[i]);
        return same;
    }
    // the bytes of the delimiter that ends at `stop` which stand before it
    SEGUE_INLINE static std::size_t lead(char const* first, char const* stop) {
        std::size_t longest_lead = 0;
        (..., [&] {
            if constexpr (D.size > 1) {
                constexpr std::size_t n = D.size - 1;
                if (static_cast<std::size_t>(stop - first) < n) return;
                bool same = true;
                for (std::size_t i = 0; i < n; ++i) same = same & (stop[static_cast<std::ptrdiff_t>(i) - static_cast<std::ptrdiff_t>(n)] == D[i]);
                longest_lead = same && n > longest_lead ? n : longest_lead;
            }
        }());
        return longest_lead;
    }
    // where a delimiter begins that the end cuts off, or the end
    static constexpr char const* cut_off(char const* first, char const* end) {
        std::size_t const n = greatest(D.size...) - 1;
        char const* p = static_cast<std::size_t>(end - first) > n ? end - n : first;
        while (p != end && !could_begin(p, end)) ++p;
        return p;
    }
    // some delimiter begins with all that is left from p on
    static constexpr bool could_begin(char const* p, char const* end) {
        std::string_view const left(p, static_cast<std::size_t>(end - p));
        return (... || (D.size > left.size() && D.view().starts_with(left)));
    }
    // bytes without which no delimiter that begins at p can be whole; unbounded: none begins there
    SEGUE_COLD static std::size_t missing(char const* p, char const* end) {
        std::string_view const left(p, static_cast<std::size_t>(end - p));
        std::size_t fewest = unbounded;
        for (auto d : all)
            if (d.size() > left.size() && d.starts_with(left)) fewest = least(fewest, d.size() - left.size());
        return fewest;
    }
    // how much of a delimiter stands at p
    SEGUE_COLD static std::size_t common(char const* p, char const* end) {
        std::size_t same = 0;
        for (auto d : all)
            for (std::size_t i = 0; i < d.size() && p + i != end && p[i] == d[i]; ++i) same = greatest(same, i + 1);
        return same;
    }
};

namespace detail {

template <fixed_string A, fixed_string... D>
consteval void check_prefixes() {
    (..., [] {
        if constexpr (A.size < D.size && D.view().starts_with(A.view())) (void)sizeof(refused::no_delimiter_may_begin_another<A, D>);
    }());
}

}  // namespace detail

}  // namespace segue
