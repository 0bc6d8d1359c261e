// Runs codecs over bytes that arrive in pieces.
//
// A message that lies whole in the bytes at hand is decoded from there, with a fresh local state and without a copy.
// Only when a codec suspends is the state stored, and are the message's bytes so far kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include "segue/driver/reader_base.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

template <limits L = limits{}>
class reader : public reader_base<L> {
public:
    // One message, or why there is none yet. `stored` is the state of that codec between two calls: each codec has its
    // own, and no other codec may be read while it is suspended. `bitmap` lasts until bytes are fed.
    template <class Sets = sets<>, class C, class V>
    SEGUE_INLINE kind read(C const& codec, state_of<C>& stored, V& v, class_bitmap<Sets>& bitmap) {
        if (mode_ != mode::fresh) [[unlikely]] return go_on<Sets>(codec, stored, v);
        if (bytes_.first == bytes_.last) [[unlikely]] return idle(codec);
        char const* at = bytes_.first;
        kind otherwise;
        return read_whole(codec, stored, v, bitmap, at, bytes_.last, closed_, otherwise) ? kind::message : otherwise;
    }
    // The same for a caller that keeps in registers where the next message begins and where the bytes end; false where
    // it does not lie whole in them, and then `otherwise` says why, and `whole_messages` where to go on.
    template <class Sets, class C, class V>
    SEGUE_INLINE bool read_whole(C const& codec, state_of<C>& stored, V& v, class_bitmap<Sets>& bitmap, char const*& at, char const* last,
                                 bool closed, kind& otherwise) {
        if constexpr (between_of<C> != byte_set{}) {
            bytes_.first = at = skip<between_of<C>>(at, last);
            if (at == last) return otherwise = idle(codec), false;
        }
        std::size_t const most = limits_.message();
        bool const cut = static_cast<std::size_t>(last - at) > most;
        basic_input<Sets, L> in(at, cut ? at + most : last, closed & !cut, &error_, limits_.lowered(), last, bytes_.end_offset());
        in.adopt(bitmap);
        state_of<C> fresh{};
        // A small value is decoded in registers: for all that is known the bytes might lie in `v`, and each store to one
        // of its members would come between two loads.
        constexpr bool apart = std::is_trivially_copyable_v<V> && std::is_default_constructible_v<V> && sizeof(V) <= 64;
        std::conditional_t<apart, V, V&> value = initial<apart>(v);
        step const r = codec.decode(in, fresh, value);
        if (r == step::done) [[likely]] {
            if constexpr (apart) v = value;
            bytes_.first = at = in.at;
            bitmap = in.bitmap();
            return true;
        }
        if constexpr (apart) v = value;
        stored = fresh;
        otherwise = stop<Sets>(suspension(r, in), codec, stored, v);
        return false;
    }
    SEGUE_INLINE std::string_view whole_messages() const {
        return mode_ == mode::fresh && !closed_ ? std::string_view(bytes_.first, bytes_.size()) : std::string_view();
    }
    template <class C, class V>
    SEGUE_INLINE kind read(C const& codec, state_of<C>& stored, V& v) {
        class_bitmap<sets<>> none;
        return read(codec, stored, v, none);
    }

private:
    using typename reader_base<L>::mode;
    using reader_base<L>::at_least_one;
    using reader_base<L>::be_quiet;
    using reader_base<L>::bytes_;
    using reader_base<L>::closed_;
    using reader_base<L>::collected_;
    using reader_base<L>::deliver;
    using reader_base<L>::error_;
    using reader_base<L>::fail;
    using reader_base<L>::fail_message_limit;
    using reader_base<L>::hand_out;
    using reader_base<L>::hold_head;
    using reader_base<L>::limits_;
    using reader_base<L>::mode_;
    using reader_base<L>::need_;
    using reader_base<L>::owed_;
    using reader_base<L>::pos_;
    using reader_base<L>::begin_offset_;
    using reader_base<L>::quiet_;
    using reader_base<L>::told;

    template <bool Apart, class V>
    SEGUE_INLINE static decltype(auto) initial(V& v) {
        if constexpr (Apart) return V{};
        else return (v);
    }
    template <class C>
    SEGUE_COLD kind idle(C const& codec) {
        bytes_.release();
        if (closed_) return kind::end;
        need_ = at_least_one(codec.bounds(L).fewest);
        return kind::need;
    }
    // The first suspension of a message.
    template <class Sets, class C, class V>
    SEGUE_COLD kind stop(suspension const& s, C const& codec, state_of<C>& stored, V& v) {
        if (s.result == step::failed) return fail();
        begin_offset_ = bytes_.offset(bytes_.first);
        limits_.begin_message();
        if (s.result == step::part) {
            kind const k = hold_head(s, v);
            return k == kind::part && collected_ ? resume<Sets>(codec, stored, v) : k;
        }
        if (bytes_.size() > limits_.begun()) return go_on_at_limit<Sets>(s, codec, stored, v);
        pos_ = static_cast<std::size_t>(s.at - bytes_.first);
        need_ = at_least_one(s.need);
        if (bytes_.own()) {
            mode_ = mode::in_place;
            return kind::need;
        }
        mode_ = mode::held;
        bytes_.keep_head(bytes_.size(), v, need_);
        bytes_.first = bytes_.last;
        be_quiet(s);
        return kind::need;
    }
    // The message has as many bytes as it may, and there are more: they can only be those of a streamed element.
    template <class Sets, class C, class V>
    constexpr kind go_on_at_limit(suspension const& s, C const& codec, state_of<C>& stored, V& v) {
        std::size_t const most = limits_.begun();
        pos_ = static_cast<std::size_t>(s.at - bytes_.first);
        if (!streams<C> || pos_ != most) return fail_message_limit(begin_offset_ + most);
        mode_ = mode::held;
        bytes_.keep_head(most, v);
        bytes_.first += most;
        return resume<Sets>(codec, stored, v);
    }
    template <class Sets, class C, class V>
    SEGUE_INLINE kind go_on(C const& codec, state_of<C>& stored, V& v) {
        bool const none = bytes_.first == bytes_.last;
        if constexpr (streams<C>)
            if (owed_ != 0 && !none) return hand_out();
        if (none && !closed_ && (quiet_ || (streams<C> && need_ != 0 && mode_ == mode::held))) return kind::need;
        return resume<Sets>(codec, stored, v);
    }
    template <class Sets, class C, class V>
    [[gnu::noinline]] constexpr kind resume(C const& codec, state_of<C>& stored, V& v) {
        kind k = resume_once<Sets>(codec, stored, v);
        // In a loop: a piece that the message itself has taken is nobody's event, and there may be one for each byte.
        if constexpr (streams<C>)
            while (k == kind::part && collected_) k = resume_once<Sets>(codec, stored, v);
        return k;
    }
    template <class Sets, class C, class V>
    constexpr kind resume_once(C const& codec, state_of<C>& stored, V& v) {
        if (mode_ == mode::held) [[likely]] return resume_held<Sets>(codec, stored, v);
        if (mode_ == mode::in_place) return resume_in_place<Sets>(codec, stored, v);
        return kind::failed;
    }
    // One call of the codec on a suspended message: the only one that is not inlined into the caller.
    template <class Sets, class C, class V>
    [[gnu::noinline]] constexpr suspension proceed(C const& codec, state_of<C>& stored, V& v, char const* from, char const* to, bool closed,
                                                   std::uint64_t end_offset) {
        basic_input<Sets, L> in(from, to, closed, &error_, limits_.lowered(), to, end_offset);
        if constexpr (streams<C>) in.owed = std::exchange(owed_, 0);
        step const r = codec.decode(in, stored, v);
        if (r == step::done) stored = {};
        return {r, in};
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
            if (take > limits_.begun() - before) take = limits_.begun() - before;
            if (take != 0) bytes_.keep_more(take, v);
            bytes_.first += take;

            char const* const end = bytes_.kept.tail();
            suspension const in = proceed<Sets>(codec, stored, v, bytes_.kept.data() + pos_, end, closed_ && take == have, bytes_.offset(bytes_.first));
            step const r = in.result;
            if (r == step::failed) return fail();
            auto const left = static_cast<std::size_t>(end - in.at);
            if (r == step::done) {
                if (left <= take) bytes_.first -= left;
                else bytes_.give_back(left);  // the codec looked ahead before it decided
                return deliver();
            }
            if (r == step::part) {
                if (left <= take) bytes_.first -= left;
                else bytes_.give_back(left);
                bytes_.kept.shrink(static_cast<std::size_t>(in.streamed.data() - bytes_.kept.data()) - in.framed_by);
                return told(in);
            }
            pos_ = static_cast<std::size_t>(in.at - bytes_.kept.data());
            need_ = at_least_one(in.need);
            be_quiet(in);
            if (bytes_.first == bytes_.last) return kind::need;
            if (bytes_.kept.size() == limits_.begun() && !(streams<C> && pos_ == limits_.begun()))
                return fail_message_limit(bytes_.offset(bytes_.first));
        }
    }
    // The active leaf begins with the unread bytes: they are read where they lie.
    template <class Sets, class C, class V>
    constexpr kind resume_direct(C const& codec, state_of<C>& stored, V& v) {
        std::size_t const have = bytes_.size();
        std::size_t const room = limits_.begun() - bytes_.kept.size();
        std::size_t const window = have < room ? have : room != 0 ? room : 1;
        suspension const in = proceed<Sets>(codec, stored, v, bytes_.first, bytes_.first + window, closed_ && window == have,
                                            bytes_.offset(bytes_.first + window));
        step const r = in.result;
        if (r == step::failed) return fail();
        if (r == step::part) {
            if (auto const head = static_cast<std::size_t>(in.streamed.data() - bytes_.first); head > in.framed_by) bytes_.keep_read(head - in.framed_by, v);
            else bytes_.kept.shrink(bytes_.kept.size() + head - in.framed_by);
            bytes_.first = in.at;
            return told(in);
        }
        if (room == 0 && (r == step::need_more || in.at != bytes_.first)) return fail_message_limit(bytes_.offset(bytes_.first));
        if (r == step::done) {
            bytes_.first = in.at;
            return deliver();
        }
        pos_ = bytes_.kept.size() + static_cast<std::size_t>(in.at - bytes_.first);
        need_ = at_least_one(in.need);
        bytes_.keep_read(window, v);
        be_quiet(in);
        if (bytes_.first == bytes_.last) return kind::need;
        return pos_ == limits_.begun() ? resume_direct<Sets>(codec, stored, v) : fail_message_limit(bytes_.offset(bytes_.first));
    }
    template <class Sets, class C, class V>
    constexpr kind resume_in_place(C const& codec, state_of<C>& stored, V& v) {
        std::size_t const most = limits_.begun();
        bool const cut = bytes_.size() > most;
        char const* const end = cut ? bytes_.first + most : bytes_.last;
        suspension const in = proceed<Sets>(codec, stored, v, bytes_.first + pos_, end, closed_ && !cut, bytes_.offset(end));
        step const r = in.result;
        if (r == step::failed) return fail();
        if (r == step::done) {
            bytes_.first = in.at;
            return deliver();
        }
        if (r == step::part) return hold_head(in, v);
        if (cut) return go_on_at_limit<Sets>(in, codec, stored, v);
        pos_ = static_cast<std::size_t>(in.at - bytes_.first);
        need_ = at_least_one(in.need);
        return kind::need;
    }
};

}  // namespace segue
