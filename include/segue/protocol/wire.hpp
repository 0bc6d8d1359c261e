// What a script talks to: reads are awaited, writes are ordinary calls into the bounded output.
//
// An operation is tried where it stands, and only when it must wait is it left for the loop that runs the script. Where
// a plain read fails or the input has ended, the script ends there: its frames are destroyed, innermost first, and no
// code after the read runs. `try_read` is for scripts that go on.
#pragma once

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "segue/protocol/frame_store.hpp"
#include "segue/protocol/operation.hpp"

namespace segue {

template <limits L = limits{}>
class basic_wire {
public:
    explicit basic_wire(segue::role r = segue::role::server, flow f = {}) : end_(r, f) {}
    explicit basic_wire(handover&& from, flow f = {}) : end_(std::move(from), f) {}
    basic_wire(basic_wire&&) = delete;

    // ---- for the script
    // The next message; bytes of its own, where the codec leaves its type open. Views in it end at the next co_await.
    template <codec C, class V = value_or<C, std::string>>
    auto read(C c) {
        return read_operation<L, C, V>(end_, std::move(c));
    }
    template <class V, codec C>
    auto read_as(C c) {
        return read_operation<L, C, V>(end_, std::move(c));
    }
    // As read, but the end of the input and an error are answers: the script goes on, to say good-bye.
    template <codec C, class V = value_or<C, std::string>>
    auto try_read(C c) {
        return try_read_operation<L, C, V>(end_, std::move(c));
    }
    // Exactly n bytes.
    auto read(std::size_t n) { return read_bytes_operation<L>(end_, n); }
    // All that is there, at least one byte.
    auto read() { return take_operation<L>(end_, 1, false); }
    // The next n bytes, which stay unread.
    auto peek(std::size_t n) { return take_operation<L>(end_, n, true); }
    // True when a byte is there, false when the input has ended.
    auto wait() { return wait_operation<L>(end_); }
    auto wait_until(instant t) { return wait_until_operation<L>(end_, t); }
    auto sleep_until(instant t) { return sleep_operation<L>(end_, t); }
    // The pending output is below its marks.
    auto drained() { return drain_operation<L>(end_); }

    // Puts bytes behind the pending output. Where that has no room, or the value cannot be encoded, nothing is put, and
    // a script that does not `forgive` it ends with that error at its next co_await.
    encoded write(std::string_view all) { return checked(end_.out.write(all)); }
    encoded write(std::string&& all) { return checked(end_.out.write(std::move(all))); }
    encoded write(char const* all) { return write(std::string_view(all)); }
    template <codec C, class V>
    encoded write(C const& c, V const& value) {
        if constexpr (codec_for<C, V>) return checked(end_.out.write(c, value));
        else return checked(end_.out.write(c, std::string_view(value)));
    }
    // The error of a write was seen to.
    void forgive() { end_.refused = {}; }

    // No byte is left, and none will come.
    bool eof() const { return end_.in.closed() && end_.in.ahead().empty(); }
    void end() { end_.out.end(); }
    void abort() { end_.abort(); }
    segue::role role() const { return end_.role(); }
    instant now() const { return end_.time.now(); }
    // From then on reads fail with timed_out.
    void expect_by(instant t) { end_.time.set(t); }
    void no_deadline() { end_.time.clear(); }

    frame_store& frames() { return frames_; }

    // ---- for the loop that runs the script
    void receive(std::string_view arrived) {
        if (end_.waiting) end_.waiting->feed(arrived);
        else end_.in.feed(arrived, end_.none);
    }
    void keep() {
        if (end_.waiting) end_.waiting->keep();
        else end_.in.keep(end_.none);
    }
    endpoint<L>& end_point() { return end_; }
    endpoint<L> const& end_point() const { return end_; }
    segue::error const& error() const { return end_.refused ? end_.refused : end_.in.error(); }
    std::optional<instant> next_deadline() const { return end_.waiting ? end_.waiting->wakes_at() : end_.time.next(); }

    // Whether the script can be resumed, or the event to tell instead; closed where it must end.
    std::optional<event_of<>> blocked() {
        if (end_.refused) return event::failed(end_.refused);
        if (!end_.waiting) return std::nullopt;
        switch (end_.waiting->attempt()) {
            case wait_progress::ready: end_.waiting = nullptr; return std::nullopt;
            case wait_progress::need: return event::need{end_.minimum};
            case wait_progress::paused: return event::paused{};
            case wait_progress::ended: return event::closed{};
            case wait_progress::failed: break;
        }
        if (end_.stands() == endpoint_standing::aborted) return event::aborted{};
        return event::failed(end_.in.error());
    }
    void forget() { end_.waiting = nullptr; }

private:
    encoded checked(encoded e) {
        if (!e) end_.refused = e.error();
        return e;
    }

    script_end<L> end_;
    frame_store frames_;
};

using wire = basic_wire<>;

}  // namespace segue
