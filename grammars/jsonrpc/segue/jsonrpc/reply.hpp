// Answers that come later: a method may keep its reply and answer when it can, also after the connection is gone.
//
// All answers to one payload leave together, so that a batch is one array: an exchange gathers them, and is heap only where
// a method answers later.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
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
        std::size_t const behind = text.size() + (batch ? 2 : 0);  // with the brackets
        if (behind > most || answer.size() > most - behind) {
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

struct office;

// A call that was made and not yet answered.
struct open_call {
    open_call(std::string_view of_id, std::shared_ptr<exchange> to, std::weak_ptr<office> at) : id(of_id), within(std::move(to)), of(std::move(at)) {}
    open_call(open_call&&) = delete;
    ~open_call();

    std::string id;  // a JSON text; empty: a notification
    std::shared_ptr<exchange> within;
    std::weak_ptr<office> of;
    std::optional<std::multimap<std::string_view, std::weak_ptr<open_call>>::iterator> place{};  // there, until it is cancelled
    std::function<void()> on_cancel{};
    bool cancelled = false, counted = false;

    void answer(std::string&& text);
};

// What outlives a server: who answers later finds here whether anybody still waits.
struct office {
    std::multimap<std::string_view, std::weak_ptr<open_call>> open;  // by their ids
    std::deque<std::string> done;                                    // whole payloads
    std::size_t owed = 0;                                            // exchanges under way ...
    std::size_t calls = 0;                                           // ... and calls, cancelled ones too

    void add(std::shared_ptr<open_call> const& one) {
        one->place = open.emplace(one->id, one);
        one->counted = true;
        ++calls;
    }
    void cancel(std::string_view id) {
        auto const [first, last] = open.equal_range(id);
        cancel(first, last);
    }
    void cancel_all() { cancel(open.begin(), open.end()); }

private:
    // Who is told may answer, drop its reply, or cancel others.
    void cancel(decltype(open)::iterator first, decltype(open)::iterator last) {
        std::vector<std::shared_ptr<open_call>> told;
        for (auto at = first; at != last; ++at) told.push_back(at->second.lock());
        for (auto const& one : told) one->place.reset();
        open.erase(first, last);
        for (auto const& one : told) {
            one->cancelled = true;
            try {
                if (one->on_cancel) std::exchange(one->on_cancel, nullptr)();
            } catch (...) {
                // as for a method: the other calls of the connection go on
            }
        }
    }
};

inline open_call::~open_call() {
    std::shared_ptr<office> const at = of.lock();
    if (at && place) at->open.erase(*place);
    if (at && counted) --at->calls;
}
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

// Where the answers to the present payload come together, and the replies to its calls come from.
class reply_source {
public:
    reply_source(std::shared_ptr<office>& at, std::size_t most) : at_(&at) { here_.most = most; }

    // To which those of now are added.
    exchange& answers() { return later_ ? *later_ : here_; }
    std::shared_ptr<open_call> open(std::string_view id) {
        if (!*at_) *at_ = std::make_shared<office>();
        if (!later_) {
            later_ = std::make_shared<exchange>(std::move(here_));
            later_->missing = 1;  // the payload itself, until all of it was called
            ++(*at_)->owed;
        }
        auto one = std::make_shared<open_call>(id, later_, *at_);
        (*at_)->add(one);
        ++later_->missing;
        return one;
    }
    // All of it was called: the whole answer, empty where there is none, or none yet.
    std::string take() {
        if (!later_) return here_.take();
        if (--later_->missing != 0) return {};
        --(*at_)->owed;
        return later_->take();
    }

private:
    std::shared_ptr<office>* at_;
    exchange here_;
    std::shared_ptr<exchange> later_;
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
    // `f` is called when the caller cancels or the connection breaks, at most once; what it throws is nobody's.
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
