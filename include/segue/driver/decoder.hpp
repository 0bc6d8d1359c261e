// One grammar over arriving bytes: one event at a time, never a list, never a callback.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "segue/driver/hot_sets.hpp"
#include "segue/driver/reader.hpp"
#include "segue/driver/recovery.hpp"

namespace segue {

template <auto const& Grammar, limits L = limits{}, class T = value_of<std::remove_cvref_t<decltype(Grammar)>>>
class decoder {
public:
    using grammar = std::remove_cvref_t<decltype(Grammar)>;
    using value_type = T;
    static_assert(codec_for<grammar, T>, "segue: this grammar does not decode into this type");
    static_assert(takes_the_rest<grammar> || !is_constant<Grammar> || consumes<Grammar>(),
                  "segue: a message that can be empty would never end");
    static_assert(L.message != unbounded || !is_constant<Grammar> || is_bounded<Grammar>(L),
                  "segue: a grammar without bounds needs a limit for its messages");
    static_assert(recovers_around_the_whole<Grammar>(), "segue: recover stands around the whole grammar");
    static_assert(!recovers<grammar> || resynchronizes<grammar> || has_framing<Grammar>(),
                  "segue: nothing in this grammar tells where a broken message ends: put it in a segment, or name a mark");

    // What `next` came to; it refers to the decoder.
    class event {
    public:
        constexpr event(segue::kind k, decoder& from) : kind_(k), from_(&from) {}

        constexpr segue::kind kind() const { return kind_; }
        // The message; its views are valid until the decoder is asked for the next one, or is fed into its own buffer.
        // With part: the members before the streamed one.
        constexpr T& operator*() const { return from_->value_; }
        constexpr T* operator->() const { return &from_->value_; }
        // With part: the piece, valid until the next call.
        constexpr std::string_view data() const { return from_->reader_.piece(); }
        // With need: at least so many more bytes.
        constexpr std::size_t minimum() const { return from_->reader_.minimum(); }
        // With failed.
        constexpr segue::error const& error() const { return from_->reader_.error(); }
        // With skipped: where, how many bytes, and what was wrong with the first of them.
        constexpr incident const& skipped() const
            requires recovers<grammar>
        {
            return from_->recovery_.last();
        }

    private:
        segue::kind kind_;
        decoder* from_;
    };

    constexpr decoder() = default;
    constexpr decoder(decoder&&) noexcept = default;
    constexpr decoder& operator=(decoder&&) noexcept = default;

    // Lends bytes: they must stay until `next` has answered need, end or failed, or until `keep`.
    constexpr void feed(std::string_view arrived) {
        bitmap_.forget();
        reader_.feed(arrived, value_);
    }
    template <std::same_as<std::string> S>
    void feed(S&&) {
        (void)sizeof(refused::a_temporary_is_gone_before_its_bytes_are_read<S>);
    }
    // Room for n bytes in the decoder's own buffer; `commit` says how many were written there.
    constexpr std::span<char> prepare(std::size_t n) {
        bitmap_.forget();
        return reader_.prepare(n, value_);
    }
    constexpr void commit(std::size_t n) {
        bitmap_.forget();
        reader_.commit(n);
    }
    constexpr void close() { reader_.close(); }
    constexpr void keep() {
        bitmap_.forget();
        reader_.keep(value_);
    }
    constexpr bool lower(std::string_view limit, std::size_t most)
        requires(L.adjustable)
    {
        return reader_.lower(limit, most);
    }

    SEGUE_INLINE event next() {
        if constexpr (recovers<grammar>) return {recovery_.read(reader_, Grammar, state_, value_, bitmap_), *this};
        else return {reader_.read(Grammar, state_, value_, bitmap_), *this};
    }

    // The messages that are complete in these bytes, to the first that is not: `failed()` tells the two ends apart.
    //   for (auto& message : in.messages(bytes)) ...
    constexpr auto messages(std::string_view arrived) {
        feed(arrived);
        return range{this};
    }
    template <std::same_as<std::string> S>
    auto messages(S&& gone) {
        feed(std::move(gone));
        return range{this};
    }
    constexpr bool failed() const { return static_cast<bool>(reader_.error()); }

    constexpr segue::error const& error() const { return reader_.error(); }
    constexpr std::uint64_t offset() const { return reader_.offset(); }
    constexpr std::string unread() const { return reader_.unread(); }
    constexpr std::size_t heap() const { return reader_.heap(); }

private:
    struct last {};
    class iterator {
    public:
        constexpr explicit iterator(decoder* from) : from_(from) { ++*this; }
        SEGUE_INLINE T& operator*() const { return from_->value_; }
        SEGUE_INLINE iterator& operator++() {
            segue::kind k = segue::kind::skipped;  // nothing was asked yet
            more_ = !recovers<grammar> && from_->reader_.read_whole(Grammar, from_->state_, from_->value_, bitmap_, at_, end_, false, k);
            if (more_) [[likely]] return *this;
            bitmap_.forget();
            more_ = from_->next_message(k);
            std::string_view const whole = from_->reader_.whole_messages();
            at_ = whole.data();
            end_ = at_ + whole.size();
            return *this;
        }
        SEGUE_INLINE bool operator==(last) const { return !more_; }

    private:
        decoder* from_;
        char const* at_ = nullptr;
        char const* end_ = nullptr;
        bool more_ = true;
        [[no_unique_address]] class_bitmap<hot_sets<Grammar>> bitmap_;  // not the decoder's: it stays in registers
    };
    struct range {
        decoder* from;
        constexpr iterator begin() const { return iterator(from); }
        constexpr last end() const { return {}; }
    };
    [[gnu::noinline]] constexpr bool next_message(segue::kind k) {
        while (k == segue::kind::part || k == segue::kind::skipped) k = next().kind();
        return k == segue::kind::message;
    }

    reader<L> reader_;
    state_of<grammar> state_{};
    T value_{};
    [[no_unique_address]] class_bitmap<hot_sets<Grammar>> bitmap_;
    [[no_unique_address]] std::conditional_t<recovers<grammar>, recovery<grammar, L>, nothing> recovery_;
};

}  // namespace segue
