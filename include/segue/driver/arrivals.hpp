// The bytes that have arrived for a driver: those that are unread, and what is kept of a message that was cut.
//
// Fed bytes belong to the caller and are only lent; prepared bytes lie in an inbox of our own. What a suspended message
// needs of lent bytes is kept in a second buffer. When bytes move, the views already taken of them follow.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "segue/core/inlining.hpp"
#include "segue/message/follow.hpp"
#include "segue/wire/buffer.hpp"

namespace segue {

class arrivals {
public:
    // the unread bytes
    char const* first = nullptr;
    char const* last = nullptr;
    // the message under way, as far as its bytes were lent
    buffer kept;

    constexpr arrivals() = default;
    constexpr arrivals(arrivals&& other) noexcept { swap(other); }
    constexpr arrivals& operator=(arrivals&& other) noexcept {
        arrivals(std::move(other)).swap(*this);
        return *this;
    }

    SEGUE_INLINE std::size_t size() const { return static_cast<std::size_t>(last - first); }
    constexpr bool own() const { return own_; }
    SEGUE_INLINE std::uint64_t end_offset() const { return end_offset_; }
    SEGUE_INLINE std::uint64_t offset(char const* p) const { return end_offset_ - static_cast<std::uint64_t>(last - p); }
    constexpr std::size_t heap() const { return kept.capacity() + inbox_.capacity(); }

    SEGUE_INLINE void lend(std::string_view arrived) {
        first = arrived.data();
        last = arrived.data() + arrived.size();
        own_ = false;
        end_offset_ += arrived.size();
    }
    // The next byte that arrives has this offset.
    constexpr void start_at(std::uint64_t offset) { end_offset_ = offset; }
    // Room for n bytes behind the unread ones, in the inbox. Views of v may point into the unread bytes.
    template <class V>
    constexpr std::span<char> prepare(std::size_t n, V& v) {
        std::size_t const unread = size();
        buffer old;
        if (!own_) {
            inbox_.clear();
            inbox_.reserve(unread + n, old);
            inbox_.append(first, unread);
        } else {
            inbox_.drop(static_cast<std::size_t>(first - inbox_.data()));
            inbox_.make_room(n, old);
            move_views(v, {first, unread, inbox_.data()});
        }
        use_inbox();
        return {inbox_.tail(), n};
    }
    constexpr void commit(std::size_t n) {
        inbox_.grow(n);
        last += n;
        end_offset_ += n;
    }
    // All of it goes, heap and all: there is nothing unread and nothing under way.
    constexpr void release() {
        kept.release();
        if (!own_) return;
        inbox_.release();
        first = last = nullptr;
        own_ = false;
    }

    // The message begins with the first n unread bytes, which stay unread. There will be room for as many more as are
    // wanted, but for no more than as much again.
    template <class V>
    constexpr void keep_head(std::size_t n, V& v, std::size_t wanted = 0) {
        buffer old;
        kept.clear();
        kept.reserve(n + (wanted < n ? wanted : n), old);
        kept.append(first, n);
        move_views(v, {first, n, kept.data()});
    }
    // The next n unread bytes belong to the message as well; they stay unread.
    template <class V>
    constexpr void keep_more(std::size_t n, V& v) {
        if (kept.room() < n) [[unlikely]] make_room(n, v);
        kept.append(first, n);
    }
    // ... and have been read where they lay, so that there may be views of them.
    template <class V>
    constexpr void keep_read(std::size_t n, V& v) {
        keep_more(n, v);
        move_views(v, {first, n, kept.tail() - n});
        first += n;
    }
    // The last n kept bytes turn out to be unread; views of the message stay.
    SEGUE_COLD void give_back(std::size_t n) {
        buffer fresh, old;
        fresh.reserve(n + size(), old);
        fresh.append(kept.tail() - n, n);
        fresh.append(first, size());
        inbox_.swap(fresh);
        use_inbox();
    }
    // A few bytes that were copied straight behind those of the message under way.
    SEGUE_INLINE void kept_arrived(std::size_t n) {
        kept.grow(n);
        end_offset_ += n;
    }

private:
    // Behind what is kept, which may have to move.
    template <class V>
    SEGUE_COLD void make_room(std::size_t n, V& v) {
        buffer old;
        char const* const before = kept.data();
        std::size_t const held = kept.size();
        kept.make_room(n, old);
        if (kept.data() != before) move_views(v, {before, held, kept.data()});
    }
    template <class V>
    static constexpr void move_views(V& v, moved const& m) {
        if constexpr (has_views<V>()) follow(v, m);
        else (void)v, (void)m;
    }
    constexpr void use_inbox() {
        own_ = true;
        first = inbox_.data();
        last = inbox_.tail();
    }
    constexpr void swap(arrivals& other) noexcept {
        std::swap(first, other.first);
        std::swap(last, other.last);
        std::swap(end_offset_, other.end_offset_);
        std::swap(own_, other.own_);
        kept.swap(other.kept);
        inbox_.swap(other.inbox_);
    }

    std::uint64_t end_offset_ = 0;  // of `last` in the stream
    bool own_ = false;              // the unread bytes lie in the inbox
    buffer inbox_;
};

}  // namespace segue
