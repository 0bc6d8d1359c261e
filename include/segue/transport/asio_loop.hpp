// The loop of one transport: each direction, and time, is one operation of Asio's, begun when the transport wants it.
// Where memory for one cannot be had, nobody would ever wake the transport: its connection breaks, and others go on.
#pragma once

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

#include "segue/transport/channel.hpp"

namespace segue::asio {

namespace net = boost::asio;

// One room for each thread serves all connections that run there; whoever runs a loop within a callback takes another.
class borrowed_room {
public:
    borrowed_room() : room_(std::move(spare())) {
        if (room_.empty()) room_.resize(size);
    }
    borrowed_room(borrowed_room&&) = delete;
    ~borrowed_room() { spare() = std::move(room_); }

    std::span<char> get() { return room_; }

private:
    static constexpr std::size_t size = 64 * 1024;
    static std::vector<char>& spare() {
        thread_local std::vector<char> one;
        return one;
    }
    std::vector<char> room_;
};

// It is held by whoever has begun an operation, and so lives until the last one has come back.
template <class Executor, class Channel>
class loop : public std::enable_shared_from_this<loop<Executor, Channel>> {
public:
    explicit loop(Executor const& on) : timer_(on) {}
    loop(loop&&) = delete;

    void add(loop_client& client, Channel& c) {
        client_ = &client;
        channel_ = &c;
    }
    void remove(loop_client&) { client_ = nullptr; }
    instant now() const { return std::chrono::steady_clock::now(); }
    std::span<char> room() const { return room_; }

    // Begins what the client wants and nobody has begun. To be called whenever it may have changed its mind. Throws
    // std::bad_alloc where there is no memory either to tell the client, later, that there is none.
    void wait() {
        if (calling_ || all_begun()) return;  // it comes back here
        net::post(timer_.get_executor(), [self = this->shared_from_this()] { self->fail(); });
    }
    // `token` is told when the client has left.
    template <class Token>
    auto async_left(Token&& token) {
        if (!left_) left_ = std::make_unique<timer>(timer_.get_executor(), instant::max());
        if (!client_) left_->expires_at(instant::min());
        return left_->async_wait(std::forward<Token>(token));
    }

protected:
    ~loop() = default;

private:
    using timer = net::basic_waitable_timer<std::chrono::steady_clock, net::wait_traits<std::chrono::steady_clock>, Executor>;

    // False where memory for it cannot be had.
    bool all_begun() {
        try {
            wait_for_reading();
            wait_for_writing();
            wait_for_time();
            if (!client_) over();
            return true;
        } catch (std::bad_alloc const&) {
            return false;
        }
    }
    template <class Wants, class What>
    void call(Wants wants, What what) {
        struct back {  // also where the receiver throws
            ~back() { of.calling_ = false; }
            loop& of;
        };
        try {
            back const guard{*this};
            calling_ = true;
            if (client_ && wants(*client_)) what(*client_);
        } catch (...) {
            go_on();
            throw;
        }
        go_on();
    }
    void go_on() {
        if (!all_begun()) fail();
    }
    void fail() {
        call([](loop_client&) { return true; }, [](loop_client& c) { c.on_failure(std::make_error_code(std::errc::not_enough_memory)); });
    }
    void wait_for_reading() {
        if (!client_ || !client_->wants_to_read || std::exchange(reading_, true)) return;
        channel_->async_readable([self = this->shared_from_this()] {
            self->reading_ = false;
            std::optional<borrowed_room> room;
            try {
                room.emplace();
            } catch (std::bad_alloc const&) {
                return self->fail();
            }
            self->room_ = room->get();
            self->call([](loop_client& c) { return c.wants_to_read; }, [](loop_client& c) { c.on_readable(); });
        });
    }
    void wait_for_writing() {
        if (!client_ || !client_->wants_to_write || std::exchange(writing_, true)) return;
        channel_->async_writable([self = this->shared_from_this()] {
            self->writing_ = false;
            self->call([](loop_client& c) { return c.wants_to_write; }, [](loop_client& c) { c.on_writable(); });
        });
    }
    // A deadline that moves on leaves the timer as it is: it wakes once too early, and waits again.
    void wait_for_time() {
        std::optional<instant> const due = client_ ? client_->wakes_at : std::nullopt;
        if (!due && waits_until_) {
            waits_until_.reset();
            timer_.cancel();
        }
        if (!due || (waits_until_ && *waits_until_ <= *due)) return;
        waits_until_ = due;
        timer_.expires_at(*due);
        timer_.async_wait([self = this->shared_from_this(), due](boost::system::error_code const& why) {
            if (why || self->waits_until_ != due) return;  // another one is under way
            self->waits_until_.reset();
            self->call([&](loop_client& c) { return c.wakes_at && *c.wakes_at <= self->now(); }, [](loop_client& c) { c.on_time(); });
        });
    }
    void over() {
        if (left_) left_->cancel();
        if constexpr (requires(Channel& c) { c.async_leave([] {}); })
            if (!std::exchange(parted_, true)) channel_->async_leave([self = this->shared_from_this()] {});
    }

    loop_client* client_ = nullptr;
    Channel* channel_ = nullptr;
    std::span<char> room_;
    timer timer_;
    std::unique_ptr<timer> left_;
    std::optional<instant> waits_until_;
    bool reading_ = false, writing_ = false, calling_ = false, parted_ = false;
};

}  // namespace segue::asio
