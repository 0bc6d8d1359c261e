// Answers that come later: a method may keep its reply and answer when it can, also after the connection is gone.
//
// All answers to one payload leave together, so that a batch is one array: an exchange gathers them, and is heap only where
// a method answers later.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/jsonrpc/messages.hpp"

namespace segue::jsonrpc {

// The answers to one payload.
struct exchange {
    std::string text;  // of those that are there
    std::size_t most = static_cast<std::size_t>(-1);
    std::size_t missing = 0;  // answers that come later
    bool batch = false;

    // One that is too large is replaced by an error: each call of a batch has its answer.
    void add(std::string& answer, std::string_view id) {
        if (answer.empty()) return;
        if (answer.size() > most || text.size() > most - answer.size()) {
            answer.clear();
            write_error(answer, failure(code::too_large), id);
        }
        if (batch) text += text.empty() ? '[' : ',';
        text += answer;
    }
    // The whole payload; empty where nothing is answered.
    std::string take() {
        if (batch && !text.empty()) text += ']';
        return std::exchange(text, {});
    }
};

// A call that was made and not yet answered.
struct open_call {
    std::string id;  // a JSON text; empty: a notification
    std::shared_ptr<exchange> within;
    std::weak_ptr<struct office> of;
    std::function<void()> on_cancel;
    bool cancelled = false;

    void answer(std::string&& text);
};

// What outlives a server: who answers later finds here whether anybody still waits.
struct office {
    std::vector<std::weak_ptr<open_call>> open;
    std::deque<std::string> done;  // whole payloads
    std::size_t owed = 0;           // exchanges under way

    void add(std::shared_ptr<open_call> const& one) {
        if (open.size() >= looked_through_at_) {
            std::erase_if(open, [](auto const& other) { return other.expired(); });
            looked_through_at_ = 2 * open.size() + 16;
        }
        open.push_back(one);
    }
    void cancel(std::string_view id) {
        for (auto const& one : open)
            if (auto const call = one.lock(); call && call->id == id) cancel(*call);
    }
    void cancel(open_call& one) {
        if (std::exchange(one.cancelled, true)) return;
        if (one.on_cancel) std::exchange(one.on_cancel, nullptr)();
    }

private:
    std::size_t looked_through_at_ = 16;
};

inline void open_call::answer(std::string&& text) {
    if (!within) return;
    std::shared_ptr<exchange> const to = std::move(within);
    if (!id.empty()) to->add(text, id);
    if (--to->missing != 0) return;
    if (std::shared_ptr<office> const at = of.lock()) {
        --at->owed;
        if (std::string all = to->take(); !all.empty()) at->done.push_back(std::move(all));
    }
}

// Where the replies of the present payload come from.
class reply_source {
public:
    explicit reply_source(std::shared_ptr<office>& at) : at_(&at) {}

    std::shared_ptr<open_call> open(std::string_view id) {
        if (!*at_) *at_ = std::make_shared<office>();
        if (!within_) {
            within_ = std::make_shared<exchange>();
            within_->missing = 1;  // the payload itself, until all of it was called
            ++(*at_)->owed;
        }
        ++within_->missing;
        auto one = std::make_shared<open_call>(open_call{std::string(id), within_, *at_, nullptr, false});
        (*at_)->add(one);
        return one;
    }
    // Not null where an answer comes later.
    std::shared_ptr<exchange> const& later() const { return within_; }

private:
    std::shared_ptr<office>* at_;
    std::shared_ptr<exchange> within_;
};

// The answer to one call, given when it is known; a reply that is dropped answers with an internal error. After
// answering, the connection must be told to go on (connection::go_on).
template <class Result>
class reply {
public:
    explicit reply(std::shared_ptr<open_call> of) : of_(std::move(of)) {}
    reply(reply&&) noexcept = default;
    reply& operator=(reply&& other) noexcept {
        if (this != &other) {
            drop();
            of_ = std::move(other.of_);
        }
        return *this;
    }
    ~reply() { drop(); }

    void answer(outcome<Result> const& what) {
        if (!of_) return;
        std::string text;
        if (!what) write_error(text, what.why(), of_->id);
        else if (!write_result(text, *what, of_->id)) write_error(text, failure(code::internal_error), of_->id);
        std::exchange(of_, nullptr)->answer(std::move(text));
    }
    // The caller has gone, or wants no answer any more.
    bool cancelled() const { return !of_ || of_->cancelled || of_->of.expired(); }
    // `f` is called when the caller cancels, at most once; not where it simply has gone.
    void on_cancel(std::function<void()> f) {
        if (of_) of_->on_cancel = std::move(f);
    }

private:
    void drop() {
        if (of_ && of_->within) answer(failure(code::internal_error));
    }
    std::shared_ptr<open_call> of_;
};

}  // namespace segue::jsonrpc
