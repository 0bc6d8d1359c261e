// A message that outlives its bytes: one allocation, and the message whose views point into it.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

#include "segue/message/follow.hpp"
#include "segue/wire/buffer.hpp"

namespace segue {

namespace detail {

template <class T>
struct own_cannot_look_into;

// Calls visit(view) for each view in v, in order.
template <class T, class Visit>
constexpr void for_each_view(T& v, Visit const& visit) {
    if constexpr (!has_views<T>()) {
        (void)v, (void)visit;
    } else if constexpr (own_walk<T>) {
        (void)sizeof(own_cannot_look_into<T>);
    } else if constexpr (byte_view<T>) {
        visit(v);
    } else if constexpr (members<T>) {
        for_each_member(v, [&](std::string_view, auto& member) { for_each_view(member, visit); });
    } else if constexpr (is_variant<T>) {
        std::visit([&](auto& alternative) { for_each_view(alternative, visit); }, v);
    } else if constexpr (optional_like<T>) {
        if (v) for_each_view(*v, visit);
    } else {
        for (auto& item : v) for_each_view(item, visit);
    }
}

}  // namespace detail

template <class T>
class owned {
public:
    explicit owned(T message) : message_(std::move(message)) {
        std::size_t size = 0;
        detail::for_each_view(message_, [&](auto const& view) { size += view.size(); });
        if (size == 0) return;
        bytes_ = buffer(size);
        char* to = bytes_.data();
        detail::for_each_view(message_, [&](auto& view) {
            std::string_view const seen = characters_of(view);
            copy_bytes(to, seen.data(), seen.size());
            assign_bytes(view, to, seen.size());
            to += seen.size();
        });
    }
    // A copy would need an allocation of its own: own(*other) says so.
    owned(owned&&) noexcept = default;
    owned& operator=(owned&&) noexcept = default;

    T const& operator*() const { return message_; }
    T const* operator->() const { return &message_; }

private:
    buffer bytes_;
    T message_;
};

// The message with the bytes that its views see, for when the decoder goes on.
//   auto kept = own(*event);   kept->name
template <class T>
owned<T> own(T const& message) {
    return owned<T>(message);
}

}  // namespace segue
