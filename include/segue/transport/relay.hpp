// Stands between two transports: what arrives on one is written to the other, unchanged, in both directions.
//
// It holds no more than one arrival of each direction: what the other side does not take at once waits here, and nothing
// more is read before it is gone. So a slow reader stops the writer at the far end, as if nothing stood in between. Ends
// and breaks are passed on behind the bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "segue/transport/transport.hpp"

namespace segue {

// From the first transport to the second, or the other way.
enum class heading : std::uint8_t { forth, back };

// Who looks on. Bytes are shown when they are on their way already, so that it cannot delay them; they stay for the length
// of the call.
template <class W>
concept witness = requires(W& w, heading where, std::string_view piece, std::error_code why) {
    w.passed(where, piece);
    w.ended(where);
    w.broke(where, why);  // the transport that it came from is gone, and so is the other one
};

struct no_witness {
    void passed(heading, std::string_view) {}
    void ended(heading) {}
    void broke(heading, std::error_code) {}
};

namespace detail {

// What one transport tells, and what becomes of it at the other.
template <transport From, transport To, witness Witness>
class one_way final : public receiver {
public:
    one_way(From& from, To& to, heading where, Witness& looks_on) : from_(&from), to_(&to), witness_(&looks_on), heading_(where) {}
    one_way(one_way&&) = delete;

    void start(one_way<To, From, Witness>& back) {
        back_ = &back;
        from_->start(*this);
    }
    std::size_t held() const { return waiting_.size(); }

private:
    friend class one_way<To, From, Witness>;

    void on_bytes(std::string_view arrived) override {
        std::size_t const n = waiting_.empty() ? put(arrived) : 0;
        if (n < arrived.size()) {
            waiting_ += arrived.substr(n);
            from_->pause_reading();
        }
        witness_->passed(heading_, arrived);
    }
    void on_end() override {
        witness_->ended(heading_);
        end();
    }
    void on_abort() override {
        to_->abort();
        witness_->broke(heading_, from_->error());
    }
    void on_writable() override { back_->go_on(); }
    void on_time() override {}

    std::size_t put(std::string_view piece) {
        std::string_view const all[]{piece};
        return to_->write_many(all);
    }
    void go_on() {
        if (!waiting_.empty()) {
            waiting_.erase(0, put(waiting_));
            if (!waiting_.empty()) return;
            std::string().swap(waiting_);  // an idle one holds nothing
            if (!ended_) from_->resume_reading();
        }
        pass_end();
    }
    void end() {
        ended_ = true;
        pass_end();
    }
    void pass_end() {
        if (!ended_ || !waiting_.empty() || std::exchange(passed_end_, true)) return;
        if (to_->end_writing() == std::errc::not_supported) {
            // where one direction cannot end alone, both end
            to_->close();
            back_->end();
        }
        if (!back_->passed_end_) return;
        from_->close();
        to_->close();
    }

    From* from_;
    To* to_;
    Witness* witness_;
    one_way<To, From, Witness>* back_ = nullptr;
    std::string waiting_;
    heading heading_;
    bool ended_ = false, passed_end_ = false;
};

}  // namespace detail

// The transports must outlive it.
//   relay between(client, server, looks_on);  between.start();  ... until between.finished()
template <transport First, transport Second, witness Witness = no_witness>
class relay {
public:
    relay(First& first, Second& second, Witness looks_on = {})
        : first_(&first), second_(&second), witness_(std::move(looks_on)), forth_(first, second, heading::forth, witness_),
          back_(second, first, heading::back, witness_) {}
    relay(relay&&) = delete;

    void start() {
        forth_.start(back_);
        back_.start(forth_);
    }
    // Both sides end in order; what waits is not waited for.
    void close() {
        first_->close();
        second_->close();
    }
    bool finished() const { return !first_->open() && !second_->open(); }
    // Bytes that were read and not yet taken.
    std::size_t held(heading where) const { return where == heading::forth ? forth_.held() : back_.held(); }
    Witness& looks_on() { return witness_; }

private:
    First* first_;
    Second* second_;
    Witness witness_;
    detail::one_way<First, Second, Witness> forth_;
    detail::one_way<Second, First, Witness> back_;
};

}  // namespace segue
