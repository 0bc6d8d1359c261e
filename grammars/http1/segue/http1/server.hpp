// The server's end of an HTTP/1.1 connection: requests come as events, responses are sent in order, one at a time.
//
// A request is read only when the one before it has been answered: pipelined ones wait, unread. An error is answered with
// its status, and the connection closes.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/driver/hot_sets.hpp"
#include "segue/http1/body_writer.hpp"
#include "segue/http1/date.hpp"
#include "segue/http1/events.hpp"
#include "segue/http1/exchange.hpp"
#include "segue/http1/status.hpp"
#include "segue/http1/wire.hpp"
#include "segue/protocol/endpoint_protocol.hpp"
#include "segue/protocol/protocol.hpp"

namespace segue::http1 {

struct server_settings {
    flow limits{};
    // Bytes of a body: a longer one is answered with 413, before it is read where Content-Length says so. nginx takes 1 MiB
    // unless told otherwise, Apache 1 GiB.
    std::uint64_t most_body = default_body;
    // Deadlines, none unless given. They end the connection: a request under way is answered with 408.
    std::optional<std::chrono::milliseconds> idle_within{};  // from when a request can come to its first byte; no answer
    std::optional<std::chrono::milliseconds> head_within{};  // from its first byte, or without idle_within from when it can come, to its complete head
    std::optional<std::chrono::milliseconds> body_within{};  // from when we wait for more of a body to its next piece
    bool answers_errors = true;                              // with a status and no body
    // RFC 9110 section 6.6.1: an origin server with a clock MUST generate Date in responses of 2xx, 3xx and 4xx. Asked once
    // for each response; without one, and where the head has a Date, none is added.
    //   .wall_clock = [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }
    std::chrono::sys_seconds (*wall_clock)() = nullptr;
};

// Reads requests by these leniencies; what it writes is strict.
//
// Where a request asks for another protocol (Upgrade, CONNECT), `proposed` is true at its end, and nothing is read until it
// is answered. After `send` of 101, or 2xx for CONNECT, and `send_end`, `hand_over` gives the connection away behind it.
template <leniency L, limits Limits = limits{}>
class basic_server : public endpoint_protocol<Limits> {
public:
    using request_type = basic_request<streamed_bytes, header_of<L>>;
    using request_event = event::head<request_type>;
    using end_event = event::basic_end<std::vector<header_of<L>>>;
    using event_type = event_of<request_event, event::data, end_event>;

    explicit basic_server(server_settings s = {}) : base(segue::role::server, s.limits), settings_(s) {}

    // Bytes of heap: what every endpoint has, and the fields of a head and of trailers.
    static constexpr std::size_t most_memory(server_settings const& s = {}) { return endpoint<Limits>::most_memory(s.limits) + most_memory_of_fields<L>; }

    void receive(std::string_view arrived) { end_.in.feed(arrived, message_); }
    void keep() { end_.in.keep(message_); }

    event_type next_event() {
        if (ending_) {
            ending_ = false;
            end_request();
            return end_event(message_.trailers);
        }
        if (request_ == stage::complete && response_ == stage::complete) next_exchange();
        for (;;) {
            if (waits_for_ == awaited::first_byte && (!end_.in.ahead().empty() || end_.in.closed())) stop_waiting();
            else if (waits_for_ == awaited::first_byte && end_.time.passed()) end_.close();
            endpoint_standing s = end_.stands();
            if (s == endpoint_standing::open && request_ == stage::complete) s = endpoint_standing::paused;
            if (s == endpoint_standing::failed) answer_error();
            if (s != endpoint_standing::open) return end_.template tell<event_type>(s);
            class_bitmap<hot_sets<grammar>> bitmap;
            switch (end_.in.read(grammar, state_, message_, bitmap)) {
                case kind::part:
                    if (request_ == stage::idle) {
                        if (message_.body.size != streamed_bytes::unknown && message_.body.size > settings_.most_body) return refuse_body(message_.body.size);
                        return begin_request();
                    }
                    stop_waiting();
                    body_size_ += end_.in.piece().size();
                    if (body_size_ > settings_.most_body) return refuse_body(body_size_);
                    return event::data(end_.in.piece(), end_.credit.lend(end_.in.piece().size()));
                case kind::message:
                    if (request_ == stage::idle) {
                        ending_ = true;
                        return begin_request();
                    }
                    end_request();
                    return end_event(message_.trailers);
                case kind::need: return wait_for_more();
                case kind::end: return segue::event::ended{};
                default: answer_error(); return segue::event::failed(end_.in.error());
            }
        }
    }

    // The head of a response, or of an interim one (1xx). Refused with contradiction where none is owed, and as encoding
    // refuses what could not be read back. A body follows by `send_data` and `send_end`.
    encoded send(response const& head) {
        if (!wants_date(head)) return send_head(head);
        response dated = head;
        return send_dated(dated);
    }
    encoded send_data(std::string_view piece) {
        if (response_ != stage::body) return refuse("a response under way");
        return body_.data(end_.out, piece);
    }
    encoded send_end(headers const& trailers = {}) {
        if (response_ != stage::body) return refuse("a response under way");
        encoded const e = body_.end(end_.out, trailers);
        if (!e) return e;
        take(response_, response_states, happening::end);
        // an answer before the whole question: what is left of it would have to be read for nothing
        if (answered_error_) end_.out.end();
        else if (!switches_ && !goes_on()) end_.close();
        return e;
    }
    // A whole response, with its length, and with what becomes of the connection where that is not said: RFC 9112 section 9.6,
    // "The server SHOULD send a "close" connection option in its final response on that connection".
    encoded respond(std::uint16_t status, headers fields, std::string_view body) {
        std::string const length = std::to_string(body.size());
        if (status / 100 != 1 && status != 204 && status != 304) fields.push_back({"Content-Length", length});
        if (status / 100 != 1 && (old_ || !goes_on()) && !find(fields, "connection")) fields.push_back({"Connection", goes_on() ? "keep-alive" : "close"});
        response head{"1.1", status, reason_of(status), std::move(fields), {}, {}};
        encoded const sent = wants_date(head) ? send_dated(head) : send_head(head);
        if (!sent) return sent;
        if (answers_ != answer_to::head)
            if (encoded const e = send_data(body); !e) return e;
        return send_end();
    }

    // The request under way; until its end.
    request_type const& present() const { return message_; }
    stage request_stage() const { return request_; }
    stage response_stage() const { return response_; }

private:
    using base = endpoint_protocol<Limits>;
    using base::end_;
    enum class awaited : std::uint8_t { none, first_byte, head, body };

    static constexpr auto grammar = request_of<streamed_bytes, default_body, L>();

    template <class Table>
    static void take(stage& at, Table const& states, happening on) {
        at = states.next(at, on).value_or(at);
    }
    event_type begin_request() {
        take(request_, request_states, happening::head);
        take(response_, response_states, happening::asked);
        stop_waiting();
        body_size_ = 0;
        old_ = is_1_0(message_.version);
        answers_ = message_.method == "HEAD" ? answer_to::head : message_.method == "CONNECT" ? answer_to::connect : answer_to::ordinary;
        persists_ = persists(message_);
        if constexpr (L.length_beside_coding) persists_ = persists_ && !framing_of<L>(message_).closes;
        expects_ = !ending_ && !old_ && has_element(message_.headers, "expect", "100-continue");
        asks_to_switch_ = answers_ == answer_to::connect || asks_for_upgrade(message_);
        return request_event(message_, fields_);
    }
    void end_request() {
        take(request_, request_states, happening::end);
        stop_waiting();
        if (asks_to_switch_ && response_ == stage::owed) end_.propose();
    }
    void next_exchange() {
        take(request_, request_states, happening::next);
        take(response_, response_states, happening::next);
    }
    event_type wait_for_more() {
        if (request_ == stage::idle) {
            if (settings_.idle_within && !end_.in.begun()) wait_for(awaited::first_byte, settings_.idle_within);
            else wait_for(awaited::head, settings_.head_within);
        } else {
            wait_for(awaited::body, settings_.body_within);
            // RFC 9110 section 10.1.1: the body is wanted, and the client waits to be told so
            if (std::exchange(expects_, false) && response_ == stage::owed) (void)end_.out.write("HTTP/1.1 100 Continue\r\n\r\n", outbox::urgency::control);
        }
        return segue::event::need{end_.in.minimum()};
    }
    // What already waits goes on waiting: only what was waited for starts the time again.
    void wait_for(awaited what, std::optional<std::chrono::milliseconds> within) {
        if (std::exchange(waits_for_, what) != what && within) end_.time.set(end_.time.now() + *within);
    }
    void stop_waiting() {
        waits_for_ = awaited::none;
        end_.time.clear();
    }
    event_type refuse_body(std::uint64_t size) {
        end_.in.poison(errc::too_long, {"body", 0}, settings_.most_body, size);
        answer_error();
        return end_.template tell<event_type>(end_.stands());
    }
    // Once, and only where no response has begun.
    void answer_error() {
        if (std::exchange(answered_error_, true) || !settings_.answers_errors) return;
        if (response_ == stage::idle) take(response_, response_states, happening::asked);
        if (response_ != stage::owed) return;
        persists_ = false;
        answers_ = answer_to::ordinary;
        if (!respond(status_of(end_.in.error()), {}, "")) end_.out.end();
    }
    bool wants_date(response const& head) const { return settings_.wall_clock && head.status / 100 != 1 && !find(head.headers, "date"); }
    encoded send_dated(response& head) {
        std::string const date = imf_fixdate(settings_.wall_clock());
        if (!date.empty()) head.headers.push_back({"Date", date});
        return send_head(head);
    }
    encoded send_head(response const& head) {
        if (response_ != stage::owed) return refuse("a request that has not been answered");
        bool const switches = head.status == 101 || (answers_ == answer_to::connect && head.status / 100 == 2);
        if (head.status / 100 == 1 && head.status != 101) return end_.out.write(response_of<streamed_bytes>(), head);
        if (switches && !end_.proposed()) return refuse("a request that asks for another protocol");
        framing const f = framing_of(head, answers_);
        if (f.how == framing::form::chunked && old_) return refuse("no chunks for a client of HTTP/1.0");
        encoded const e = end_.out.write(response_of<streamed_bytes>(answers_), head);
        if (!e) return e;
        take(response_, response_states, happening::head);
        body_ = body_writer(f);
        if (end_.proposed() && !switches) end_.refuse();
        switches_ = switches;
        // RFC 9112 section 9.3: a client of HTTP/1.0 that is not told "keep-alive" waits for the end of the connection
        bool const told = !old_ || has_element(head.headers, "connection", "keep-alive");
        persists_ = persists_ && persists(head) && told && !body_.until_close();
        return e;
    }
    // Whether the connection outlives a response that is complete now: not with a part of the request unread.
    bool goes_on() const { return persists_ && (request_ == stage::complete || ending_); }
    static encoded refuse(std::string_view expected) { return refuse_to_send(errc::contradiction, expected); }

    server_settings settings_;
    state_of<std::remove_const_t<decltype(grammar)>> state_{};
    request_type message_{};
    field_index fields_;
    stage request_ = stage::idle, response_ = stage::idle;
    body_writer body_;
    std::uint64_t body_size_ = 0;  // of the request, so far
    awaited waits_for_ = awaited::none;
    answer_to answers_ = answer_to::ordinary;
    bool ending_ = false;          // a request without a body was told, its end was not
    bool old_ = false;             // HTTP/1.0
    bool persists_ = true;
    bool expects_ = false;         // to be told to go on
    bool asks_to_switch_ = false, switches_ = false;
    bool answered_error_ = false;
};
using server = basic_server<strict>;

}  // namespace segue::http1
