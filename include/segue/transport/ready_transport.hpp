// A transport over any channel and its loop: the one state machine of memory, sockets, pipes and files.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "segue/core/error_code.hpp"
#include "segue/protocol/outbox.hpp"
#include "segue/transport/channel.hpp"
#include "segue/transport/transport.hpp"

namespace segue {

template <channel Channel, loop_for<Channel> Loop>
class ready_transport : private loop_client {
public:
    ready_transport(Loop& loop, Channel c, water_marks marks = {}) : loop_(&loop), channel_(std::move(c)), queue_(marks) {
        loop_->add(*this, channel_);
    }
    ready_transport(ready_transport&&) = delete;
    ~ready_transport() {
        if (open_) shut(true);
    }

    void start(receiver& to) {
        receiver_ = &to;
        resume_reading();
    }

    std::error_code write(std::string_view all) {
        if (!open_) return errc::closed;
        if (encoded const put = queue_.write(all); !put) return put.error().code;
        if (!wants_to_write) (void)flush();
        was_congested_ = was_congested_ || queue_.congested();
        return error_;
    }
    std::size_t write_many(std::span<std::string_view const> pieces) {
        if (!open_ || queue_.ending()) return 0;
        if (!flush()) {
            refused_some_ = true;
            return 0;
        }
        transfer const t = channel_.write(pieces);
        if (t.what == transfer::result::broken) {
            fail_later(t.why);
            return 0;
        }
        std::size_t all = 0;
        for (std::string_view const piece : pieces) all += piece.size();
        if (t.size < all) {
            wants_to_write = true;
            refused_some_ = true;
        }
        return t.size;
    }
    void pause_reading() { wants_to_read = false; }
    void resume_reading() { wants_to_read = open_ && !closing_ && !peer_ended_ && receiver_; }
    std::error_code end_writing() {
        if (!open_) return errc::closed;
        if (ended_) return {};
        if (!channel_.can_end_writing()) return std::make_error_code(std::errc::not_supported);
        queue_.end();
        if (!wants_to_write) (void)flush();
        return {};
    }
    void close() {
        if (!open_) return;
        closing_ = true;
        queue_.end();
        wants_to_read = false;
        if (!wants_to_write) (void)flush();
    }
    void abort() {
        if (open_) shut(true);
    }
    void wake_at(std::optional<instant> when) { wakes_at = when; }

    instant now() const { return loop_->now(); }
    std::size_t pending() const { return queue_.pending(); }
    bool congested() const { return queue_.congested() || refused_some_; }
    bool open() const { return open_; }
    std::error_code error() const { return error_; }
    std::string name() const { return channel_.name(); }
    std::string peer_name() const { return channel_.peer_name(); }
    Channel& medium() { return channel_; }

private:
    void on_readable() override {
        transfer const t = channel_.read(loop_->room());
        switch (t.what) {
            case transfer::result::moved: receiver_->on_bytes({loop_->room().data(), t.size}); break;
            case transfer::result::later: break;
            case transfer::result::ended:
                if (pending_error_) return break_off(std::exchange(pending_error_, {}));  // the writing has had the socket's error
                peer_ended_ = true;
                wants_to_read = false;
                receiver_->on_end();
                break;
            case transfer::result::broken: break_off(t.why); break;
        }
    }
    void on_writable() override {
        if (pending_error_) return break_off(std::exchange(pending_error_, {}));
        wants_to_write = false;
        if (!flush() || !open_) return;
        bool const waited = std::exchange(refused_some_, false) || std::exchange(was_congested_, false);
        if (waited && receiver_) receiver_->on_writable();
    }
    void on_time() override {
        wakes_at.reset();
        if (receiver_) receiver_->on_time();
    }
    void on_failure(std::error_code why) override { break_off(why); }

    // Writes what is queued, as far as it goes. False where some is left.
    bool flush() {
        while (queue_.pending() != 0) {
            std::string_view room[16];
            transfer const t = channel_.write(queue_.pieces(room));
            if (t.what == transfer::result::broken) return fail_later(t.why), false;
            queue_.consume(t.size);
            if (t.what == transfer::result::later || t.size == 0) {
                was_congested_ = was_congested_ || queue_.congested();
                wants_to_write = true;
                return false;
            }
        }
        if (queue_.ending() && !ended_) {
            std::error_code const why = closing_ ? std::error_code() : channel_.end_writing();
            if (why == std::errc::operation_in_progress) {
                wants_to_write = true;
                return false;
            }
            ended_ = true;
            if (closing_) shut(false);
            else if (why) fail_later(why);
        } else if (closing_ && open_) {
            shut(false);
        }
        return true;
    }
    // The receiver is not told from within its own call: the loop comes back at once.
    void fail_later(std::error_code why) {
        error_ = pending_error_ = why;
        queue_.abort();
        wants_to_write = true;
    }
    void break_off(std::error_code why) {
        error_ = why;
        shut(true);
        if (receiver_) receiver_->on_abort();
    }
    void shut(bool abruptly) {
        open_ = wants_to_read = wants_to_write = false;
        wakes_at.reset();
        loop_->remove(*this);
        channel_.close(abruptly);
    }

    Loop* loop_;
    Channel channel_;
    outbox queue_;
    receiver* receiver_ = nullptr;
    bool open_ = true, peer_ended_ = false, ended_ = false, closing_ = false;
    bool refused_some_ = false, was_congested_ = false;
    std::error_code error_, pending_error_;
};

}  // namespace segue
