// Runs codecs over bytes that arrive in pieces: the position, the closed flag, the poison and the limits.
//
// A message that lies whole in the bytes at hand is decoded from there, with a fresh local state and without a copy.
// Only when a codec suspends is the state stored, and are the message's bytes so far kept.
//
//   fresh      no message begun; the unread bytes begin with it
//   held       suspended; kept has the message so far, its active leaf at pos_, and the unread bytes come after it
//   in_place   suspended; the message begins with the unread bytes, which are our own, its active leaf at pos_
//   delivered  as fresh, but the last message's views point into kept
//   failed     for ever
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "segue/driver/arrivals.hpp"
#include "segue/driver/kind.hpp"
#include "segue/driver/limits_in_force.hpp"
#include "segue/driver/quiet_run.hpp"
#include "segue/driver/suspension.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

template <limits L = limits{}>
class reader {
public:
    constexpr reader() = default;
    constexpr reader(reader&&) noexcept = default;
    constexpr reader& operator=(reader&&) noexcept = default;
    // Lends bytes: they must stay until `read` has answered need, end or failed, or until `keep`.
    template <class V>
    constexpr void feed(std::string_view arrived, V& v) {
        if (bytes_.first == bytes_.last) [[likely]] {
            if (!quiet_ || !stays_quiet(arrived)) bytes_.lend(arrived);
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
    constexpr std::size_t heap() const { return bytes_.heap(); }

    // One message, or why there is none yet. `stored` is the state of that codec between two calls: each codec has its
    // own, and no other codec may be read while it is suspended. `bitmap` lasts until bytes are fed.
    template <class Sets = sets<>, class C, class V>
    SEGUE_INLINE kind read(C const& codec, state_of<C>& stored, V& v, class_bitmap<Sets>& bitmap) {
        if (mode_ != mode::fresh) [[unlikely]] {
            if (mode_ != mode::delivered) return go_on<Sets>(codec, stored, v);
            mode_ = mode::fresh;
            bytes_.kept.clear();
        }
        if (bytes_.first == bytes_.last) [[unlikely]] return idle(codec);
        std::size_t const most = limits_.message();
        bool const cut = bytes_.size() > most;
        basic_input<Sets, L> in(bytes_.first, cut ? bytes_.first + most : bytes_.last, closed_ & !cut, &error_, limits_.lowered(),
                                bytes_.last, bytes_.end_offset());
        in.adopt(bitmap);
        state_of<C> fresh{};
        step const r = codec.decode(in, fresh, v);
        if (r == step::done) [[likely]] {
            bytes_.first = in.at;
            bitmap = in.bitmap();
            return kind::message;
        }
        state_of<C> const suspended = fresh;
        return stop<Sets>(r, suspension(in), codec, suspended, stored, v);
    }
    template <class C, class V>
    SEGUE_INLINE kind read(C const& codec, state_of<C>& stored, V& v) {
        class_bitmap<sets<>> none;
        return read(codec, stored, v, none);
    }

private:
    enum class mode : std::uint8_t { fresh, held, in_place, delivered, failed };

    static constexpr std::size_t at_least_one(std::size_t n) { return n != 0 ? n : 1; }

    template <class C>
    SEGUE_COLD kind idle(C const& codec) {
        bytes_.release();
        if (closed_) return kind::end;
        need_ = at_least_one(codec.bounds(L).fewest);
        return kind::need;
    }
    SEGUE_COLD kind fail() {
        if (mode_ != mode::held) {
            begin_offset_ = bytes_.offset(bytes_.first);
            bytes_.kept.clear();
        }
        mode_ = mode::failed;
        quiet_ = {};
        return kind::failed;
    }
    SEGUE_COLD kind fail_message_limit(std::uint64_t where) {
        note_failure(&error_, errc::message_too_long, where, limits_.message(), 0, {});
        return fail();
    }
    // The first suspension of a message.
    template <class Sets, class C, class V>
    SEGUE_COLD kind stop(step r, suspension s, C const& codec, state_of<C> const& suspended, state_of<C>& stored, V& v) {
        if (r == step::failed) return fail();
        stored = suspended;
        begin_offset_ = bytes_.offset(bytes_.first);
        if (r == step::part) return hold_head<Sets>(s, codec, stored, v);
        if (bytes_.size() >= limits_.message()) return fail_message_limit(begin_offset_ + limits_.message());
        pos_ = static_cast<std::size_t>(s.at - bytes_.first);
        need_ = at_least_one(s.need);
        if (bytes_.own()) {
            mode_ = mode::in_place;
            return kind::need;
        }
        mode_ = mode::held;
        bytes_.keep_head(bytes_.size(), v);
        bytes_.first = bytes_.last;
        be_quiet(s);
        return kind::need;
    }
    // A piece was streamed out of bytes that begin with the message's head: only the head is kept.
    template <class Sets, class C, class V>
    constexpr kind hold_head(suspension const& s, C const& codec, state_of<C>& stored, V& v) {
        mode_ = mode::held;
        bytes_.keep_head(static_cast<std::size_t>(s.streamed.data() - bytes_.first), v);
        bytes_.first = s.at;
        return told<Sets>(s, codec, stored, v);
    }
    template <class Sets, class C, class V>
    constexpr kind told(suspension const& s, C const& codec, state_of<C>& stored, V& v) {
        pos_ = bytes_.kept.size();
        need_ = 0;  // not known: what follows the piece may need none
        quiet_ = {};
        piece_ = s.streamed;
        return s.collected ? resume<Sets>(codec, stored, v) : kind::part;
    }
    constexpr kind deliver(mode next) {
        mode_ = next;
        quiet_ = {};
        return kind::message;
    }

    // A few bytes in the middle of a run go to the message without waking the codec ...
    SEGUE_INLINE bool stays_quiet(std::string_view arrived) {
        if (!quiet_.goes_on_with(arrived) || arrived.size() > bytes_.kept.room()) return false;
        bytes_.keep_arrived(arrived);
        quiet_.take(arrived.size());
        return true;
    }
    // ... as long as the message stays below its limit.
    constexpr void be_quiet(suspension const& s) {
        std::size_t const room = limits_.message() - bytes_.kept.size() - 1;
        quiet_ = {s.quiet, s.quiet_left < room ? s.quiet_left : room};
    }

    template <class Sets, class C, class V>
    SEGUE_INLINE kind go_on(C const& codec, state_of<C>& stored, V& v) {
        if (quiet_ && bytes_.first == bytes_.last && !closed_) return kind::need;
        return resume<Sets>(codec, stored, v);
    }
    template <class Sets, class C, class V>
    [[gnu::noinline]] constexpr kind resume(C const& codec, state_of<C>& stored, V& v) {
        if (mode_ == mode::held) [[likely]] return resume_held<Sets>(codec, stored, v);
        if (mode_ == mode::in_place) return resume_in_place<Sets>(codec, stored, v);
        return kind::failed;
    }
    // One call of the codec on a suspended message: the only one that is not inlined into the caller.
    template <class Sets, class C, class V>
    [[gnu::noinline]] constexpr step proceed(C const& codec, state_of<C>& stored, V& v, char const* from, char const* to, bool closed,
                                             std::uint64_t end_offset, suspension& s) {
        basic_input<Sets, L> in(from, to, closed, &error_, limits_.lowered(), to, end_offset);
        step const r = codec.decode(in, stored, v);
        if (r == step::done) stored = {};
        s = suspension(in);
        return r;
    }

    template <class Sets, class C, class V>
    constexpr kind resume_held(C const& codec, state_of<C>& stored, V& v) {
        for (;;) {
            std::size_t const have = bytes_.size();
            std::size_t const before = bytes_.kept.size();
            if (have == 0 && !closed_ && need_ != 0) return kind::need;
            if constexpr (streams<C>)
                if (pos_ == before && have != 0) return resume_direct<Sets>(codec, stored, v);
            // As much is copied as is asked for, or as much again as is kept: not what the next message owns.
            std::size_t take = need_ > 64 ? need_ : before > 64 ? before : 64;
            if (take > have) take = have;
            bool const full = before + take >= limits_.message();
            if (full) take = limits_.message() - before;
            if (take != 0) bytes_.keep_more(take, v);
            bytes_.first += take;

            suspension in;
            char const* const end = bytes_.kept.tail();
            step const r = proceed<Sets>(codec, stored, v, bytes_.kept.data() + pos_, end, closed_ && take == have, bytes_.offset(bytes_.first), in);
            if (r == step::failed) return fail();
            auto const left = static_cast<std::size_t>(end - in.at);
            if (r == step::done) {
                if (left <= take) bytes_.first -= left;
                else bytes_.give_back(left);  // the codec looked ahead before it decided
                return deliver(mode::delivered);
            }
            if (r == step::part) {
                bytes_.first -= left;
                bytes_.kept.shrink(static_cast<std::size_t>(in.streamed.data() - bytes_.kept.data()));
                return told<Sets>(in, codec, stored, v);
            }
            pos_ = static_cast<std::size_t>(in.at - bytes_.kept.data());
            need_ = at_least_one(in.need);
            if (full) return fail_message_limit(bytes_.offset(bytes_.first));
            be_quiet(in);
            if (bytes_.first == bytes_.last) return kind::need;
        }
    }
    // The active leaf begins with the unread bytes: they are read where they lie.
    template <class Sets, class C, class V>
    constexpr kind resume_direct(C const& codec, state_of<C>& stored, V& v) {
        std::size_t const have = bytes_.size();
        std::size_t const room = limits_.message() - bytes_.kept.size();
        std::size_t const window = have < room ? have : room != 0 ? room : 1;
        suspension in;
        step const r = proceed<Sets>(codec, stored, v, bytes_.first, bytes_.first + window, closed_ && window == have,
                                     bytes_.offset(bytes_.first + window), in);
        if (r == step::failed) return fail();
        if (r == step::part) {
            bytes_.keep_read(static_cast<std::size_t>(in.streamed.data() - bytes_.first), v);
            bytes_.first = in.at;
            return told<Sets>(in, codec, stored, v);
        }
        if (room == 0 && (r == step::need_more || in.at != bytes_.first)) return fail_message_limit(bytes_.offset(bytes_.first));
        if (r == step::done) {
            bytes_.first = in.at;
            return deliver(mode::delivered);
        }
        pos_ = bytes_.kept.size() + static_cast<std::size_t>(in.at - bytes_.first);
        need_ = at_least_one(in.need);
        bytes_.keep_read(window, v);
        if (window == room) return fail_message_limit(bytes_.offset(bytes_.first));
        return bytes_.first == bytes_.last ? kind::need : resume<Sets>(codec, stored, v);
    }
    template <class Sets, class C, class V>
    constexpr kind resume_in_place(C const& codec, state_of<C>& stored, V& v) {
        std::size_t const most = limits_.message();
        bool const cut = bytes_.size() > most;
        char const* const end = cut ? bytes_.first + most : bytes_.last;
        suspension in;
        step const r = proceed<Sets>(codec, stored, v, bytes_.first + pos_, end, closed_ && !cut, bytes_.offset(end), in);
        if (r == step::failed) return fail();
        if (r == step::done) {
            bytes_.first = in.at;
            return deliver(mode::fresh);
        }
        if (r == step::part) return hold_head<Sets>(in, codec, stored, v);
        if (bytes_.size() >= most) return fail_message_limit(begin_offset_ + most);
        pos_ = static_cast<std::size_t>(in.at - bytes_.first);
        need_ = at_least_one(in.need);
        return kind::need;
    }

    arrivals bytes_;
    mode mode_ = mode::fresh;
    bool closed_ = false;
    std::size_t pos_ = 0;
    std::size_t need_ = 0;
    quiet_run quiet_;
    std::uint64_t begin_offset_ = 0;  // of the suspended or failed message
    std::string_view piece_;
    segue::error error_{};
    [[no_unique_address]] limits_in_force<L> limits_;
};

}  // namespace segue
