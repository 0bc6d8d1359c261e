// JSON-RPC in the bodies of HTTP requests and responses: POST to one path, one payload a request.
//
//   stack{jsonrpc::server{methods}, jsonrpc::over_http{.path = "/rpc"}, http1::server{}}
//
// Errors of HTTP are answered by HTTP: 404 for another path, 405, 415, 413. Whatever is wrong with the payload is said
// inside a 200; a payload of notifications only is answered with 204.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "segue/http1/protocol.hpp"
#include "segue/jsonrpc/chunks.hpp"

namespace segue::jsonrpc {

struct over_http {
    std::string path = "/rpc";
    std::string host = "localhost";  // a client asks with it
    std::size_t most = most_payload;
    std::size_t most_unanswered = 16;  // requests of a client under way

    // What the head of a request deserves, 200 where its body is a payload ...
    std::uint16_t status_of(http1::request const& head) const {
        if (path_of(head.target) != path) return 404;
        if (head.method != "POST") return 405;
        if (!tells_json(head.headers) || http1::find(head.headers, "content-encoding")) return 415;
        return head.body.size != streamed_bytes::unknown && head.body.size > most ? 413 : 200;
    }
    // ... and the fields of a message with that status.
    static http1::headers fields_of(std::uint16_t status) {
        if (status == 200) return {{"Content-Type", "application/json"}};
        if (status == 405) return {{"Allow", "POST"}};
        return {};
    }

    //   application/json ; charset=utf-8     also under the two names that it had before
    static bool tells_json(http1::headers const& fields) {
        std::optional<std::string_view> const type = http1::find(fields, "content-type");
        std::string_view const name = type ? http1::without_space(type->substr(0, type->find(';'))) : std::string_view();
        for (std::string_view known : {"application/json", "application/json-rpc", "application/jsonrequest"})
            if (http1::equal_ignoring_case(name, known)) return true;
        return false;
    }
    //   /rpc?x, http://host/rpc   ->   /rpc
    static std::string_view path_of(std::string_view target) {
        target = target.substr(0, target.find('?'));
        if (std::size_t const scheme = target.find("://"); scheme != target.npos && target.front() != '/') {
            std::size_t const path = target.find('/', scheme + 3);
            target = path != target.npos ? target.substr(path) : "/";
        }
        return target;
    }

    class traffic;
    traffic begin() const;
};

// What a connection is in the middle of.
class over_http::traffic {
public:
    explicit traffic(over_http how) : how_(std::move(how)) {}

    static constexpr std::size_t most_memory(std::size_t most = most_payload) { return 3 * most; }

    // A server's requests. One that is refused is read to its end, as long as it is no larger than a payload, so that the
    // connection can go on; but RFC 9110 section 10.1.1 wants "an immediate response with a final status code" for who asks
    // with "100-continue" whether to send it.
    taken take(http1::server& s, http1::server::request_event& head) {
        begin_body(how_.status_of(*head));
        bool const asks = head->version != "1.0" && http1::has_element(head->headers, "expect", "100-continue");
        if (status_ == 413 || (status_ != 200 && asks)) refuse(s);
        return {};
    }
    taken take(http1::server& s, http1::event::data& piece) {
        if (!collect(piece.bytes) && !answered_) {
            if (status_ == 200) status_ = 413;
            refuse(s);
        }
        return {};
    }
    taken take(http1::server& s, http1::event::end&) {
        if (answered_) return {};
        if (status_ == 200) return body_;
        refuse(s);
        return {};
    }
    encoded give(http1::server& s, std::string_view payload) { return answer(s, 200, payload); }
    encoded nothing(http1::server& s) { return answer(s, 204, {}); }
    bool ready(http1::server& s) const { return s.response_stage() == http1::stage::owed && s.request_stage() == http1::stage::complete; }
    bool busy(http1::server& s) const {
        return s.request_stage() != s.response_stage() || (s.request_stage() != http1::stage::idle && s.request_stage() != http1::stage::complete);
    }

    // A client's responses: a payload where they say so, whatever their status; notifications are answered with 204 by some,
    // with an empty 200 or 202 by others.
    taken take(http1::client&, http1::client::response_event& head) {
        if (head->status / 100 == 1) return {};
        begin_body(tells_json(head->headers) ? 200 : 415);
        succeeded_ = head->status / 100 == 2;
        return {};
    }
    taken take(http1::client& c, http1::event::data& piece) {
        if (!collect(piece.bytes)) c.abort();
        return {};
    }
    taken take(http1::client& c, http1::event::end&) {
        if (succeeded_ && size_ == 0) return {};
        if (status_ == 200) return body_;
        c.abort();  // no answer will come to what was asked
        return {};
    }
    encoded give(http1::client& c, std::string_view payload) {
        http1::headers fields = fields_of(200);
        fields.push_back({"Host", how_.host});
        return c.ask("POST", how_.path, std::move(fields), payload);
    }
    bool ready(http1::client& c) const { return c.unanswered() < how_.most_unanswered; }

private:
    static constexpr std::size_t worth_keeping = 4096;

    void begin_body(std::uint16_t status) {
        status_ = status;
        answered_ = false;
        size_ = 0;
        body_.clear();
    }
    // False beyond the limit.
    bool collect(std::string_view piece) {
        if (piece.size() > how_.most - size_) return false;
        size_ += piece.size();
        if (status_ == 200) body_ += piece;
        return true;
    }
    encoded answer(http1::server& s, std::uint16_t status, std::string_view payload) {
        answered_ = true;
        if (body_.capacity() > worth_keeping) std::string().swap(body_);
        return s.respond(status, fields_of(status), payload);
    }
    void refuse(http1::server& s) {
        if (!answer(s, status_, {})) s.abort();
    }

    over_http how_;
    std::string body_;
    std::size_t size_ = 0;  // of the body so far, collected or not
    std::uint16_t status_ = 200;
    bool answered_ = false, succeeded_ = false;
};

inline over_http::traffic over_http::begin() const { return traffic(*this); }

}  // namespace segue::jsonrpc
