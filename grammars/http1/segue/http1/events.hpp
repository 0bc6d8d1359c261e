// What the two ends of an HTTP/1.1 connection tell, and the simple case: a whole message at once.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "segue/http1/fields.hpp"
#include "segue/http1/messages.hpp"
#include "segue/protocol/credit.hpp"

namespace segue::http1 {

namespace event {

// A head is complete; it stays readable until the end of its message.
//   e->target    e[field::content_type]
template <class Message>
class head {
public:
    head(Message const& m, field_index& fields) : message_(&m), fields_(&fields) {}

    Message const& operator*() const { return *message_; }
    Message const* operator->() const { return message_; }
    // The first field of that name, without a search: which names are there is looked at once.
    std::optional<std::string_view> operator[](field f) {
        if (!indexed_) fields_->build(message_->headers);
        indexed_ = true;
        std::size_t const at = fields_->first(f);
        return at != field_index::npos ? std::optional<std::string_view>(message_->headers[at].value) : std::nullopt;
    }

private:
    Message const* message_;
    field_index* fields_;
    bool indexed_ = false;
};
// A piece of the body, and the credit that it holds.
struct data {
    data(std::string_view b, lease l) : bytes(b), held(std::move(l)) {}
    std::string_view bytes;
    lease held;
};
template <class Headers>
struct basic_end {
    explicit basic_end(Headers const& t) : trailers(&t) {}
    Headers const* trailers;
};
using end = basic_end<headers>;

}  // namespace event

// An application of a pump that gets each request whole: `answer(server, head, body)` is called at its end. A body of more
// than Max bytes is answered with 413.
//   collect<64 * 1024>([](server& s, request const& r, std::string_view body) { ... s.respond(...) ... })
template <std::size_t Max, class Answer>
class collector {
public:
    explicit collector(Answer a) : answer_(std::move(a)) {}

    template <class Server, class Message>
    void operator()(Server&, event::head<Message> const&) {
        body_.clear();
        too_long_ = false;
    }
    template <class Server>
    void operator()(Server& s, event::data const& piece) {
        if (too_long_) return;
        too_long_ = piece.bytes.size() > Max - body_.size();
        if (!too_long_) body_ += piece.bytes;
        else if (!s.respond(413, {}, "")) s.abort();
    }
    template <class Server, class Headers>
    void operator()(Server& s, event::basic_end<Headers> const&) {
        if (!too_long_) answer_(s, s.present(), std::string_view(body_));
    }

private:
    Answer answer_;
    std::string body_;
    bool too_long_ = false;
};
template <std::size_t Max, class Answer>
collector<Max, Answer> collect(Answer answer) {
    return collector<Max, Answer>(std::move(answer));
}

}  // namespace segue::http1
