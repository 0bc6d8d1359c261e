// One of several forms, told apart by the bytes they begin with: the tag is read first, the longest that matches wins.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "segue/core/extremes.hpp"
#include "segue/core/refused.hpp"
#include "segue/message/alternative.hpp"
#include "segue/message/follow.hpp"
#include "segue/message/take_form.hpp"
#include "segue/wire/classifier.hpp"
#include "segue/wire/codec.hpp"
#include "segue/wire/framing_input.hpp"

namespace segue {

template <class... A>
struct choice_t {
    static_assert(sizeof...(A) != 0 && sizeof...(A) < 255);
    static_assert(greatest(A::tag.size...) <= guard::longest_head);
    [[no_unique_address]] std::tuple<A...> alternatives;

    static constexpr std::size_t size = sizeof...(A);
    static constexpr bool streaming = (streams<decltype(A::content)> || ...);
    static constexpr bool takes_rest = (takes_the_rest<decltype(A::content)> || ...);
    static constexpr std::array<std::string_view, size> tags{A::tag.view()...};
    static constexpr bool has_fallback = (A::is_fallback || ...);
    static constexpr std::size_t longest_tag = greatest(A::tag.size...);

    struct state {
        one_of<state_of<decltype(A::content)>...> suspended;
        std::uint8_t at = 0;  // 0: the tag; k + 1: in alternative k
    };

    // a std::variant whose alternatives the contents fit, one by one
    template <class V>
    static constexpr bool takes_alternatives = [] {
        if constexpr (!(is_variant<V>)) return false;
        else if constexpr (std::variant_size_v<V> != size) return false;
        else
            return []<std::size_t... I>(std::index_sequence<I...>) {
                return (codec_for<decltype(A::content), std::variant_alternative_t<I, V>> && ...);
            }(std::make_index_sequence<size>{});
    }();

    template <class In, class V>
        requires takes_alternatives<V>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        std::size_t chosen = s.at;
        if (chosen == 0) [[likely]] {
            if (step const r = choose(in, chosen); r != step::done) [[unlikely]] return r;
        } else {
            --chosen;
        }
        return decode_alternative<0>(chosen, in, s, v);
    }
    // One of the first `Leaves` forms, whose tags are of one byte, if it is here whole; else false, and nothing is said of why.
    template <std::size_t Leaves, class In, class V>
    SEGUE_INLINE bool decode_leaf(In& in, V& v) const {
        if (in.left() < 2 || may_be_longer(in.at)) [[unlikely]] return false;
        return decode_leaf_from<0, Leaves>(by_byte[static_cast<unsigned char>(*in.at)], in, v);
    }
    template <class V>
        requires takes_alternatives<V>
    constexpr step encode(V const& v, output& out) const {
        step r = step::failed;
        each([&]<std::size_t I>() {
            if (v.index() != I) return;
            r = encode_alternative<I>(std::get<I>(v), out);
            if (r == step::failed) out.inside({at<I>::name.chars, 0});
        });
        return r;
    }
    constexpr size_bound bounds(limits l = {}) const {
        size_bound all{unbounded, 0};
        each([&]<std::size_t I>() {
            all = all | (size_bound::exactly(at<I>::tag.size) + std::get<I>(alternatives).content.bounds(l));
        });
        return all;
    }
    constexpr void describe(description& d) const {
        std::size_t const here = d.nodes().size();
        d.add({.what = shape::choice, .size = bounds(d.limits())});
        each([&]<std::size_t I>() {
            auto const& content = std::get<I>(alternatives).content;
            d.add({.what = shape::alternative, .size = size_bound::exactly(at<I>::tag.size) + content.bounds(d.limits()),
                   .name = at<I>::name.view(), .bytes = at<I>::tag.view()}, content);
        });
        d.close(here);
    }
    constexpr byte_set first() const {
        byte_set result;
        each([&]<std::size_t I>() {
            if constexpr (at<I>::is_fallback) result = result | first_of(std::get<I>(alternatives).content);
            else result = result | byte_set::of(at<I>::tag.view().substr(0, 1));
        });
        return result;
    }

    static consteval void check() {
        [&]<std::size_t... I>(std::index_sequence<I...>) { (check_one<I>(), ...); }(std::make_index_sequence<size>{});
    }

private:
    template <std::size_t I>
    using at = std::tuple_element_t<I, std::tuple<A...>>;

    static constexpr bool single_bytes = ((A::tag.size == 1 || A::is_fallback) && ...);
    static constexpr std::uint8_t none = 255;
    // the alternative that the first byte means, unless a longer tag begins with it
    static constexpr std::array<std::uint8_t, 256> by_byte = [] {
        std::array<std::uint8_t, 256> table{};
        table.fill(has_fallback ? static_cast<std::uint8_t>(size - 1) : none);
        for (std::size_t i = 0; i < size; ++i)
            if (tags[i].size() == 1) table[static_cast<unsigned char>(tags[i][0])] = static_cast<std::uint8_t>(i);
        return table;
    }();
    // the bytes that stand at `i` of a tag of two or more
    static constexpr byte_set of_longer(std::size_t i) {
        byte_set result;
        for (auto tag : tags)
            if (tag.size() > 1) result = result | byte_set::of(tag.substr(i, 1));
        return result;
    }
    SEGUE_INLINE static bool may_be_longer(char const* p) {
        return classifier<of_longer(0)>::has(p[0]) && classifier<of_longer(1)>::has(p[1]);
    }

    template <class Visit>
    static constexpr void each(Visit visit) {
        [&]<std::size_t... I>(std::index_sequence<I...>) { (visit.template operator()<I>(), ...); }(std::make_index_sequence<size>{});
    }

    template <class In>
    SEGUE_INLINE step choose(In& in, std::size_t& chosen) const {
        if constexpr (single_bytes) {
            if (in.left() == 0) [[unlikely]] {
                if (!has_fallback || !in.closed) return in.want(bounds(In::defaults).fewest);
                chosen = size - 1;  // nothing at all begins no other form
                return step::done;
            }
            chosen = by_byte[static_cast<unsigned char>(*in.at)];
            if (chosen == none) [[unlikely]] return in.fail(errc::unknown_tag, in.at);
            in.at += tags[chosen].size();
            return step::done;
        } else {
            // no longer tag goes on like this: the first byte has said it
            if (in.left() >= 2 && !may_be_longer(in.at)) [[likely]] {
                chosen = by_byte[static_cast<unsigned char>(*in.at)];
                if (chosen != none) [[likely]] {
                    in.at += tags[chosen].size();
                    return step::done;
                }
            }
            return choose_longest(in, chosen);
        }
    }
    template <class In>
    constexpr step choose_longest(In& in, std::size_t& chosen) const {
        std::string_view const here(in.at, in.left() < longest_tag ? in.left() : longest_tag);
        std::size_t reached = 0;                // bytes that some tag has as well
        std::size_t missing = unbounded;        // of the nearest tag that a longer input may still say
        for (auto tag : tags) {
            std::size_t same = 0;
            while (same < here.size() && same < tag.size() && here[same] == tag[same]) ++same;
            reached = greatest(reached, same);
            if (same == here.size() && same < tag.size()) missing = least(missing, tag.size() - same);
        }
        bool const undecided = missing != unbounded;
        chosen = chosen_for(here);
        if (undecided && !in.closed) return chosen == size ? in.want(missing) : in.want_to_know();
        if (chosen == size) {
            if (undecided || here.empty()) return in.want(1);  // closed: the tag itself is cut off
            return in.fail(errc::unknown_tag, in.at + reached);
        }
        if (undecided && !could_go_on(chosen, here)) return in.want(missing);  // closed: a longer tag is cut off
        in.at += tags[chosen].size();
        return step::done;
    }

    // What stands behind the tag can begin the content.
    constexpr bool could_go_on(std::size_t chosen, std::string_view here) const {
        bool could = true;
        each([&]<std::size_t I>() {
            auto const& content = std::get<I>(alternatives).content;
            if (chosen == I && tags[I].size() < here.size() && content.bounds().fewest != 0) could = first_of(content).has(here[tags[I].size()]);
        });
        return could;
    }

    template <std::size_t I, class In, class V>
    SEGUE_INLINE step decode_alternative(std::size_t chosen, In& in, state& s, V& v) const {
        if constexpr (I == size) {
            return step::failed;  // not reached: `chosen` is one of them
        } else {
            if (chosen != I) return decode_alternative<I + 1>(chosen, in, s, v);
            auto const& content = std::get<I>(alternatives).content;
            state_of<decltype(at<I>::content)> fresh{};
            if (s.at == 0) [[likely]] {
                if (v.index() != I) take_form<I>(v, in.frames);
            } else {
                fresh = get_state<I>(s.suspended);
            }
            step const r = decode_framed(content, in, fresh, *std::get_if<I>(&v));
            if (r != step::done) [[unlikely]] {
                if (r == step::failed) {
                    in.inside({at<I>::name.chars, 0});
                } else {
                    s.at = static_cast<std::uint8_t>(I + 1);
                    put_state<I>(s.suspended, fresh);
                }
            }
            return r;
        }
    }
    template <std::size_t I, std::size_t Leaves, class In, class V>
    SEGUE_INLINE bool decode_leaf_from(std::size_t chosen, In& in, V& v) const {
        if constexpr (I == Leaves) {
            return false;
        } else {
            if (chosen != I) return decode_leaf_from<I + 1, Leaves>(chosen, in, v);
            static_assert(at<I>::tag.size == 1);
            ++in.at;
            if (v.index() != I) take_form<I>(v, in.frames);
            state_of<decltype(at<I>::content)> fresh{};
            return std::get<I>(alternatives).content.decode(in, fresh, *std::get_if<I>(&v)) == step::done;
        }
    }

    template <std::size_t I, class V>
    constexpr step encode_alternative(V const& v, output& out) const {
        auto const& content = std::get<I>(alternatives).content;
        guard begin({}, out.watching());
        if constexpr (could_be_mistaken<I>()) out.watch(begin);
        step r = out.put(at<I>::tag.view());
        if (r == step::done) r = content.encode(v, out);
        if constexpr (could_be_mistaken<I>()) {
            out.unwatch(begin);
            if (r == step::done && chosen_for(begin.head()) != I)
                return out.fail(errc::contradiction, "a form that does not begin as another one");
        }
        return r;
    }
    // What the content begins with could make the decoder choose another alternative.
    template <std::size_t I>
    static constexpr bool could_be_mistaken() {
        if (at<I>::is_fallback) return true;
        return (... || (A::tag.size > at<I>::tag.size && A::tag.view().starts_with(at<I>::tag.view())));
    }
    // the alternative that a complete input begins, or `size`
    static constexpr std::size_t chosen_for(std::string_view here) {
        std::size_t best = has_fallback ? size - 1 : size;
        std::size_t longest = 0;
        for (std::size_t i = 0; i < size; ++i)
            if (tags[i].size() > longest && here.starts_with(tags[i])) {
                best = i;
                longest = tags[i].size();
            }
        return best;
    }
    template <std::size_t I>
    static consteval void check_one() {
        if constexpr (at<I>::is_fallback && I + 1 != size) (void)sizeof(refused::the_fallback_must_come_last<decltype(at<I>::content)>);
        constexpr bool twice = [] {
            bool found = false;
            each([&]<std::size_t K>() {
                if (K < I && (at<K>::name.view() == at<I>::name.view() || at<K>::tag.view() == at<I>::tag.view())) found = true;
            });
            return found;
        }();
        if constexpr (twice) (void)sizeof(refused::this_alternative_or_its_tag_is_given_twice<at<I>::name>);
    }
};

// One of several forms to the std::variant of their values, in order; the longest tag that matches wins.
//   choice(alternative<"number", "#">(u8), alternative<"text", "$">(length_prefixed(u8, text)))   23 07 <-> number 7
// Fails with unknown_tag at the first byte that no tag has.
template <class... A>
constexpr choice_t<A...> choice(A... alternatives) {
    choice_t<A...>::check();
    return {std::tuple<A...>(alternatives...)};
}

}  // namespace segue
