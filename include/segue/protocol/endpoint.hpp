// One end of a connection, without its meaning: what arrives, what is to be sent, credit, deadline, and how it ends.
// Protocols hold one and read from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "segue/driver/reader.hpp"
#include "segue/protocol/credit.hpp"
#include "segue/protocol/event.hpp"
#include "segue/protocol/handover.hpp"
#include "segue/protocol/outbox.hpp"
#include "segue/protocol/role.hpp"
#include "segue/protocol/table.hpp"

namespace segue {

// How much may be under way in either direction.
struct flow {
    std::size_t credit = 64 * 1024;  // bytes of events that the user holds
    water_marks out{};
};

// The life of an endpoint, whatever its protocol.
enum class endpoint_phase : std::uint8_t { open, proposing, failed, closed, aborted };
enum class endpoint_input : std::uint8_t { propose, refuse, hand_over, close, fail, abort };

constexpr std::string_view name_of(endpoint_phase p) {
    constexpr std::string_view names[]{"open", "proposing", "failed", "closed", "aborted"};
    return names[static_cast<std::size_t>(p)];
}
constexpr std::string_view name_of(endpoint_input t) {
    constexpr std::string_view names[]{"propose", "refuse", "hand over", "close", "fail", "abort"};
    return names[static_cast<std::size_t>(t)];
}
inline constexpr table endpoint_states("an endpoint", {
    transition<endpoint_phase, endpoint_input>{endpoint_phase::open, endpoint_input::propose, endpoint_phase::proposing},
    {endpoint_phase::open, endpoint_input::hand_over, endpoint_phase::closed},
    {endpoint_phase::open, endpoint_input::close, endpoint_phase::closed},
    {endpoint_phase::open, endpoint_input::fail, endpoint_phase::failed},
    {endpoint_phase::open, endpoint_input::abort, endpoint_phase::aborted},
    {endpoint_phase::proposing, endpoint_input::refuse, endpoint_phase::open},
    {endpoint_phase::proposing, endpoint_input::hand_over, endpoint_phase::closed},
    {endpoint_phase::proposing, endpoint_input::close, endpoint_phase::closed},
    {endpoint_phase::proposing, endpoint_input::fail, endpoint_phase::failed},
    {endpoint_phase::proposing, endpoint_input::abort, endpoint_phase::aborted},
    {endpoint_phase::failed, endpoint_input::close, endpoint_phase::closed},
    {endpoint_phase::failed, endpoint_input::abort, endpoint_phase::aborted},
    {endpoint_phase::closed, endpoint_input::abort, endpoint_phase::aborted},
});

// The type a codec yields, where there is only one answer; else Otherwise.
template <class C, class Otherwise>
struct only_value {
    using type = Otherwise;
};
template <class C, class Otherwise>
    requires requires { typename value_of<C>; }
struct only_value<C, Otherwise> {
    using type = value_of<C>;
};
template <class C, class Otherwise>
using value_or = typename only_value<C, Otherwise>::type;

// Whether a protocol may read on.
enum class endpoint_standing : std::uint8_t { open, paused, closed, aborted, failed };

template <limits L = limits{}>
class endpoint {
public:
    explicit endpoint(segue::role r = segue::role::server, flow f = {}) : out(f.out), credit(f.credit), role_(r) {}
    explicit endpoint(handover&& from, flow f = {}) : out(std::move(from.out)), credit(f.credit), time(from.time), role_(from.role) {
        if constexpr (L.adjustable) in.adopt_lowered(from.lowered);
        in.take_over(from.offset, from.unread);
        if (from.ended) in.close();
        if (out.aborted()) phase_ = endpoint_phase::aborted;
    }

    reader<L> in;
    outbox out;
    segue::credit credit;
    deadline time;

    // Bytes of heap, whatever arrives in reads of that size: a message that is cut, doubled as it grows, and what was read
    // behind it while reading stops.
    static constexpr std::size_t most_memory(flow const& f = {}, std::size_t one_read = 64 * 1024) {
        return 3 * (L.message + one_read) + outbox::most_memory(f.out);
    }

    segue::role role() const { return role_; }
    // Nothing more is read; what is pending is still sent, then our direction ends.
    void close() {
        take(endpoint_input::close);
        out.end();
    }
    void abort() {
        take(endpoint_input::abort);
        out.abort();
    }
    // A protocol that has proposed to hand over reads nothing until it is told.
    void propose() { take(endpoint_input::propose); }
    void refuse() { take(endpoint_input::refuse); }
    bool proposed() const { return phase_ == endpoint_phase::proposing; }
    // Everything goes; this end is over. The last message stays until this end is destroyed.
    handover hand_over() {
        handover result{.role = role_, .unread = in.unread(), .offset = in.offset(), .ended = in.closed(), .out = std::move(out), .time = time};
        if constexpr (L.adjustable) result.lowered = in.lowered();
        in.leave();
        out.end();
        take(endpoint_input::hand_over);
        return result;
    }

    // Once it is over, or has failed, nothing is due.
    std::optional<instant> next_deadline() const {
        bool const over = in.error() || (phase_ != endpoint_phase::open && phase_ != endpoint_phase::proposing);
        return over ? std::nullopt : time.next();
    }

    // To be asked before each read.
    endpoint_standing stands() {
        if (time.passed()) in.poison(errc::timed_out);
        if (in.error()) take(endpoint_input::fail);
        switch (phase_) {
            case endpoint_phase::aborted: return endpoint_standing::aborted;
            case endpoint_phase::closed: return endpoint_standing::closed;
            case endpoint_phase::failed: return endpoint_standing::failed;
            case endpoint_phase::proposing: return endpoint_standing::paused;
            case endpoint_phase::open: break;
        }
        return !credit.left() || out.congested() ? endpoint_standing::paused : endpoint_standing::open;
    }
    // The event for an end that is not open.
    template <class Event>
    Event tell(endpoint_standing s) const {
        switch (s) {
            case endpoint_standing::paused: return event::paused{};
            case endpoint_standing::closed: return event::closed{};
            case endpoint_standing::aborted: return event::aborted{};
            default: return event::failed(in.error());
        }
    }

private:
    void take(endpoint_input t) { phase_ = endpoint_states.next(phase_, t).value_or(phase_); }

    segue::role role_;
    endpoint_phase phase_ = endpoint_phase::open;
};

}  // namespace segue
