// The client's end of JSON-RPC 2.0: calls go out as payloads, and each comes back as one event, whether it was answered, ran
// out of time, was cancelled, or the connection was lost.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/jsonrpc/methods.hpp"
#include "segue/stack/payload_protocol.hpp"

namespace segue::jsonrpc {

struct client_settings {
    json::settings text{.size = 256 * 1024};   // of a payload
    std::size_t most_unanswered = 10'000;      // calls
    std::size_t most_waiting = 4 * 1024 * 1024;  // bytes of payloads that are not yet carried
    // Told the server as a notification with the member "id" when a call is cancelled or out of time; empty: nothing is told.
    std::string_view cancelled_by{};
};

using call_id = std::int64_t;

// What became of a call; it belongs to the client until the next event is asked for.
struct answer {
    call_id id = 0;
    json::ref result{};                // nowhere where it failed
    std::optional<failure> why{};

    //   e.as(subtract)   an outcome<std::int64_t>; a result of another type is a failure too
    template <class Signature>
    outcome<typename Signature::result> as(Signature const&) const {
        if (why) return *why;
        if constexpr (std::same_as<typename Signature::result, none>) {
            return none{};
        } else {
            typename Signature::result value{};
            json::reading in;
            if (json::read_value(in, result, value)) return value;
            return failure(code::internal_error, "a result of another type at " + in.problem().pointer);
        }
    }
};
// An answer to nothing that was asked, such as the error for a payload that the server could not read.
struct stray {
    json::ref text;
};

class client {
public:
    using event_type = event_of<answer, stray>;

    explicit client(client_settings s = {}) : settings_(s), text_(s.text), out_(s.most_waiting) {}

    // Bytes of heap, the table of calls apart: payloads that wait, and one that arrived.
    static constexpr std::size_t most_memory(client_settings const& s = {}) {
        return 2 * s.most_waiting + 2 * s.text.size + json::document::most_memory(s.text);
    }

    // Calls a method; the answer carries the same id. Nothing is sent, and there is no id, where too much is under way, the
    // parameters have no JSON text, or the connection is lost. `within` counts from the latest instant that `advance` told.
    template <class Signature>
    std::optional<call_id> call(Signature const&, typename Signature::params const& params, std::optional<std::chrono::milliseconds> within = {}) {
        if (lost_ || unanswered_.size() >= settings_.most_unanswered) return {};
        std::string text;
        call_id const id = next_id_;
        if (!write_call(text, Signature::name, params, std::to_string(id)) || !put(std::move(text))) return {};
        ++next_id_;
        auto const due = within ? std::optional(in_time(*within)) : std::nullopt;
        unanswered_.emplace(id, due);
        if (due) due_.emplace(*due, id);
        return id;
    }
    template <class Signature>
    [[nodiscard]] bool notify(Signature const&, typename Signature::params const& params) {
        std::string text;
        return !lost_ && write_call(text, Signature::name, params, {}) && put(std::move(text));
    }
    // From now on calls are gathered; `send_batch` sends them in one payload. False: too much waits before it, and it can be
    // sent later.
    void begin_batch() {
        if (!batch_) batch_.emplace();
    }
    [[nodiscard]] bool send_batch() {
        if (batch_ && !batch_->empty() && !out_.push(*batch_ + ']')) return false;
        batch_.reset();
        return true;
    }
    // The answer is not waited for any more: it is told as cancelled.
    void cancel(call_id id) { give_up(id, code::cancelled); }
    std::size_t unanswered() const { return unanswered_.size(); }

    void receive(std::string_view payload) {
        arrived_.assign(payload);
        rest_ = {};
        if (json::problem const p = text_.parse(arrived_)) {
            note_failure(&error_, p.code, p.offset, 0, 0, "a JSON-RPC response");
            return lose();
        }
        json::ref const root = text_.root();
        rest_ = root;
        left_ = 1;
        if (!root.is(json::kind::array)) return;
        left_ = root.size();
        if (left_ != 0) rest_ = *root.elements().begin();
    }
    void receive_eof() { lose(); }
    void receive_abort() { lose(); }
    event_type next_event() {
        while (left_ != 0) {
            json::ref const one = rest_;
            if (--left_ != 0) rest_ = one.next();
            answer a;
            if (!read_answer(one, a)) return stray{one};
            if (forget(a.id)) return a;
            if (!abandoned_.erase(a.id)) return stray{one};  // else it was given up, and that was told
        }
        if (arrived_.capacity() > worth_keeping) {
            text_.release();
            std::string().swap(arrived_);
        }
        if (!given_up_.empty()) {
            answer const a = std::move(given_up_.back());
            given_up_.pop_back();
            return a;
        }
        if (error_) return event::failed(error_);
        return event::need{};
    }
    payload_queue& outgoing() { return out_; }
    bool owes() const { return false; }
    std::optional<instant> next_deadline() const { return due_.empty() ? std::nullopt : std::optional(due_.begin()->first); }
    void advance(instant now) {
        time_.advance(now);
        while (!due_.empty() && due_.begin()->first <= time_.now()) give_up(due_.begin()->second, code::timed_out);
    }
    segue::error const& error() const { return error_; }

private:
    static constexpr std::size_t worth_keeping = 4096;

    // Not beyond the end of time.
    instant in_time(std::chrono::milliseconds d) const {
        using std::chrono::milliseconds;
        bool const far = d >= std::chrono::duration_cast<milliseconds>(instant::max() - time_.now());
        return far ? instant::max() : time_.now() + std::max(d, milliseconds(0));
    }
    bool put(std::string&& text) {
        if (!batch_) return out_.push(std::move(text));
        if (batch_->size() + text.size() + 2 > out_.most()) return false;  // with what stands before and behind it
        *batch_ += batch_->empty() ? '[' : ',';
        *batch_ += text;
        return true;
    }
    bool forget(call_id id) {
        auto const at = unanswered_.find(id);
        if (at == unanswered_.end()) return false;
        if (at->second) due_.erase({*at->second, id});
        unanswered_.erase(at);
        return true;
    }
    void give_up(call_id id, std::int64_t why) {
        if (!forget(id)) return;
        given_up_.push_back({id, {}, failure(why)});
        if (abandoned_.size() < settings_.most_unanswered) abandoned_.insert(id);
        if (settings_.cancelled_by.empty()) return;
        (void)out_.push("{\"jsonrpc\":\"2.0\",\"method\":\"" + std::string(settings_.cancelled_by) + "\",\"params\":{\"id\":" + std::to_string(id) + "}}");
    }
    void lose() {
        lost_ = true;
        due_.clear();
        for (auto const& [id, due] : std::exchange(unanswered_, {})) given_up_.push_back({id, {}, failure(code::connection_lost)});
    }
    // Specification section 5: a Response object, with an id of ours.
    static bool read_answer(json::ref text, answer& a) {
        if (!text.is(json::kind::object)) return false;
        json::ref const version = text.member("jsonrpc"), id = text.member("id"), error = text.member("error");
        a.result = text.member("result");
        if (!version || !version.is(json::kind::string) || version.string() != "2.0") return false;
        if (!id || !id.is(json::kind::integer) || bool(a.result) == bool(error)) return false;
        a.id = id.integer();
        if (!error) return true;
        json::ref const code = error.member("code"), message = error.member("message"), data = error.member("data");
        if (!code || !code.is(json::kind::integer) || !message || !message.is(json::kind::string)) return false;
        a.why.emplace(code.integer(), std::string(message.string()), data ? std::string(data.raw()) : std::string());
        return true;
    }

    client_settings settings_;
    json::document text_;
    std::string arrived_;
    json::ref rest_{};          // responses of the present payload that were not told
    std::size_t left_ = 0;
    payload_queue out_;
    std::optional<std::string> batch_;
    call_id next_id_ = 1;
    std::map<call_id, std::optional<instant>> unanswered_;
    std::set<std::pair<instant, call_id>> due_;
    std::set<call_id> abandoned_;   // given up, and perhaps still answered
    std::vector<answer> given_up_;  // not yet told
    deadline time_;
    segue::error error_{};
    bool lost_ = false;  // no answer will come any more
};

}  // namespace segue::jsonrpc
