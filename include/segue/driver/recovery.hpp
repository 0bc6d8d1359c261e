// Reads on behind what is broken, for a grammar that stands in `recover`.
//
//   reading   the next message; where it is broken, its bytes are unread again, and ...
//   passing   ... are passed over as the grammar says
//   trying    behind a mark: what follows counts only when a message of it is whole, and then that is unread again, for
//             `skipped` is told first; until then all is one incident
#pragma once

#include <cstdint>
#include <utility>

#include "segue/core/incident.hpp"
#include "segue/driver/reader.hpp"
#include "segue/message/recover.hpp"

namespace segue {

template <class C, limits L>
class recovery {
public:
    constexpr incident const& last() const { return incident_; }

    template <class Sets, class V>
    constexpr kind read(reader<L>& in, C const& codec, state_of<C>& stored, V& v, class_bitmap<Sets>& bitmap) {
        if (in.failed()) [[unlikely]] return kind::failed;
        if (doing_ == doing::reading) [[likely]] {
            kind const k = in.read(codec, stored, v, bitmap);
            if (k != kind::failed) [[likely]] {
                if (k == kind::message) spent_ = 0;
                return k;
            }
            incident_ = {in.offset(), 0, in.error()};
            begin_passing(in, stored, bitmap);
        }
        return go_on(in, codec, stored, v, bitmap);
    }

private:
    using passing_codec = decltype(std::declval<C const&>().passing(0));
    enum class doing : std::uint8_t { reading, passing, trying };

    template <class Sets, class V>
    [[gnu::noinline]] constexpr kind go_on(reader<L>& in, C const& codec, state_of<C>& stored, V& v, class_bitmap<Sets>& bitmap) {
        for (;;) {
            kind const k = doing_ == doing::passing ? pass(in, codec, v) : attempt(in, codec, stored, v, bitmap);
            if (k != again) return k;
        }
    }
    template <class Sets>
    constexpr void begin_passing(reader<L>& in, state_of<C>& stored, class_bitmap<Sets>& bitmap) {
        doing_ = doing::passing;
        over_ = {};
        over_before_ = spent_ + (in.offset() - incident_.offset);
        stored = {};
        bitmap.forget();
        in.unread_failed();
    }
    template <class V>
    constexpr kind pass(reader<L>& in, C const& codec, V& v) {
        kind const k = in.read(codec.passing(over_before_), over_, v);
        if (k == kind::need) return k;
        doing_ = doing::reading;
        if constexpr (resynchronizes<C>) {
            if (k == kind::failed) return tell(in.error().offset);
            doing_ = doing::trying;
            tried_from_ = in.offset();
            return again;
        } else {
            if (k != kind::message) {  // the framing is broken as well
                in.poison(incident_.cause);
                return kind::failed;
            }
            kind const told = tell(in.offset());
            if (std::size_t const most = most_of(in); spent_ > most) in.poison({.code = errc::too_much_skipped, .offset = in.offset(), .limit = most});
            return told;
        }
    }
    template <class Sets, class V>
    constexpr kind attempt(reader<L>& in, C const& codec, state_of<C>& stored, V& v, class_bitmap<Sets>& bitmap) {
        std::uint64_t const from = in.offset();
        bool const cut = in.cut();
        kind const k = in.read(codec, stored, v, bitmap);
        if (k == kind::need) return k;
        if (k == kind::failed) {
            begin_passing(in, stored, bitmap);
            return again;
        }
        doing_ = doing::reading;
        if (k == kind::message) {
            in.unread_message(from, cut);
            bitmap.forget();
        }
        return tell(tried_from_);
    }
    constexpr kind tell(std::uint64_t end) {
        incident_.size = end - incident_.offset;
        spent_ += incident_.size;
        return kind::skipped;
    }
    static constexpr std::size_t most_of(reader<L>& in) {
        if constexpr (L.adjustable) return in.lowered().most(C::limit_name, C::most(L));
        else return (void)in, C::most(L);
    }

    static constexpr kind again = kind::part;  // a message that is whole has none

    doing doing_ = doing::reading;
    std::uint64_t spent_ = 0;       // bytes passed over since the last message
    std::uint64_t tried_from_ = 0;  // where the incident ends, if what comes there is a message
    std::uint64_t over_before_ = 0;
    state_of<passing_codec> over_{};
    incident incident_{};
};

}  // namespace segue
