// Runs codecs over bytes that arrive in pieces: the buffer, the position, the closed flag, the poison and the limits.
//
// A message that lies whole in the bytes at hand is decoded from there, with a fresh local state and without a copy.
// Only when a codec suspends is the state stored, and are the message's bytes so far kept: fed bytes belong to the
// caller and are copied, and the views already taken follow them; prepared bytes are the reader's own and stay.
//
//   fresh      no message begun; [fed_, fed_end_) is unread
//   held       suspended; kept_ has the message so far, its active leaf at pos_, and [fed_, fed_end_) comes after it
//   in_place   suspended; the message begins at fed_, in the reader's own bytes, its active leaf at fed_ + pos_
//   delivered  as fresh, but the last message's views point into kept_
//   failed     for ever
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "segue/message/follow.hpp"
#include "segue/wire/buffer.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

enum class kind : std::uint8_t {
    message,  // complete
    part,     // a piece of a streamed element
    need,     // more bytes, at least `minimum()`
    skipped,  // bytes were passed over in recovery
    end,      // the input was closed, and ended with a message
    failed,   // `error()` says why
};

template <limits L = limits{}>
class reader {
public:
    constexpr reader() = default;
    constexpr reader(reader&& other) noexcept = default;
    constexpr reader& operator=(reader&& other) noexcept = default;

    // Lends bytes: they must stay until `read` has answered need, end or failed, or until `keep`.
    template <class V>
    constexpr void feed(std::string_view arrived, V& v) {
        if (fed_ == fed_end_) [[likely]] {
            fed_ = arrived.data();
            fed_end_ = arrived.data() + arrived.size();
            own_ = false;
            end_offset_ += arrived.size();
        } else {
            copy_bytes(prepare(arrived.size(), v).data(), arrived.data(), arrived.size());
            commit(arrived.size());
        }
    }
    // Room for n bytes of the reader's own; views of an earlier message end here.
    template <class V>
    constexpr std::span<char> prepare(std::size_t n, V& v) {
        std::size_t const unread = static_cast<std::size_t>(fed_end_ - fed_);
        buffer old;
        if (!own_) {
            inbox_.clear();
            inbox_.reserve(unread + n, old);
            inbox_.append(fed_, unread);
        } else {
            inbox_.drop(static_cast<std::size_t>(fed_ - inbox_.data()));
            inbox_.make_room(n, old);
            if (mode_ == mode::in_place) move_views(v, {fed_, unread, inbox_.data()});
        }
        own_ = true;
        fed_ = inbox_.data();
        fed_end_ = inbox_.tail();
        return {inbox_.tail(), n};
    }
    // n bytes were written there.
    constexpr void commit(std::size_t n) {
        inbox_.grow(n);
        fed_end_ += n;
        end_offset_ += n;
    }
    // The input ends here.
    constexpr void close() { closed_ = true; }
    // Copies what is unread, so that the fed bytes may go; views of an earlier message end here.
    template <class V>
    constexpr void keep(V& v) {
        if (!own_ && fed_ != fed_end_) (void)prepare(0, v);
    }

    // From the next element on, no more than that of the named limit; it can only be lowered.
    constexpr bool lower(std::string_view name, std::size_t most)
        requires(L.adjustable)
    {
        return lowered_.lower(name, most);
    }

    constexpr segue::error const& error() const { return error_; }
    constexpr std::string_view piece() const { return piece_; }
    constexpr std::size_t minimum() const { return need_; }
    constexpr bool closed() const { return closed_; }
    // Bytes from the start of the stream to the first that no complete message has taken.
    constexpr std::uint64_t offset() const {
        return mode_ == mode::held || mode_ == mode::failed ? begin_offset_ : offset_of(fed_);
    }
    // The bytes from there on that have arrived, without what was streamed away.
    constexpr std::string unread() const {
        std::string result;
        if (mode_ == mode::held || mode_ == mode::failed) result.assign(kept_.data(), kept_.size());
        result.append(fed_, static_cast<std::size_t>(fed_end_ - fed_));
        return result;
    }
    // Bytes of heap that the reader holds.
    constexpr std::size_t heap() const { return kept_.capacity() + inbox_.capacity(); }

    // One message, or why there is none yet. `stored` is the state of that codec between two calls: each codec has its
    // own, and no other codec may be read while it is suspended.
    template <class Sets = sets<>, class C, class V>
    SEGUE_INLINE kind read(C const& codec, state_of<C>& stored, V& v) {
        if (mode_ == mode::fresh) [[likely]] {
            if (fed_ == fed_end_) [[unlikely]] return idle(codec);
            std::size_t const most = message_limit();
            bool const cut = static_cast<std::size_t>(fed_end_ - fed_) > most;
            basic_input<Sets, L> in(fed_, cut ? fed_ + most : fed_end_, closed_ && !cut, &error_, lowered(), fed_end_, end_offset_);
            state_of<C> fresh{};
            step const r = codec.decode(in, fresh, v);
            if (r == step::done) [[likely]] {
                fed_ = in.at;
                return kind::message;
            }
            state_of<C> const suspended = fresh;
            return stop<Sets>(r, suspension{in.at, in.need, in.streamed, in.collected, in.quiet, in.quiet_left}, codec, suspended, stored, v);
        }
        return resume<Sets>(codec, stored, v);
    }

private:
    enum class mode : std::uint8_t { fresh, held, in_place, delivered, failed };

    // What an input says of a suspension: copied out of it, because the input itself must not have an address.
    struct suspension {
        char const* at;
        std::size_t need;
        std::string_view streamed;
        bool collected;
        bool const* quiet;
        std::size_t quiet_left;
    };

    SEGUE_INLINE std::size_t message_limit() const {
        if constexpr (L.adjustable) return lowered_.most("message", L.message);
        else return L.message;
    }
    SEGUE_INLINE lowered_limits_of<L> lowered() const {
        if constexpr (L.adjustable) return &lowered_;
        else return {};
    }
    constexpr std::uint64_t offset_of(char const* p) const { return end_offset_ - static_cast<std::uint64_t>(fed_end_ - p); }

    static constexpr std::size_t at_least_one(std::size_t n) { return n != 0 ? n : 1; }

    template <class V>
    static constexpr void move_views(V& v, moved const& m) {
        if constexpr (has_views<V>()) follow(v, m);
        else (void)v, (void)m;
    }

    template <class C>
    SEGUE_COLD kind idle(C const& codec) {
        kept_.release();
        if (own_) {
            inbox_.release();
            fed_ = fed_end_ = nullptr;
            own_ = false;
        }
        if (closed_) return kind::end;
        need_ = at_least_one(codec.bounds(L).fewest);
        return kind::need;
    }
    SEGUE_COLD kind fail() {
        if (mode_ != mode::held) begin_offset_ = offset_of(fed_);
        if (mode_ != mode::held) kept_.clear();
        mode_ = mode::failed;
        quiet_ = nullptr;
        return kind::failed;
    }
    SEGUE_COLD kind fail_message_limit(std::uint64_t where) {
        note_failure(&error_, errc::message_too_long, where, message_limit(), 0, {});
        return fail();
    }

    // The first suspension of a message.
    template <class Sets, class C, class V>
    SEGUE_COLD kind stop(step r, suspension s, C const& codec, state_of<C> const& suspended, state_of<C>& stored, V& v) {
        if (r == step::failed) return fail();
        stored = suspended;
        begin_offset_ = offset_of(fed_);
        if (r == step::part) return hold_head<Sets>(s, codec, stored, v);
        auto const size = static_cast<std::size_t>(fed_end_ - fed_);
        if (size >= message_limit()) return fail_message_limit(begin_offset_ + message_limit());
        pos_ = static_cast<std::size_t>(s.at - fed_);
        need_ = at_least_one(s.need);
        if (own_) {
            mode_ = mode::in_place;
            return kind::need;
        }
        mode_ = mode::held;
        hold(fed_, size, v);
        fed_ = fed_end_;
        quiet_ = s.quiet;
        quiet_left_ = s.quiet_left;
        return kind::need;
    }
    // A piece was streamed out of bytes that begin with the message's head: only the head is kept.
    template <class Sets, class C, class V>
    constexpr kind hold_head(suspension const& s, C const& codec, state_of<C>& stored, V& v) {
        mode_ = mode::held;
        hold(fed_, static_cast<std::size_t>(s.streamed.data() - fed_), v);
        fed_ = s.at;
        pos_ = kept_.size();
        quiet_ = nullptr;
        return told<Sets>(s, codec, stored, v);
    }
    template <class Sets, class C, class V>
    constexpr kind told(suspension const& s, C const& codec, state_of<C>& stored, V& v) {
        need_ = 0;  // not known: what follows the piece may need none
        piece_ = s.streamed;
        return s.collected ? resume<Sets>(codec, stored, v) : kind::part;
    }
    template <class V>
    constexpr void hold(char const* from, std::size_t n, V& v) {
        buffer old;
        kept_.clear();
        kept_.reserve(n, old);
        kept_.append(from, n);
        move_views(v, {from, n, kept_.data()});
    }
    template <class V>
    constexpr void hold_more(char const* from, std::size_t n, V& v) {
        buffer old;
        char const* const before = kept_.data();
        std::size_t const size = kept_.size();
        kept_.make_room(n, old);
        if (kept_.data() != before) move_views(v, {before, size, kept_.data()});
        kept_.append(from, n);
    }

    template <class Sets, class C, class V>
    [[gnu::noinline]] constexpr kind resume(C const& codec, state_of<C>& stored, V& v) {
        if (mode_ == mode::held) [[likely]] {
            if (quiet_ && stays_quiet(v)) return kind::need;
            return resume_held<Sets>(codec, stored, v);
        }
        if (mode_ == mode::delivered) {
            mode_ = mode::fresh;
            kept_.clear();
            return read<Sets>(codec, stored, v);
        }
        if (mode_ == mode::in_place) return resume_in_place<Sets>(codec, stored, v);
        return kind::failed;
    }
    // A few bytes in the middle of a run: kept, without waking the codec.
    template <class V>
    constexpr bool stays_quiet(V& v) {
        auto const have = static_cast<std::size_t>(fed_end_ - fed_);
        if (have == 0 || have > 16 || have > quiet_left_ || kept_.size() + have >= message_limit()) return false;
        for (char const* p = fed_; p != fed_end_; ++p)
            if (!quiet_[static_cast<unsigned char>(*p)]) return false;
        hold_more(fed_, have, v);
        fed_ = fed_end_;
        quiet_left_ -= have;
        return true;
    }

    template <class Sets, class C, class V>
    constexpr kind resume_held(C const& codec, state_of<C>& stored, V& v) {
        for (;;) {
            auto const have = static_cast<std::size_t>(fed_end_ - fed_);
            if (have == 0 && !closed_ && need_ != 0) return kind::need;
            if constexpr (streams<C>)
                if (pos_ == kept_.size() && have != 0) return resume_direct<Sets>(codec, stored, v);
            // As much is copied as is asked for, or as much again as is kept: not what the next message owns.
            std::size_t const before = kept_.size();
            std::size_t take = need_ > 64 ? need_ : 64;
            if (take < before) take = before;
            if (take > have) take = have;
            bool const full = before + take >= message_limit();
            if (full) take = message_limit() - before;
            if (take != 0) hold_more(fed_, take, v);

            char const* const end = kept_.tail();
            basic_input<Sets, L> in(kept_.data() + pos_, end, closed_ && take == have, &error_, lowered(), end, offset_of(fed_) + take);
            state_of<C> local = stored;
            step const r = codec.decode(in, local, v);
            if (r == step::failed) {
                fed_ += take;  // it is in kept_, where `unread` finds it
                return fail();
            }
            auto const left = static_cast<std::size_t>(end - in.at);
            if (r == step::done) {
                stored = {};
                mode_ = mode::delivered;
                quiet_ = nullptr;
                if (left <= take) fed_ += take - left;
                else give_back(in.at, left, take, v);
                return kind::message;
            }
            stored = local;
            if (r == step::part) {
                fed_ += take - left;
                kept_.shrink(static_cast<std::size_t>(in.streamed.data() - kept_.data()));
                pos_ = kept_.size();
                quiet_ = nullptr;
                return told<Sets>({in.at, 0, in.streamed, in.collected, nullptr, 0}, codec, stored, v);
            }
            fed_ += take;
            pos_ = static_cast<std::size_t>(in.at - kept_.data());
            need_ = at_least_one(in.need);
            quiet_ = in.quiet;
            quiet_left_ = in.quiet_left;
            if (full) return fail_message_limit(offset_of(fed_));
            if (fed_ == fed_end_) return kind::need;
        }
    }
    // The codec looked ahead before it decided: bytes that were kept for it are unread again.
    template <class V>
    SEGUE_COLD void give_back(char const* from, std::size_t size, std::size_t taken, V& v) {
        std::string_view const rest(fed_ + taken, static_cast<std::size_t>(fed_end_ - fed_) - taken);
        buffer fresh, old;
        fresh.reserve(size + rest.size(), old);
        fresh.append(from, size);
        fresh.append(rest.data(), rest.size());
        inbox_.swap(fresh);
        own_ = true;
        fed_ = inbox_.data();
        fed_end_ = inbox_.tail();
        (void)v;
    }
    // The active leaf begins with the unread bytes: they are read where they lie.
    template <class Sets, class C, class V>
    constexpr kind resume_direct(C const& codec, state_of<C>& stored, V& v) {
        auto const have = static_cast<std::size_t>(fed_end_ - fed_);
        std::size_t const room = message_limit() - kept_.size();
        std::size_t const window = have < room ? have : room != 0 ? room : 1;
        basic_input<Sets, L> in(fed_, fed_ + window, closed_ && window == have, &error_, lowered(), fed_end_, end_offset_);
        state_of<C> local = stored;
        step const r = codec.decode(in, local, v);
        if (r == step::failed) return fail();
        if (r == step::part) {
            stored = local;
            hold_again(static_cast<std::size_t>(in.streamed.data() - fed_), v);
            pos_ = kept_.size();
            fed_ = in.at;
            return told<Sets>({in.at, 0, in.streamed, in.collected, nullptr, 0}, codec, stored, v);
        }
        if (room == 0 && (r == step::need_more || in.at != fed_)) return fail_message_limit(offset_of(fed_));
        if (r == step::done) {
            stored = {};
            fed_ = in.at;
            mode_ = mode::delivered;
            return kind::message;
        }
        stored = local;
        pos_ = kept_.size() + static_cast<std::size_t>(in.at - fed_);
        need_ = at_least_one(in.need);
        hold_again(window, v);
        if (window == room) return fail_message_limit(offset_of(fed_));
        return fed_ == fed_end_ ? kind::need : resume<Sets>(codec, stored, v);
    }
    template <class V>
    constexpr void hold_again(std::size_t n, V& v) {
        char const* const from = fed_;
        hold_more(from, n, v);
        move_views(v, {from, n, kept_.tail() - n});
        fed_ += n;
    }

    template <class Sets, class C, class V>
    constexpr kind resume_in_place(C const& codec, state_of<C>& stored, V& v) {
        auto const size = static_cast<std::size_t>(fed_end_ - fed_);
        std::size_t const most = message_limit();
        bool const cut = size > most;
        basic_input<Sets, L> in(fed_ + pos_, cut ? fed_ + most : fed_end_, closed_ && !cut, &error_, lowered(), fed_end_, end_offset_);
        state_of<C> local = stored;
        step const r = codec.decode(in, local, v);
        if (r == step::failed) return fail();
        if (r == step::done) {
            stored = {};
            fed_ = in.at;
            mode_ = mode::fresh;
            return kind::message;
        }
        stored = local;
        if (r == step::part)
            return hold_head<Sets>({in.at, 0, in.streamed, in.collected, nullptr, 0}, codec, stored, v);
        if (size >= most) return fail_message_limit(begin_offset_ + most);
        pos_ = static_cast<std::size_t>(in.at - fed_);
        need_ = at_least_one(in.need);
        return kind::need;
    }

    char const* fed_ = nullptr;
    char const* fed_end_ = nullptr;
    std::uint64_t end_offset_ = 0;    // of fed_end_ in the stream
    mode mode_ = mode::fresh;
    bool closed_ = false;
    bool own_ = false;                // [fed_, fed_end_) lies in inbox_
    std::size_t pos_ = 0;
    std::size_t need_ = 0;
    bool const* quiet_ = nullptr;
    std::size_t quiet_left_ = 0;
    std::uint64_t begin_offset_ = 0;  // of the suspended or failed message
    std::string_view piece_;
    buffer kept_, inbox_;
    segue::error error_{};
    struct nothing_lowered {};
    [[no_unique_address]] std::conditional_t<L.adjustable, lowered_limits, nothing_lowered> lowered_{};
};

}  // namespace segue
