// What a script can wait for. An operation is an awaiter: it lives in the coroutine's frame, is tried where it stands, and
// is left for the loop that runs the script only when it must wait.
#pragma once

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "segue/content/bytes.hpp"
#include "segue/message/recover.hpp"
#include "segue/protocol/endpoint.hpp"
#include "segue/segment/fixed.hpp"

namespace segue {

// What came of `try_read`: a value, the end of the input, or an error.
template <class T>
class received {
public:
    explicit received(T value) : value_(std::move(value)) {}
    explicit received(segue::error const& e) : error_(e) {}

    explicit operator bool() const { return value_.has_value(); }
    T& operator*() { return *value_; }
    T const& operator*() const { return *value_; }
    T* operator->() { return &*value_; }
    T const* operator->() const { return &*value_; }
    bool ended() const { return !value_ && !error_; }
    segue::error const& error() const { return error_; }

private:
    std::optional<T> value_;
    segue::error error_{};
};

// What ended `wait_until`.
enum class waited : std::uint8_t { arrived, ended, deadline };

// How a wait stands.
enum class wait_progress : std::uint8_t { ready, need, paused, ended, failed };

template <limits L>
class operation;

// An endpoint that a script waits at.
template <limits L>
class script_end : public endpoint<L> {
public:
    using endpoint<L>::endpoint;

    wait_progress may_read() {
        switch (this->stands()) {
            case endpoint_standing::open: return wait_progress::ready;
            case endpoint_standing::paused: return wait_progress::paused;
            case endpoint_standing::closed: return wait_progress::ended;
            default: return wait_progress::failed;
        }
    }
    wait_progress needs(std::size_t n) {
        minimum = n;
        return wait_progress::need;
    }

    operation<L>* waiting = nullptr;
    std::size_t minimum = 0;
    segue::error refused{};  // of a write that the script did not look at
    nothing none{};          // the message of who reads none
};

template <limits L>
class operation {
public:
    explicit operation(script_end<L>& e) : end_(&e) {}
    operation(operation const&) = delete;

    bool await_ready() { return !end_->refused && attempt() == wait_progress::ready; }
    void await_suspend(std::coroutine_handle<>) { end_->waiting = this; }

    virtual wait_progress attempt() = 0;
    virtual void feed(std::string_view arrived) { end_->in.feed(arrived, end_->none); }
    virtual void keep() { end_->in.keep(end_->none); }
    // When to try again although nothing has arrived: reads have the deadline that the script expects them by.
    virtual std::optional<instant> wakes_at() const { return end_->time.next(); }

protected:
    ~operation() = default;
    script_end<L>& end() const { return *end_; }

private:
    script_end<L>* end_;
};

template <limits L, class C, class V>
class reading_operation : public operation<L> {
    static_assert(!recovers<C>, "segue: a script decides itself what follows a broken message: read what stands in recover");

public:
    reading_operation(script_end<L>& e, C c) : operation<L>(e), codec_(std::move(c)) {}

protected:
    wait_progress next() {
        if (wait_progress const p = this->end().may_read(); p != wait_progress::ready) return p;
        reader<L>& in = this->end().in;
        kind k = in.read(codec_, state_, value_);
        while (k == kind::part) k = in.read(codec_, state_, value_);
        switch (k) {
            case kind::message: return wait_progress::ready;
            case kind::need: return this->end().needs(in.minimum());
            case kind::end: return wait_progress::ended;
            default: return wait_progress::failed;
        }
    }
    V& value() { return value_; }

private:
    void feed(std::string_view arrived) final { this->end().in.feed(arrived, value_); }
    void keep() final { this->end().in.keep(value_); }

    [[no_unique_address]] C codec_;
    state_of<C> state_{};
    V value_{};
};
template <limits L, class C, class V>
class read_operation final : public reading_operation<L, C, V> {
public:
    using reading_operation<L, C, V>::reading_operation;
    V await_resume() { return std::move(this->value()); }

private:
    wait_progress attempt() override { return this->next(); }
};
template <limits L, class C, class V>
class try_read_operation final : public reading_operation<L, C, V> {
public:
    using reading_operation<L, C, V>::reading_operation;
    received<V> await_resume() {
        if (there_) return received<V>(std::move(this->value()));
        return received<V>(this->end().in.error());
    }

private:
    wait_progress attempt() override {
        wait_progress const p = this->next();
        there_ = p == wait_progress::ready;
        return p == wait_progress::ended || p == wait_progress::failed ? wait_progress::ready : p;
    }
    bool there_ = false;
};

template <limits L>
using bytes_reading = reading_operation<L, decltype(fixed(std::size_t(), bytes)), std::string>;
template <limits L>
class read_bytes_operation final : public bytes_reading<L> {
public:
    read_bytes_operation(script_end<L>& e, std::size_t n) : bytes_reading<L>(e, fixed(n, bytes)), size_(n) {}
    std::string await_resume() { return std::move(this->value()); }

private:
    // No bytes are there at once, also at the end; too many are refused before they are awaited.
    wait_progress attempt() override {
        if (size_ != 0 && size_ <= L.message) return this->next();
        wait_progress const p = this->end().may_read();
        if (p != wait_progress::ready || size_ == 0) return p;
        this->end().in.poison(errc::message_too_long);
        return wait_progress::failed;
    }
    std::size_t size_;
};

// A wait for bytes that are not decoded yet; deadline, if it has one of its own, ends it.
template <limits L>
class waiting_operation : public operation<L> {
public:
    waiting_operation(script_end<L>& e, std::size_t n, std::optional<instant> until) : operation<L>(e), most_(n), until_(until) {}

protected:
    wait_progress bytes_there() {
        reader<L>& in = this->end().in;
        wait_progress const p = this->end().may_read();
        if (p == wait_progress::failed) return p;
        if (in.ahead().size() >= most_) return wait_progress::ready;
        if (until_ && *until_ <= this->end().time.now()) return wait_progress::ready;
        if (p != wait_progress::ready) return p;
        if (in.closed()) return wait_progress::ended;
        if (most_ > L.message) {
            in.poison(errc::message_too_long);
            return wait_progress::failed;
        }
        in.keep(this->end().none);
        return this->end().needs(most_ - in.ahead().size());
    }
    std::size_t most() const { return most_; }

private:
    std::optional<instant> wakes_at() const final { return earliest(until_, operation<L>::wakes_at()); }

    std::size_t most_;
    std::optional<instant> until_;
};
template <limits L>
class wait_operation final : public waiting_operation<L> {
public:
    explicit wait_operation(script_end<L>& e) : waiting_operation<L>(e, 1, std::nullopt) {}
    bool await_resume() { return !this->end().in.ahead().empty(); }

private:
    wait_progress attempt() override {
        wait_progress const p = this->bytes_there();
        return p == wait_progress::ended ? wait_progress::ready : p;
    }
};
template <limits L>
class wait_until_operation final : public waiting_operation<L> {
public:
    wait_until_operation(script_end<L>& e, instant t) : waiting_operation<L>(e, 1, t) {}
    waited await_resume() {
        if (!this->end().in.ahead().empty()) return waited::arrived;
        return this->end().in.closed() ? waited::ended : waited::deadline;
    }

private:
    wait_progress attempt() override {
        wait_progress const p = this->bytes_there();
        return p == wait_progress::ended ? wait_progress::ready : p;
    }
};
template <limits L>
class take_operation final : public waiting_operation<L> {
public:
    take_operation(script_end<L>& e, std::size_t n, bool stays) : waiting_operation<L>(e, n, std::nullopt), stays_(stays) {}
    std::string await_resume() {
        std::string_view const there = this->end().in.ahead();
        std::string result(stays_ ? there.substr(0, this->most()) : there);
        if (!stays_) this->end().in.skip(result.size());
        return result;
    }

private:
    wait_progress attempt() override { return this->bytes_there(); }
    bool stays_;
};
template <limits L>
class drain_operation final : public operation<L> {
public:
    using operation<L>::operation;
    void await_resume() {}

private:
    wait_progress attempt() override { return this->end().out.congested() ? wait_progress::paused : wait_progress::ready; }
    std::optional<instant> wakes_at() const override { return std::nullopt; }
};
template <limits L>
class sleep_operation final : public operation<L> {
public:
    sleep_operation(script_end<L>& e, instant t) : operation<L>(e), until_(t) {}
    void await_resume() {}

private:
    wait_progress attempt() override { return until_ <= this->end().time.now() ? wait_progress::ready : wait_progress::paused; }
    std::optional<instant> wakes_at() const override { return until_; }
    instant until_;
};

}  // namespace segue
