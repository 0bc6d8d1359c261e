// Where a reader stands in its input: the unread bytes, the message under way, the closed flag, the poison, the limits.
//
//   fresh      no message begun; the unread bytes begin with it; the last message's views may point into kept
//   held       suspended; kept has the message so far, its active leaf at pos_, and the unread bytes come after it
//   in_place   suspended; the message begins with the unread bytes, which are our own, its active leaf at pos_
//   failed     for ever
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "segue/core/extremes.hpp"
#include "segue/driver/arrivals.hpp"
#include "segue/driver/kind.hpp"
#include "segue/driver/limits_in_force.hpp"
#include "segue/driver/quiet_run.hpp"
#include "segue/driver/suspension.hpp"
#include "segue/wire/frames.hpp"
#include "segue/wire/input.hpp"

namespace segue {

template <limits L>
class reader_base {
public:
    // Lends bytes: they must stay until `read` has answered need, end or failed, or until `keep`.
    template <class V>
    constexpr void feed(std::string_view arrived, V& v) {
        if (bytes_.first == bytes_.last) [[likely]] {
            if (!stays_quiet(arrived)) bytes_.lend(arrived);
        } else {
            copy_bytes(prepare(arrived.size(), v).data(), arrived.data(), arrived.size());
            commit(arrived.size());
        }
    }
    // Room for n bytes of the reader's own, of which `commit` says how many were written; views of an earlier message
    // end here.
    template <class V>
    constexpr std::span<char> prepare(std::size_t n, V& v) {
        return bytes_.prepare(n, v);
    }
    constexpr void commit(std::size_t n) { bytes_.commit(n); }
    constexpr void close() { closed_ = true; }
    constexpr bool closed() const { return closed_; }
    // Between two messages: the unread bytes, and passing over n of them.
    constexpr std::string_view ahead() const { return {bytes_.first, bytes_.size()}; }
    constexpr void skip(std::size_t n) { bytes_.first += n; }
    // Goes on where another reader of the same stream stopped: at this offset, with what it left unread.
    constexpr void take_over(std::uint64_t offset, std::string_view unread) {
        nothing none;
        bytes_.start_at(offset);
        copy_bytes(prepare(unread.size(), none).data(), unread.data(), unread.size());
        commit(unread.size());
    }
    // Another reader took over: nothing is unread here any more, and views of the last message stay.
    constexpr void leave() {
        bytes_.first = bytes_.last;
        quiet_ = {};
        owed_ = 0;
        if (mode_ != mode::failed) mode_ = mode::fresh;
        begin_offset_ = bytes_.end_offset();
    }
    // Fails for a reason that is not in the bytes, such as a deadline.
    constexpr void poison(errc code) {
        if (error_) return;
        note_failure(&error_, code, offset(), 0, 0, {});
        fail();
    }
    // ... or for a limit that is not the grammar's: that of the element at `where`.
    constexpr void poison(errc code, error::place where, std::uint64_t limit, std::uint64_t observed) {
        if (error_) return;
        note_failure(&error_, code, offset(), limit, observed, {});
        note_place(&error_, where);
        fail();
    }
    // Another reason, for good.
    constexpr void poison(segue::error const& why) {
        error_ = why;
        if (!failed()) fail();
    }
    constexpr bool failed() const { return mode_ == mode::failed; }
    // Takes the failure back: all bytes from the broken message's first one on are unread again.
    constexpr void unread_failed() {
        error_ = {};
        frames_.release();
        mode_ = mode::fresh;
        if (bytes_.kept.size() != 0) unread_kept(bytes_.kept.size());
    }
    // Takes the last message back, which began at `from`: its bytes are unread again. `was_cut`: what `cut` said before the
    // read that completed it.
    constexpr void unread_message(std::uint64_t from, bool was_cut) {
        auto const size = static_cast<std::size_t>(bytes_.offset(bytes_.first) - from);
        if (was_cut) unread_kept(size);
        else bytes_.first -= size;
    }
    // A message is under way whose bytes so far are kept.
    constexpr bool cut() const { return mode_ == mode::held; }
    // Some bytes of a message have been read, and not all.
    constexpr bool begun() const { return mode_ == mode::held || mode_ == mode::in_place; }
    // Copies what is unread, so that fed bytes may go; views of an earlier message end here.
    template <class V>
    constexpr void keep(V& v) {
        if (!bytes_.own() && bytes_.size() != 0) (void)bytes_.prepare(0, v);
    }

    // From the next element on, no more than that of the named limit; it can only be lowered.
    constexpr bool lower(std::string_view name, std::size_t most)
        requires(L.adjustable)
    {
        return limits_.lower(name, most);
    }
    constexpr lowered_limits const& lowered() const
        requires(L.adjustable)
    {
        return *limits_.lowered();
    }
    constexpr void adopt_lowered(lowered_limits const& from)
        requires(L.adjustable)
    {
        limits_.adopt(from);
    }

    constexpr segue::error const& error() const { return error_; }
    constexpr std::string_view piece() const { return piece_; }
    constexpr std::size_t minimum() const { return need_; }
    // Bytes from the start of the stream to the first that no complete message has taken.
    constexpr std::uint64_t offset() const {
        return mode_ == mode::held || mode_ == mode::failed ? begin_offset_ : bytes_.offset(bytes_.first);
    }
    // The bytes from there on that have arrived, without what was streamed away.
    constexpr std::string unread() const {
        std::string result;
        if (mode_ == mode::held || mode_ == mode::failed) result.assign(bytes_.kept.data(), bytes_.kept.size());
        return result.append(bytes_.first, bytes_.size());
    }
    // Bytes of heap that the reader holds.
    constexpr std::size_t heap() const { return bytes_.heap() + frames_.heap(); }

protected:
    enum class mode : std::uint8_t { fresh, held, in_place, failed };

    static constexpr kind again = kind::skipped;  // nothing that anyone need know: the codec goes on

    // Nothing is unread, and nothing under way: the heap goes.
    SEGUE_COLD void release() {
        bytes_.release();
        frames_.release();
    }

    // What the codec reads next, and where in the stream that ends.
    struct window {
        enum class of : std::uint8_t { kept, fed, inbox };
        char const* first;
        char const* last;
        char const* unread;  // the byte of the unread ones that stands for `last`
        std::size_t taken;   // of the unread bytes
        bool closed;
        of place;
    };
    template <bool Streams, class V>
    SEGUE_INLINE window next_window(V& v) {
        using of = typename window::of;
        std::size_t const have = bytes_.size();
        if (mode_ == mode::in_place) {
            std::size_t const size = have > limits_.begun() ? limits_.begun() : have;
            char const* const end = bytes_.first + size;
            return {bytes_.first + pos_, end, end, size, closed_ && size == have, of::inbox};
        }
        std::size_t const before = bytes_.kept.size();
        std::size_t const room = limits_.begun() - before;
        // The active leaf begins with the unread bytes: they are read where they lie.
        if constexpr (Streams)
            if (pos_ == before && have != 0) {
                std::size_t const size = have < room ? have : room != 0 ? room : 1;
                char const* const end = bytes_.first + size;
                return {bytes_.first, end, end, size, closed_ && size == have, of::fed};
            }
        std::size_t const size = next_size(have, before, room);
        if (size != 0) bytes_.keep_more(size, v);
        bytes_.first += size;
        return {bytes_.kept.data() + pos_, bytes_.kept.tail(), bytes_.first, size, closed_ && size == have, of::kept};
    }
    // As much is copied as is asked for, or, where that would tell little, as much again as is kept: not what the next message
    // owns.
    SEGUE_INLINE std::size_t next_size(std::size_t have, std::size_t before, std::size_t room) const {
        std::size_t size = have;
        if (have > need_) {
            std::size_t const asked = need_ > 64 || quiet_.of_any_byte() ? need_ : before > 64 ? before : 64;
            if (size > asked) size = asked;
        }
        return size < room ? size : room;
    }

    static constexpr std::size_t at_least_one(std::size_t n) { return n != 0 ? n : 1; }

    SEGUE_COLD kind fail() {
        if (!error_) {  // the input is over, and what was there may stand before a message
            bytes_.first = bytes_.last;
            bytes_.kept.clear();
            mode_ = mode::fresh;
            quiet_ = {};
            return kind::end;
        }
        if (mode_ != mode::held) {
            begin_offset_ = bytes_.offset(bytes_.first);
            bytes_.kept.clear();
        }
        mode_ = mode::failed;
        quiet_ = {};
        owed_ = 0;
        return kind::failed;
    }
    SEGUE_COLD kind fail_message_limit(std::uint64_t where) {
        note_failure(&error_, errc::message_too_long, where, limits_.begun(), 0, {});
        return fail();
    }
    // What is kept behind them is unread already: the codec had looked ahead.
    SEGUE_COLD void unread_kept(std::size_t n) {
        bytes_.kept.shrink(n);
        bytes_.give_back(n);
        bytes_.kept.clear();
    }
    // A piece was streamed out of bytes that begin with the message's head: only the head is kept.
    template <class V>
    constexpr kind hold_head(suspension const& s, V& v) {
        mode_ = mode::held;
        bytes_.keep_head(static_cast<std::size_t>(s.streamed - bytes_.first) - s.framed_by, v);
        bytes_.first = s.at;
        return told(s);
    }
    // A piece that the message itself has taken is nobody's event.
    constexpr kind told(suspension const& s) {
        pos_ = bytes_.kept.size();
        need_ = s.goes_on ? s.need : 0;  // 0: not known, what follows the piece may need none
        quiet_ = {};
        owed_ = s.owed;
        piece_ = {s.streamed, static_cast<std::size_t>(s.at - s.streamed)};
        return s.collected ? again : kind::part;
    }
    // More of the piece that the codec stands behind already.
    SEGUE_INLINE kind hand_out() {
        std::size_t const size = bytes_.size() < owed_ ? bytes_.size() : static_cast<std::size_t>(owed_);
        piece_ = {bytes_.first, size};
        bytes_.first += size;
        owed_ -= size;
        if (owed_ == 0) need_ = 0;
        return kind::part;
    }
    constexpr kind deliver() {
        mode_ = mode::fresh;
        quiet_ = {};
        return kind::message;
    }

    // A few bytes in the middle of a run go to the message without waking the codec ...
    SEGUE_INLINE bool stays_quiet(std::string_view arrived) {
        if (!quiet_) return false;
        std::size_t const before = bytes_.kept.size() - pos_;
        if (!quiet_.take(arrived, before, bytes_.kept.tail())) {
            if (!quiet_.take_text(arrived, before)) return false;
            --need_;
        }
        bytes_.kept_arrived(arrived.size());
        return true;
    }
    // ... as long as there is room for them, and the message stays below its limit.
    constexpr void be_quiet(suspension const& s) {
        quiet_ = {s.quiet, least(s.quiet_left, bytes_.kept.room(), limits_.begun() - bytes_.kept.size())};
    }

    arrivals bytes_;
    frames frames_;
    mode mode_ = mode::fresh;
    bool closed_ = false;
    std::size_t pos_ = 0;
    std::size_t need_ = 0;
    quiet_run quiet_;
    std::uint64_t owed_ = 0;          // bytes of a piece that are to be handed out as they come
    std::uint64_t begin_offset_ = 0;  // of the suspended or failed message
    std::string_view piece_;
    segue::error error_{};
    [[no_unique_address]] limits_in_force<L> limits_;
};

}  // namespace segue
