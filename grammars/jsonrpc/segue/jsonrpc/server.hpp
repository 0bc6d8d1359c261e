// The server's end of JSON-RPC 2.0: payloads are requests or batches, each is answered by one payload, or by none where it
// held only notifications.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "segue/jsonrpc/methods.hpp"
#include "segue/stack/payload_protocol.hpp"

namespace segue::jsonrpc {

struct server_settings {
    json::settings text{.size = 64 * 1024};  // of a payload
    std::size_t most_calls = 1000;           // in one batch; as many whose answers come later, and nothing is read
    std::size_t most_answer = 64 * 1024;     // bytes; a longer answer is replaced by an error, also in a batch
    std::size_t most_owed = 100;             // payloads whose answers come later; then nothing is read
    // A notification of this name with the member "id" cancels a call whose answer comes later.
    std::string_view cancelled_by = "$/cancelRequest";
};

template <class Methods>
class server {
public:
    using event_type = event_of<>;

    explicit server(Methods m, server_settings s = {})
        : methods_(std::move(m)), settings_(s), text_(s.text), out_(2 * longest_answer(s)) {}

    // Bytes of heap, answers that come later and values of the application apart: a text as nodes, and its answers while
    // they are written and while they wait.
    static constexpr std::size_t most_memory(server_settings const& s = {}) {
        return json::document::most_memory(s.text) + 2 * longest_answer(s) + 3 * longest_answer(s);
    }

    void receive(std::string_view payload) {
        struct idle_again {
            server& self;
            std::size_t size;
            ~idle_again() {
                if (size > worth_keeping) self.text_.release();
                if (self.answer_.capacity() > worth_keeping) std::string().swap(self.answer_);
            }
        } const scope{*this, payload.size()};
        reply_source replies(office_, settings_.most_answer);
        read(payload, replies);
        if (std::string all = replies.take(); !all.empty()) (void)out_.push(std::move(all));
    }
    void receive_eof() {}
    void receive_abort() {
        if (auto const gone = std::exchange(office_, nullptr)) gone->cancel_all();
    }
    event_type next_event() {
        bool const much_owed = office_ && (office_->owed >= settings_.most_owed || office_->calls >= settings_.most_calls);
        if (much_owed || out_.bytes() >= settings_.most_answer) return event::paused{};
        return event::need{};
    }
    payload_queue& outgoing() {
        for (; office_ && !office_->done.empty() && out_.bytes() < settings_.most_answer; office_->done.pop_front())
            (void)out_.push(std::move(office_->done.front()));
        return out_;
    }
    bool owes() const { return office_ && (office_->owed != 0 || !office_->done.empty()); }
    std::optional<instant> next_deadline() const { return std::nullopt; }
    void advance(instant) {}

private:
    static constexpr std::size_t worth_keeping = 4096;  // bytes of a text whose nodes stay for the next one

    // With errors in place of answers that are too large.
    static constexpr std::size_t longest_answer(server_settings const& s) { return s.most_answer + s.text.size + s.most_calls * 128; }

    void read(std::string_view payload, reply_source& replies) {
        if (json::problem const p = text_.parse(payload))
            return refuse(replies, p.code == errc::too_long ? code::invalid_request : code::parse_error);
        json::ref const root = text_.root();
        if (!root.is(json::kind::array)) return answer_one(root, replies);
        if (root.size() == 0 || root.size() > settings_.most_calls) return refuse(replies, code::invalid_request);
        replies.answers().batch = true;
        for (json::ref const one : root.elements()) answer_one(one, replies);
    }
    void answer_one(json::ref text, reply_source& replies) {
        request r;
        std::string& answer = answer_;
        answer.clear();
        if (!read_request(text, r)) {
            write_error(answer, failure(code::invalid_request), r.id);
        } else if (r.id.empty() && r.method == settings_.cancelled_by) {
            if (office_ && r.params && r.params.is(json::kind::object))
                if (json::ref const id = r.params.member("id")) office_->cancel(id.raw());
        } else {
            methods_.call(r, answer, replies);
        }
        replies.answers().add(answer, r.id);
    }
    static void refuse(reply_source& replies, std::int64_t why) { write_error(replies.answers().text, failure(why), "null"); }

    [[no_unique_address]] Methods methods_;
    server_settings settings_;
    json::document text_;
    std::string answer_;  // to the present call
    payload_queue out_;
    std::shared_ptr<office> office_;
};

}  // namespace segue::jsonrpc
