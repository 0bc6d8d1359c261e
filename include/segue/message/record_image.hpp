// Neighbouring fields that are images of their bytes: none can fail, so all are read without a question.
//
// All are loaded before any is stored: for all that is known the bytes might lie in the struct. Where sixteen bytes of them lie in the struct as on the wire, but for the order of bytes in each, one shuffle reads them.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <tuple>
#include <type_traits>

#include "segue/message/record_check.hpp"
#include "segue/wire/reorder.hpp"

namespace segue::detail {

template <class T, class... E>
struct record_image {
    template <std::size_t I>
    using at_index = std::tuple_element_t<I, std::tuple<E...>>;
    template <std::size_t I>
    using element_at = element<at_index<I>>;
    template <std::size_t I>
    using member_at_index = member_type<member_index<T, at_index<I>::name>, T>;

    // One past the last of the neighbours from First on, before Last, that have a fixed size.
    template <std::size_t First, std::size_t Last>
    static constexpr std::size_t fixed_end() {
        if constexpr (First == Last) return First;
        else if constexpr (dependent<element_at<First>>) return First;
        else if constexpr (!segue::exact_size<element_at<First>>) return First;
        else return fixed_end<First + 1, Last>();
    }
    // The fields from First to before Last are images of their bytes ...
    template <std::size_t First, std::size_t Last>
    static constexpr bool all() {
        if constexpr (First == Last) return true;
        else if constexpr (!is_image<First>()) return false;
        else return all<First + 1, Last>();
    }
    // ... of so many.
    template <std::size_t First, std::size_t Last>
    static constexpr std::size_t width() {
        if constexpr (!all<First, Last>()) return 0;
        else if constexpr (First == Last) return 0;
        else return element_at<First>::width + width<First + 1, Last>();
    }
    template <std::size_t First, std::size_t Last>
    SEGUE_INLINE static void load(std::tuple<E...> const& elements, char const* p, T& v) {
        if constexpr (First != Last) {
            constexpr std::size_t end = block_end<First, Last>();
            if constexpr (end > First + 1)
                if (!std::is_constant_evaluated() && lie_as_on_the_wire<First, end>(v)) {
                    auto const all = reordered<order_of<First, end>>(p);
                    load<end, Last>(elements, p + block, v);
                    std::memcpy(place<First>(v), &all, block);
                    return;
                }
            member_at_index<First> one{};
            std::get<First>(elements).element.load(p, one);
            load<First + 1, Last>(elements, p + element_at<First>::width, v);
            member_named<at_index<First>::name>(v) = one;
        }
    }

private:
    static constexpr std::size_t block = 16;

    template <std::size_t I>
    static constexpr bool is_image() {
        if constexpr (named<at_index<I>>) return image_of<element_at<I>, member_at_index<I>>;
        else return false;
    }
    // A number that the struct holds in as many bytes as the wire.
    template <std::size_t I>
    static constexpr bool same_width() {
        if constexpr (requires { element_at<I>::reversed; })
            return sizeof(member_at_index<I>) == element_at<I>::width;
        else return false;
    }
    // One past the last of the numbers from I on that fill a block; I where none do.
    template <std::size_t First, std::size_t Last, std::size_t I = First, std::size_t Before = 0>
    static constexpr std::size_t block_end() {
        if constexpr (Before == block) return I;
        else if constexpr (!reorders_at_once || Before > block || I == Last) return First;
        else if constexpr (!same_width<I>()) return First;
        else return block_end<First, Last, I + 1, Before + element_at<I>::width>();
    }
    template <std::size_t I>
    [[gnu::always_inline]] static inline char* place(T& v) {
        auto* const member = &member_named<at_index<I>::name>(v);
        return reinterpret_cast<char*>(&v) + (reinterpret_cast<char*>(member) - reinterpret_cast<char*>(&v));
    }
    // The compiler knows, but only as it generates code.
    template <std::size_t First, std::size_t Last>
    [[gnu::always_inline]] static inline bool lie_as_on_the_wire(T& v) {
        if constexpr (First + 1 == Last) return true;
        else return place<First + 1>(v) - place<First>(v) == element_at<First>::width && lie_as_on_the_wire<First + 1, Last>(v);
    }
    template <std::size_t First, std::size_t Last>
    static constexpr std::array<unsigned char, block> order_of = [] {
        std::array<unsigned char, block> from{};
        std::size_t at = 0;
        auto const add = [&](std::size_t size, bool reversed) {
            for (std::size_t i = 0; i < size; ++i) from[at + i] = static_cast<unsigned char>(at + (reversed ? size - 1 - i : i));
            at += size;
        };
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (add(element_at<First + I>::width, element_at<First + I>::reversed), ...);
        }(std::make_index_sequence<Last - First>{});
        return from;
    }();
};

}  // namespace segue::detail
