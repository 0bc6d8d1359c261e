// One protocol on another: what the lower one tells becomes payloads of the upper one, and is itself a protocol.
//
//   stack{jsonrpc::server{methods}, jsonrpc::over_http{.path = "/rpc"}, http1::server{}}
//
// Nothing is read from below while the one above still has something to tell or cannot take more, and nothing is carried
// down while what was sent is not taken: a slow end stops the other one through all layers.
#pragma once

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "segue/protocol/protocol.hpp"
#include "segue/stack/binding.hpp"
#include "segue/stack/payload_protocol.hpp"

namespace segue {

template <payload_protocol Above, class Binding, protocol Below>
    requires binding_for<Binding, Below>
class stack {
public:
    using event_type = typename Above::event_type;

    stack(Above above, Binding binding, Below below) : above_(std::move(above)), binding_(begin_traffic(std::move(binding))), below_(std::move(below)) {}

    // Bytes of heap that segue's own buffers can come to in all layers, with their settings as they are by default.
    static constexpr std::size_t most_memory() { return most_memory_of<Above>() + most_memory_of<traffic_of<Binding>>() + most_memory_of<Below>(); }

    void receive(std::string_view arrived) { below_.receive(arrived); }
    void receive_eof() { below_.receive_eof(); }
    void receive_abort() { below_.receive_abort(); }
    void keep() { below_.keep(); }
    outbox& outgoing() { return below_.outgoing(); }
    std::optional<instant> next_deadline() const { return earliest(above_.next_deadline(), below_.next_deadline()); }
    void advance(instant now) {
        below_.advance(now);
        above_.advance(now);
    }

    event_type next_event() {
        for (;;) {
            carry_down();
            event_type own = above_.next_event();
            if (is<event::closed>(own) || (is<event::need>(own) && finishes())) below_.close();
            else if (!is<event::need>(own)) return own;
            else if (finishing_ && !busy()) return event::paused{};  // what is owed is answered, and nothing new is read
            auto e = below_.next_event();
            if (is<event::ended>(e)) {
                if (tells_end()) continue;
                if (has_to_say()) return event::paused{};
            }
            if (is<event::closed>(e) || is<event::aborted>(e) || is<event::failed>(e)) {
                if (auto* const why = std::get_if<event::failed>(&e); why && !told_abort_) take(*why);
                if (tells_abort()) continue;
            }
            if (auto common = common_event<event_type>(e)) return *std::move(common);
            std::visit([this](auto& one) { this->take(one); }, e);
        }
    }

    Above& above() { return above_; }
    Below& below() { return below_; }

    // Nothing more is read; what is pending is still sent.
    void close() { below_.close(); }
    void abort() { below_.abort(); }
    // As close, once what is under way has been answered.
    void finish() { finishing_ = true; }

private:
    template <class E>
    static constexpr bool takes = requires(traffic_of<Binding>& b, Below& below, E& e) {
        { b.take(below, e) } -> std::same_as<taken>;
    };
    void carry_down() {
        // asked again each time: what is carried makes room for more
        while (!above_.outgoing().empty() && !below_.outgoing().congested()) {
            if constexpr (requires { binding_.ready(below_); })
                if (!binding_.ready(below_)) return;
            payload_queue& out = above_.outgoing();
            unanswered_ = false;
            // what cannot be sent would leave the other end waiting for ever
            if (!binding_.give(below_, out.front()) && !below_.outgoing().ending()) below_.abort();
            out.pop();
        }
        if constexpr (requires { binding_.nothing(below_); })
            if (unanswered_ && !has_to_say()) {
                unanswered_ = false;
                (void)binding_.nothing(below_);
            }
    }
    template <class E>
    void take(E& one) {
        if constexpr (takes<E>) {
            taken const payload = binding_.take(below_, one);
            if (!payload) return;
            unanswered_ = true;
            above_.receive(*payload);
        }
    }
    bool has_to_say() { return above_.owes() || !above_.outgoing().empty(); }
    bool finishes() { return finishing_ && !has_to_say() && !busy(); }
    bool busy() {
        if constexpr (requires { binding_.busy(below_); }) return binding_.busy(below_);
        else return false;
    }
    // Each is told above once; the one there may have something to tell about it.
    bool tells_end() {
        if (std::exchange(told_end_, true)) return false;
        above_.receive_eof();
        return true;
    }
    bool tells_abort() {
        if (std::exchange(told_abort_, true)) return false;
        above_.receive_abort();
        return true;
    }

    Above above_;
    [[no_unique_address]] traffic_of<Binding> binding_;
    Below below_;
    bool told_end_ = false, told_abort_ = false, finishing_ = false;
    bool unanswered_ = false;  // what was taken last
};

}  // namespace segue
