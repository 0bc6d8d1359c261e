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
        if (bytes_.first == bytes_.last) return idle(codec);
        if constexpr (large<C>) return begin_apart(codec, stored, v, bitmap);
        else return begin(codec, stored, v, bitmap);
    }
    // The same for a caller that keeps in registers where the next message begins and where the bytes end; false where
    // it does not lie whole in them, and then `otherwise` says why (`again`: none), and `whole_messages` where to go on.
    template <class Sets, class C, class V>
    SEGUE_INLINE bool read_whole(C const& codec, state_of<C>& stored, V& v, class_bitmap<Sets>& bitmap, char const*& at, char const* last,
                                 bool closed, kind& otherwise) {
        if constexpr (image_of<C, V>) {
            if (static_cast<std::size_t>(last - at) >= C::width && C::width <= limits_.message()) [[likely]] {
                codec.load(at, v);
                bytes_.first = at = at + C::width;
                return true;
            }
            otherwise = at == last ? again : begin_image(codec, stored, v);
            return false;
        } else {
            if (at == last) [[unlikely]] return otherwise = again, false;
            return decode_one(codec, stored, v, bitmap, at, last, closed, otherwise);
        }
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
    using typename reader_base<L>::window;
    using reader_base<L>::again;
    using reader_base<L>::at_least_one;
    using reader_base<L>::be_quiet;
    using reader_base<L>::begin_offset_;
    using reader_base<L>::bytes_;
    using reader_base<L>::closed_;
    using reader_base<L>::deliver;
    using reader_base<L>::error_;
    using reader_base<L>::fail;
    using reader_base<L>::fail_message_limit;
    using reader_base<L>::frames_;
    using reader_base<L>::hand_out;
    using reader_base<L>::hold_head;
    using reader_base<L>::limits_;
    using reader_base<L>::mode_;
    using reader_base<L>::need_;
    using reader_base<L>::owed_;
    using reader_base<L>::pos_;
    using reader_base<L>::quiet_;
    using reader_base<L>::told;

    // What reads a large grammar needs all registers: a caller whose bytes end in the middle of a message should not have to
    // save them first.
    template <class C>
    static constexpr bool large = sizeof(state_of<C>) > 16;
    template <class Sets, class C, class V>
    [[gnu::noinline]] constexpr kind begin_apart(C const& codec, state_of<C>& stored, V& v, class_bitmap<Sets>& bitmap) {
        return begin(codec, stored, v, bitmap);
    }
    template <class Sets, class C, class V>
    SEGUE_INLINE kind begin(C const& codec, state_of<C>& stored, V& v, class_bitmap<Sets>& bitmap) {
        char const* at = bytes_.first;
        kind otherwise;
        if (read_whole(codec, stored, v, bitmap, at, bytes_.last, closed_, otherwise)) [[likely]] return kind::message;
        return otherwise != again ? otherwise : idle(codec);
    }
    template <bool Apart, class V>
    SEGUE_INLINE static decltype(auto) initial(V& v) {
        if constexpr (Apart) return V{};
        else return (v);
    }
    template <class Sets, class C, class V>
    SEGUE_INLINE bool decode_one(C const& codec, state_of<C>& stored, V& v, class_bitmap<Sets>& bitmap, char const*& at, char const* last,
                                 bool closed, kind& otherwise) {
        if constexpr (between_of<C> != byte_set{}) {
            bytes_.first = at = skip<between_of<C>>(at, last);
            if (at == last) return otherwise = idle(codec), false;
        }
        std::size_t const most = limits_.message();
        bool const cut = static_cast<std::size_t>(last - at) > most;
        basic_input<Sets, L> in(at, cut ? at + most : last, closed & !cut, &error_, limits_.lowered(), last, bytes_.end_offset());
        in.adopt(bitmap);
        in.frames = &frames_;
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
    // Less than an image: the codec knows what is wanted.
    template <class C, class V>
    SEGUE_COLD kind begin_image(C const& codec, state_of<C>& stored, V& v) {
        class_bitmap<sets<>> none;
        char const* at = bytes_.first;
        kind otherwise;
        return decode_one(codec, stored, v, none, at, bytes_.last, closed_, otherwise) ? kind::message : otherwise;
    }
    template <class C>
    SEGUE_INLINE kind idle(C const& codec) {
        if (this->heap() != 0) this->release();
        if (closed_) return kind::end;
        need_ = at_least_one(fewest_of<L>(codec));
        return kind::need;
    }
    template <class Sets, class C, class V>
    SEGUE_COLD kind stop(suspension const& s, C const& codec, state_of<C>& stored, V& v) {
        kind const k = begin_held<streams<C>>(s, v);
        return k == again ? resume<Sets>(codec, stored, v) : k;
    }
    template <class Sets, class C, class V>
    SEGUE_INLINE kind go_on(C const& codec, state_of<C>& stored, V& v) {
        if (bytes_.first == bytes_.last) {
            if ((quiet_ || (streams<C> && owed_ != 0)) && !closed_) return kind::need;
        } else if constexpr (streams<C>) {
            if (owed_ != 0) return hand_out();
            if constexpr (begins_pieces<C>)
                if (begin_piece<C>(stored)) [[likely]] return hand_out();
        }
        return resume<Sets>(codec, stored, v);
    }
    // The next piece, if it begins with the unread bytes as usual.
    template <class C>
    SEGUE_INLINE bool begin_piece(state_of<C>& stored) {
        if (mode_ != mode::held || pos_ != bytes_.kept.size()) return false;
        std::size_t const room = limits_.begun() - pos_;
        char const* const end = bytes_.size() < room ? bytes_.last : bytes_.first + room;
        if (!C::begin_piece(stored, bytes_.first, end, owed_)) return false;
        need_ = 1;
        return true;
    }
    // In a loop: a piece that the message itself has taken is nobody's event, and there may be one for each byte.
    template <class Sets, class C, class V>
    [[gnu::noinline]] constexpr kind resume(C const& codec, state_of<C>& stored, V& v) {
        for (;;) {
            if (mode_ == mode::failed) return kind::failed;
            if (mode_ == mode::held && bytes_.first == bytes_.last && !closed_ && need_ != 0) return kind::need;
            window const w = this->template next_window<streams<C>>(v);
            basic_input<Sets, L> in(w.first, w.last, w.closed, &error_, limits_.lowered(), w.last, bytes_.offset(w.unread));
            in.frames = &frames_;
            if (w.place == window::of::kept) in.foresee(w.unread - w.taken, w.taken, w.last - w.taken);
            if constexpr (streams<C>) in.owed = std::exchange(owed_, 0);
            step const r = codec.decode(in, stored, v);
            if (r == step::done) stored = {};
            if (kind const k = came_to<streams<C>>(suspension(r, in), w, v); k != again) return k;
        }
    }

    // The first suspension of a message.
    template <bool Streams, class V>
    constexpr kind begin_held(suspension const& s, V& v) {
        if (s.result == step::failed) return fail();
        begin_offset_ = bytes_.offset(bytes_.first);
        limits_.begin_message();
        if (s.result == step::part) return hold_head(s, v);
        if (bytes_.size() > limits_.begun()) return hold_at_limit<Streams>(s, v);
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

    // What came of it.
    template <bool Streams, class V>
    SEGUE_INLINE kind came_to(suspension const& s, window const& w, V& v) {
        if (s.result == step::failed) return fail();
        if constexpr (Streams)
            if (w.place == window::of::fed) return fed_came_to(s, w, v);
        if (w.place == window::of::inbox) return inbox_came_to<Streams>(s, w, v);
        if (s.result != step::need_more) {
            // the codec may have looked ahead before it decided
            if (auto const left = static_cast<std::size_t>(w.last - s.at); left <= w.taken) bytes_.first -= left;
            else bytes_.give_back(left);
            if (s.result == step::done) return deliver();
            bytes_.kept.shrink(static_cast<std::size_t>(s.streamed - bytes_.kept.data()) - s.framed_by);
            return told(s);
        }
        pos_ = static_cast<std::size_t>(s.at - bytes_.kept.data());
        need_ = at_least_one(s.need);
        be_quiet(s);
        if (bytes_.first == bytes_.last) return kind::need;
        if (bytes_.kept.size() == limits_.begun() && !(Streams && pos_ == limits_.begun())) return fail_message_limit(bytes_.offset(bytes_.first));
        return again;
    }
    template <class V>
    SEGUE_INLINE kind fed_came_to(suspension const& s, window const& w, V& v) {
        std::size_t const before = bytes_.kept.size();
        if (s.result == step::part) {
            auto const head = static_cast<std::size_t>(s.streamed - bytes_.first);
            if (head > s.framed_by) bytes_.keep_read(head - s.framed_by, v);
            else bytes_.kept.shrink(before + head - s.framed_by);
            bytes_.first = s.at;
            return told(s);
        }
        if (before == limits_.begun() && (s.result == step::need_more || s.at != bytes_.first)) return fail_message_limit(bytes_.offset(bytes_.first));
        if (s.result == step::done) {
            bytes_.first = s.at;
            return deliver();
        }
        pos_ = before + static_cast<std::size_t>(s.at - bytes_.first);
        need_ = at_least_one(s.need);
        bytes_.keep_read(w.taken, v);
        be_quiet(s);
        if (bytes_.first == bytes_.last) return kind::need;
        return pos_ == limits_.begun() ? again : fail_message_limit(bytes_.offset(bytes_.first));
    }
    template <bool Streams, class V>
    SEGUE_INLINE kind inbox_came_to(suspension const& s, window const& w, V& v) {
        if (s.result == step::done) {
            bytes_.first = s.at;
            return deliver();
        }
        if (s.result == step::part) return hold_head(s, v);
        if (w.taken != bytes_.size()) return hold_at_limit<Streams>(s, v);
        pos_ = static_cast<std::size_t>(s.at - bytes_.first);
        need_ = at_least_one(s.need);
        return kind::need;
    }
    // The message has as many bytes as it may, and there are more: they can only be those of a streamed element.
    template <bool Streams, class V>
    constexpr kind hold_at_limit(suspension const& s, V& v) {
        std::size_t const most = limits_.begun();
        pos_ = static_cast<std::size_t>(s.at - bytes_.first);
        if (!Streams || pos_ != most) return fail_message_limit(begin_offset_ + most);
        mode_ = mode::held;
        bytes_.keep_head(most, v);
        bytes_.first += most;
        return again;
    }
};

}  // namespace segue
