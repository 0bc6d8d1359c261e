// The client's end of an HTTP/1.1 connection: requests are sent one after the other, without waiting for answers where
// one likes, and responses come as events in the order of the requests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/driver/hot_sets.hpp"
#include "segue/http1/server.hpp"

namespace segue::http1 {

struct client_settings {
    flow limits{};
    std::size_t most_unanswered = 100;  // requests
};

// Reads responses by these leniencies; what it writes is strict.
template <leniency L, limits Limits = limits{}>
class basic_client : public endpoint_protocol<Limits> {
public:
    using response_type = basic_response<streamed_bytes, header_of<L>>;
    using response_event = event::head<response_type>;
    using end_event = event::basic_end<std::vector<header_of<L>>>;
    using event_type = event_of<response_event, event::data, end_event>;

    explicit basic_client(client_settings s = {}) : base(segue::role::client, s.limits), settings_(s) {}

    // Bytes of heap: what every endpoint has, the fields of a head and of trailers, and which requests are unanswered.
    static constexpr std::size_t most_memory(client_settings const& s = {}) {
        return endpoint<Limits>::most_memory(s.limits) + most_memory_of_fields<L> + 3 * s.most_unanswered;
    }

    void receive(std::string_view arrived) { end_.in.feed(arrived, message_); }
    void keep() { end_.in.keep(message_); }

    // An interim response (1xx) is a head of its own, without an end.
    event_type next_event() {
        if (ending_) {
            ending_ = false;
            return end_response();
        }
        if (endpoint_standing const s = end_.stands(); s != endpoint_standing::open) return end_.template tell<event_type>(s);
        if (unanswered_.empty()) {
            // nothing was asked: whatever comes now is an answer to nothing
            if (end_.in.ahead().empty()) return end_.in.closed() ? event_type(segue::event::ended{}) : event_type(segue::event::need{1});
            end_.in.poison(errc::contradiction);
            return end_.template tell<event_type>(end_.stands());
        }
        class_bitmap<hot_sets<grammar>> bitmap;
        switch (end_.in.read(response_of<streamed_bytes, default_body, L>(unanswered_.front().to), state_, message_, bitmap)) {
            case kind::part:
                if (response_ == stage::owed) return begin_response();
                return event::data(end_.in.piece(), end_.credit.lend(end_.in.piece().size()));
            case kind::message:
                if (response_ != stage::owed) return end_response();
                if (message_.status / 100 == 1 && message_.status != 101) return response_event(message_, fields_);
                ending_ = true;
                return begin_response();
            case kind::need: return segue::event::need{end_.in.minimum()};
            case kind::end: {
                // the connection ended before the answer
                end_.in.poison(errc::truncated);
                return end_.template tell<event_type>(end_.stands());
            }
            default: return segue::event::failed(end_.in.error());
        }
    }

    // The head of a request; a body follows by `send_data` and `send_end`. Refused with contradiction while another request
    // is being sent, after one that closes the connection, and with too many unanswered ones.
    encoded send(request const& head) {
        if (request_ != stage::idle) return refuse(request_ == stage::closed ? "a connection that goes on" : "the rest of the request before");
        if (unanswered_.size() >= settings_.most_unanswered) return refuse("fewer unanswered requests");
        framing const f = framing_of(head);
        encoded const e = end_.out.write(request_of<streamed_bytes>(), head);
        if (!e) return e;
        request_ = *request_states.next(request_, happening::head);
        body_ = body_writer(f);
        last_ = !persists(head);
        if (unanswered_.empty()) response_ = stage::owed;
        answer_to const to = head.method == "HEAD" ? answer_to::head : head.method == "CONNECT" ? answer_to::connect : answer_to::ordinary;
        unanswered_.push_back({to, asks_for_upgrade(head)});
        return e;
    }
    encoded send_data(std::string_view piece) {
        if (request_ != stage::body) return refuse("a request under way");
        return body_.data(end_.out, piece);
    }
    encoded send_end(headers const& trailers = {}) {
        if (request_ != stage::body) return refuse("a request under way");
        encoded const e = body_.end(end_.out, trailers);
        if (!e) return e;
        request_ = *request_states.next(request_, happening::end);
        request_ = *request_states.next(request_, last_ ? happening::close : happening::next);
        return e;
    }
    // A whole request; a body gets its length.
    encoded ask(std::string_view method, std::string_view target, headers fields, std::string_view body = {}) {
        std::string const length = std::to_string(body.size());
        if (!body.empty()) fields.push_back({"Content-Length", length});
        encoded const head = send(request{method, target, "1.1", std::move(fields), {}, {}});
        if (!head) return head;
        if (encoded const e = send_data(body); !e) return e;
        return send_end();
    }

    // The server has accepted another protocol (101, or 2xx for CONNECT): nothing is read until `hand_over` gives the
    // connection away behind that response.
    bool switched() const { return end_.proposed(); }

    std::size_t unanswered() const { return unanswered_.size(); }

private:
    static constexpr auto grammar = response_of<streamed_bytes, default_body, L>();

    using base = endpoint_protocol<Limits>;
    using base::end_;

    struct question {
        answer_to to;
        bool asks_for_upgrade;
    };
    event_type begin_response() {
        // RFC 9110 section 7.8: "A server MUST NOT switch to a protocol that was not indicated by the client"
        if (message_.status == 101 && !unanswered_.front().asks_for_upgrade) {
            ending_ = false;
            end_.in.poison(errc::contradiction);
            return end_.template tell<event_type>(end_.stands());
        }
        response_ = *response_states.next(response_, happening::head);
        bool const to_connect = unanswered_.front().to == answer_to::connect && message_.status / 100 == 2;
        switches_ = message_.status == 101 || to_connect;
        framing const f = framing_of<L>(message_, unanswered_.front().to);
        persists_ = persists(message_) && f.how != framing::form::until_close && !f.closes;
        return response_event(message_, fields_);
    }
    event_type end_response() {
        response_ = *response_states.next(response_, happening::end);
        unanswered_.erase(unanswered_.begin());
        response_ = *response_states.next(response_, happening::next);
        if (!unanswered_.empty()) response_ = *response_states.next(response_, happening::asked);
        if (switches_) end_.propose();
        else if (!persists_) request_ = stage::closed;  // what else was asked is not answered here
        return end_event(message_.trailers);
    }
    static encoded refuse(std::string_view expected) { return refuse_to_send(errc::contradiction, expected); }

    client_settings settings_;
    state_of<std::remove_const_t<decltype(grammar)>> state_{};
    response_type message_{};
    field_index fields_;
    stage request_ = stage::idle, response_ = stage::idle;
    std::vector<question> unanswered_;
    body_writer body_;
    bool ending_ = false, last_ = false, persists_ = true, switches_ = false;
};
using client = basic_client<strict>;

}  // namespace segue::http1
