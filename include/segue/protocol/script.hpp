// A protocol written as a coroutine:
//
//   script echo([](wire& w) -> task<> {
//       while (co_await w.wait()) w.write(line, co_await w.read(line));
//   });
//
// It has no events of its own: what it has to tell is its result. From outside: `send` bytes, `read` the answer.
#pragma once

#include <coroutine>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "segue/protocol/protocol.hpp"
#include "segue/protocol/task.hpp"
#include "segue/protocol/wire.hpp"

namespace segue {

// `start` is called with the wire and gives a task; it stays as long as the script, so it may hold what the task uses.
template <class Start, limits L = limits{}>
class script {
public:
    using wire_type = basic_wire<L>;
    using task_type = std::invoke_result_t<Start&, wire_type&>;
    static_assert(requires { typename task_type::promise_type; }, "segue: a script is a function that takes a wire and gives a task");
    using result_type = typename task_type::value_type;
    using event_type = event_of<>;

    explicit script(Start start, segue::role r = segue::role::server, flow f = {})
        : start_(std::move(start)), wire_(r, f), task_(start_(wire_)) {}
    script(handover&& from, Start start, flow f = {}) : start_(std::move(start)), wire_(std::move(from), f), task_(start_(wire_)) {}
    script(script&&) = delete;  // the coroutine refers to the wire

    void receive(std::string_view arrived) { wire_.receive(arrived); }
    void receive_eof() { wire_.end_point().in.close(); }
    void receive_abort() { wire_.end_point().abort(); }
    void keep() { wire_.keep(); }
    outbox& outgoing() { return wire_.end_point().out; }
    std::optional<instant> next_deadline() const { return over_ ? std::nullopt : wire_.next_deadline(); }
    void advance(instant now) { wire_.end_point().time.advance(now); }

    // Runs the script as far as it goes. An exception that leaves the script leaves here, once.
    event_type next_event() {
        if (over_) return *over_;
        if (wire_.end_point().stands() == endpoint_standing::aborted) return finish(event::aborted{});
        if (!running_) task_.begin(running_);
        for (;;) {
            if (auto const e = wire_.blocked()) return is_last(*e) ? finish(*e) : *e;
            running_.resume();
            if (!task_.done()) continue;
            if (auto const e = wire_.blocked()) return finish(*e);  // its last write was refused
            return finish(event::closed{});
        }
    }

    bool has_result() const { return over_ && task_ && task_.done() && task_.promise().has_value(); }
    decltype(auto) result() { return task_.promise().value(); }
    segue::error const& error() const { return wire_.error(); }

    // Gives the connection to another protocol, at the byte to which the script has read, also when it has returned.
    handover hand_over() {
        handover h = wire_.end_point().hand_over();
        if (ended_by_returning_) h.out.take_back_end();
        if (!over_) finish(event::closed{});
        return h;
    }

    // For memory and tests: bytes in, as far as they go; the answer out, or its first n bytes.
    event_type send(std::string_view arrived) {
        receive(arrived);
        event_type e = next_event();
        keep();
        return e;
    }
    std::string read(std::size_t n = unbounded) {
        if (!over_) next_event();
        std::string answer = outgoing().take(n);
        if (!over_) next_event();  // it may have waited for that
        return answer;
    }

private:
    event_type finish(event_type e) {
        over_ = e;
        wire_.forget();
        if (is<event::closed>(e) && !outgoing().ending()) {
            outgoing().end();
            ended_by_returning_ = true;
        }
        if (task_ && task_.done()) task_.promise().rethrow();
        else task_ = {};
        return e;
    }

    [[no_unique_address]] Start start_;
    wire_type wire_;
    std::coroutine_handle<> running_;
    task_type task_;
    std::optional<event_type> over_;
    bool ended_by_returning_ = false;  // the output
};

}  // namespace segue
