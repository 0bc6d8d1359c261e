// What a codec reads from: a window of bytes, a value that lives in registers.
//
// Nothing on the hot path takes its address: failing calls a cold function that gets the error record, a code and a
// number. The absolute offset is one subtraction, made on failure. Whether the input is closed is a property of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "segue/core/error.hpp"
#include "segue/core/inlining.hpp"
#include "segue/core/limits.hpp"
#include "segue/core/step.hpp"
#include "segue/wire/class_bitmap.hpp"
#include "segue/wire/frames.hpp"
#include "segue/wire/scan.hpp"

namespace segue {

// Limits that were lowered at run time, by name. A lowered limit of a name that the grammar lacks does nothing.
class lowered_limits {
public:
    static constexpr std::size_t capacity = 16;

    constexpr bool lower(std::string_view name, std::size_t most) {
        for (std::size_t i = 0; i < count_; ++i)
            if (entries_[i].name == name) {
                if (most < entries_[i].most) entries_[i].most = most;
                return true;
            }
        if (count_ == capacity) return false;
        entries_[count_++] = {name, most};
        return true;
    }
    constexpr std::size_t most(std::string_view name, std::size_t declared) const {
        for (std::size_t i = 0; i < count_; ++i)
            if (entries_[i].name == name && entries_[i].most < declared) return entries_[i].most;
        return declared;
    }

private:
    struct entry {
        std::string_view name{};
        std::size_t most = 0;
    };
    entry entries_[capacity]{};
    std::size_t count_ = 0;
};

// What an input carries of them: nothing, unless the limits are adjustable.
struct no_lowered_limits {
    constexpr no_lowered_limits() = default;
    constexpr no_lowered_limits(lowered_limits const*) {}
};
template <limits L>
using lowered_limits_of = std::conditional_t<L.adjustable, lowered_limits const*, no_lowered_limits>;

SEGUE_COLD inline step note_failure(error* e, errc code, std::uint64_t offset, std::uint64_t limit,
                                    std::uint64_t observed, std::string_view expected) {
    *e = error{};
    e->code = code;
    e->offset = offset;
    e->limit = limit;
    e->observed = observed;
    e->expected = expected;
    return step::failed;
}

SEGUE_COLD inline void note_place(error* e, error::place where) {
    if (e->depth < error::deepest) e->path[e->depth] = where;
    ++e->depth;
}

// Stands for the members of a run that no byte can end before all that is needed is here.
inline constexpr run_set any_byte{};

template <class Sets, limits L = limits{}, bool InSegment = false>
class basic_input {
public:
    static constexpr limits defaults = L;
    static constexpr bool in_segment = InSegment;
    static constexpr bool only_framing = false;  // see framing_input

    char const* at;
    char const* end;
    std::size_t need = 0;               // set with step::need_more: at least so many more bytes; 0: any will tell
    std::size_t ahead = 0;              // of what follows, so many bytes may be here already
    char const* streamed = nullptr;     // set with step::part: the piece, from here to `at`
    std::size_t framed_by = 0;          // ... and of the bytes before it, so many only framed it: they go with it
    bool goes_on = false;               // ... and more of its element must come: at least `need` bytes
    std::uint64_t owed = 0;             // ... which its driver hands out itself; of those, what has not come when it wakes the codec
    bool collected = false;             // ... whose bytes the message itself has taken: nobody need be told
    run_set const* quiet = nullptr;     // bytes that cannot end the suspended run ...
    std::size_t quiet_left = 0;         // ... as long as there are no more than these
    bool closed;
    std::uint32_t level = 0;            // of recursion ...
    std::uint32_t deepest = 0;          // ... and the limit, as the outermost has it
    segue::frames* frames = nullptr;    // where recursion is suspended; without a driver it cannot be

    // `origin` is any pointer into the same bytes, `origin_offset` its place in the stream
    constexpr basic_input(char const* first, char const* last, bool is_closed, segue::error* e,
                          lowered_limits_of<L> lowered, char const* origin, std::uint64_t origin_offset)
        : at(first), end(last), closed(is_closed), error_(e), lowered_(lowered), origin_(origin),
          origin_offset_(origin_offset) {}

    SEGUE_INLINE std::size_t left() const { return static_cast<std::size_t>(end - at); }
    SEGUE_INLINE std::uint64_t offset(char const* p) const {
        return origin_offset_ + static_cast<std::uint64_t>(p - origin_);
    }

    // The limit of an element: its own, else the driver's default, lowered where a driver was told so.
    template <std::size_t Own, std::size_t limits::* Default>
    SEGUE_INLINE std::size_t most(std::string_view name) const {
        constexpr std::size_t declared = Own == inherited ? L.*Default : Own;
        if constexpr (L.adjustable) return lowered_ ? lowered_->most(name, declared) : declared;  // none: a one-shot decode
        else return declared;
    }

    SEGUE_INLINE step fail(errc code, char const* where, std::string_view expected = {}) {
        return note_failure(error_, code, offset(where), 0, 0, expected);
    }
    SEGUE_INLINE step fail_at(errc code, std::uint64_t where, std::string_view expected = {}) {
        return note_failure(error_, code, where, 0, 0, expected);
    }
    SEGUE_INLINE step fail_limit(errc code, char const* where, std::uint64_t limit, std::uint64_t observed = 0) {
        return note_failure(error_, code, offset(where), limit, observed, {});
    }
    SEGUE_INLINE void inside(error::place where) { note_place(error_, where); }
    constexpr void forgive() { *error_ = {}; }

    // Not enough here: suspends, or on a closed input fails.
    SEGUE_INLINE step want(std::size_t more) {
        if (closed) [[unlikely]] return fail(InSegment ? errc::segment_too_short : errc::truncated, end);
        need = more;
        return step::need_more;
    }
    // As want, for what is read only when all of it is here.
    SEGUE_INLINE step want_whole(std::size_t more) {
        quiet = &any_byte;
        return want(more);
    }
    // As want, where all bytes so far only may stand before a message: the end of the input is no truncation here. It fails
    // without an error, and a reader tells the end.
    SEGUE_INLINE step want_unless_over(std::size_t more) {
        if (closed && !InSegment && left() == 0) [[unlikely]] return fail(errc::none, end);
        return want(more);
    }
    // More would tell whether this goes on; what is left here may already belong to what follows.
    SEGUE_INLINE step want_to_know() {
        ahead = left();
        return want(0);
    }
    // Behind what is wanted come at least so many bytes.
    SEGUE_INLINE void then(std::size_t fewest) {
        std::size_t const here = fewest < ahead ? fewest : ahead;
        ahead -= here;
        need = need > unbounded - (fewest - here) ? unbounded : need + (fewest - here);
    }
    // ... and of the next `left` bytes none that is in S can change that.
    template <byte_set S, fixed_string Text = "">
    SEGUE_INLINE step want_while(std::size_t left, std::size_t more) {
        quiet = &run_of<S, Text>;
        quiet_left = left;
        return want(more);
    }
    // As want for the rest of the text, of which so much is here.
    template <fixed_string Text>
    SEGUE_INLINE step want_text(std::size_t here) {
        if constexpr (Text.size > 1) {
            quiet = &text_alone<Text>;
            quiet_left = Text.size - here - 1;
        }
        return want(Text.size - here);
    }

    // What begins so many bytes from here is likely to be read soon; nothing need be there.
    SEGUE_INLINE void foretell(std::size_t distance) const {
        if (!std::is_constant_evaluated()) __builtin_prefetch(reinterpret_cast<void const*>(reinterpret_cast<std::uintptr_t>(at) + distance));
    }

    // The first byte from p on that is not in S, or end.
    template <byte_set S>
    SEGUE_INLINE char const* skip(char const* p) {
        return bitmap_.template skip<S>(p, end);
    }

    // The size of the run of S that begins with p, if that is known already; else 64.
    template <byte_set S>
    SEGUE_INLINE std::size_t near(char const* p) const {
        return bitmap_.template near<S>(p);
    }

    // The n bytes at `to` were copied from there.
    SEGUE_INLINE void foresee(char const* from, std::size_t n, char const* to) { bitmap_.foresee(from, n, to); }

    // Goes on with a bitmap of the same bytes, and gives it back.
    SEGUE_INLINE void adopt(class_bitmap<Sets> const& bitmap) {
        bitmap_ = bitmap;
        bitmap_.begin(end);
    }
    SEGUE_INLINE class_bitmap<Sets> const& bitmap() const { return bitmap_; }

    // The next n bytes as a complete input of their own.
    SEGUE_INLINE basic_input<sets<>, L, true> segment(std::size_t n) const {
        basic_input<sets<>, L, true> part(at, at + n, true, error_, lowered_, origin_, origin_offset_);
        part.level = level;
        part.deepest = deepest;
        return part;
    }

    // The same bytes without a bitmap, for what is read out of line; `go_on_from` takes up what came of it.
    SEGUE_INLINE basic_input<sets<>, L, InSegment> plain() const {
        basic_input<sets<>, L, InSegment> same(at, end, closed, error_, lowered_, origin_, origin_offset_);
        same.level = level;
        same.deepest = deepest;
        same.frames = frames;
        return same;
    }
    SEGUE_INLINE void go_on_from(basic_input<sets<>, L, InSegment> const& same) {
        at = same.at;
        need = same.need;
        ahead = same.ahead;
        quiet = same.quiet;
        quiet_left = same.quiet_left;
    }
    // As if nothing had been tried from here on.
    SEGUE_INLINE void back_to(char const* here) {
        at = here;
        need = ahead = quiet_left = 0;
        quiet = nullptr;
    }

private:
    segue::error* error_;
    [[no_unique_address]] lowered_limits_of<L> lowered_;
    char const* origin_;
    std::uint64_t origin_offset_;
    [[no_unique_address]] class_bitmap<Sets> bitmap_{};
};

using input = basic_input<sets<>>;

}  // namespace segue
