// One thread's share of a server: a loop, perhaps a listener, and the connections that it serves. It knows streams and
// protocols, and nothing of what they say.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <functional>
#include <utility>

#include "segue/transport/asio.hpp"
#include "segue/transport/connections.hpp"

template <class Stream, class Make>
class worker {
public:
    explicit worker(Make make) : all_(std::move(make)) {}

    boost::asio::io_context::executor_type executor() { return loop_.get_executor(); }

    // From any thread: what the transport is made of, a stream or a channel.
    template <class Of>
    void add(Of of_transport) {
        boost::asio::post(loop_, [this, of = std::move(of_transport)]() mutable {
            auto& one = all_.add(std::move(of));
            one.transport().async_closed([this, &one] {
                all_.remove(one);
                if (all_.size() == 0 && ends_when_idle_) loop_.stop();
            });
        });
    }
    // There is no listener: with its last connection it has done its work.
    void end_when_idle() { ends_when_idle_ = true; }

    // Until `stop`, which any thread may call; then until what is under way has been answered, or patience is over.
    void run(std::chrono::seconds patience) {
        loop_.run();
        for (auto& one : all_.all()) {
            one.protocol().finish();
            one.go_on();
        }
        loop_.restart();
        auto const until = std::chrono::steady_clock::now() + patience;
        while (all_.size() != 0 && loop_.run_one_until(until) != 0) {}
    }
    void stop() { loop_.stop(); }

private:
    boost::asio::io_context loop_;
    segue::connections<segue::asio::transport<Stream>, Make> all_;
    bool ends_when_idle_ = false;
};
