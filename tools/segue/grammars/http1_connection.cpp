// Both directions of an HTTP/1.1 connection, as they arrive: a response is read as the answer to its request, and neither
// direction is HTTP any more once the other protocol was agreed on.
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>

#include "segue/http1/http1.hpp"

#include "../grammar_of.hpp"

namespace segue::command {

namespace {

using http1::answer_to;

// What one direction must know of the other.
struct shared {
    std::deque<answer_to> unanswered{};
    std::size_t answered_early = 0;  // requests that are not complete yet
    bool undecided = false;          // the last request may be the last one of HTTP
    bool switched = false;

    void asked(answer_to to, bool may_switch) {
        if (answered_early != 0) return void(--answered_early);
        // who never sees an answer, as in a capture of one direction, remembers no more than any server would take
        constexpr std::size_t most = 10'000;
        if (unanswered.size() == most) unanswered.pop_front();
        unanswered.push_back(to);
        undecided = may_switch;
    }
    // A response whose request is not known, or not complete, is an ordinary one: those that are not have no body.
    answer_to next_answer() const { return unanswered.empty() ? answer_to::ordinary : unanswered.front(); }
    void answered(std::uint16_t status) {
        switched = status == 101 || (next_answer() == answer_to::connect && status / 100 == 2);
        if (status / 100 == 1 && !switched) return;
        undecided = false;
        if (unanswered.empty()) ++answered_early;
        else unanswered.pop_front();
    }
};

template <auto const& Grammar>
class requests final : public stream_of<Grammar> {
public:
    explicit requests(std::shared_ptr<shared> all) : all_(std::move(all)) {}

    void feed(std::string_view arrived) override {
        if (all_->undecided) waiting_ += arrived.size();
        if (waiting_ > most_waiting) all_->undecided = false;
        this->in_.feed(arrived);
    }
    void close() override {
        all_->undecided = false;
        this->in_.close();
    }
    kind next() override {
        if (all_->undecided || all_->switched) {
            this->in_.keep();
            return kind::need;
        }
        waiting_ = 0;
        kind const what = stream_of<Grammar>::next();
        if (what == kind::message) {
            auto const& r = *this->message_;
            bool const connects = r.method == "CONNECT";
            all_->asked(r.method == "HEAD" ? answer_to::head : connects ? answer_to::connect : answer_to::ordinary,
                        connects || http1::has_element(r.headers, "Connection", "upgrade"));
        }
        return what;
    }
    bool switched() const override { return all_->switched; }

private:
    static constexpr std::size_t most_waiting = std::size_t{1} << 20;  // who sends so much takes no answer for granted

    std::shared_ptr<shared> all_;
    std::size_t waiting_ = 0;
};

template <class Body>
class responses final : public stream {
public:
    explicit responses(std::shared_ptr<shared> all) : all_(std::move(all)) {
        description d(command_limits);
        http1::response_of<Body>().describe(d);
        along_ = guide_for<value_type>(d);
    }
    void feed(std::string_view arrived) override { in_.feed(arrived, message_); }
    void close() override {
        all_->undecided = false;
        in_.close();
    }
    kind next() override {
        if (all_->switched) return kind::need;
        kind const what = in_.read(http1::response_of<Body>(all_->next_answer()), state_, message_);
        if (what == kind::message) all_->answered(message_.status);
        if (what == kind::failed) all_->undecided = false;
        return what;
    }
    void write_message(json_writer& out) const override { segue::write_message(out, message_, along_); }
    void write_head(json_writer& out) const override { write_members_before_payload(out, message_, along_); }
    bool has_payload() const override { return has_streamed<value_type>(); }
    std::string_view data() const override { return in_.piece(); }
    segue::error const& error() const override { return in_.error(); }
    std::uint64_t offset() const override { return in_.offset(); }
    std::string unread() const override { return in_.unread(); }
    bool lower(std::string_view limit, std::size_t most) override { return in_.lower(limit, most); }
    bool switched() const override { return all_->switched; }

private:
    using value_type = http1::basic_response<Body>;

    std::shared_ptr<shared> all_;
    reader<command_limits> in_;
    state_of<std::remove_cvref_t<decltype(http1::response_of<Body>())>> state_{};
    value_type message_{};
    guide along_;
};

two_streams open_both(bool events) {
    auto const all = std::make_shared<shared>();
    if (events) return {std::make_unique<requests<http1::streamed_request_grammar>>(all), std::make_unique<responses<streamed_bytes>>(all)};
    return {std::make_unique<requests<http1::request_grammar>>(all), std::make_unique<responses<std::string>>(all)};
}

}  // namespace

void add_http1_connection(registry& all) { all.add_two_way({"http1", "http1.request", "http1.response", &open_both}); }

}  // namespace segue::command
