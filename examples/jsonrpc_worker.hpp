// One thread's share of a server: a loop, perhaps a listener, and the connections that it serves. It knows streams and
// protocols, and nothing of what they say.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <memory>
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
            if (finishing_) finish(one);  // it was on its way to this thread
        });
    }
    // What brings connections in: destroyed where it runs, once it is to bring no more.
    void keep(std::shared_ptr<void> listener) { listener_ = std::move(listener); }
    // There is no listener: with its last connection it has done its work.
    void end_when_idle() { ends_when_idle_ = true; }

    // Until `stop`, which any thread may call.
    void run() { loop_.run(); }
    // Then: until what is under way has been answered, and all is said, or patience is over.
    void finish(std::chrono::seconds patience) {
        finishing_ = true;
        listener_.reset();
        waits_.reset();
        for (auto& one : all_.all()) finish(one);
        loop_.restart();
        loop_.run_for(patience);
    }
    void stop() { loop_.stop(); }

private:
    using connections = segue::connections<segue::asio::transport<Stream>, Make>;

    static void finish(typename connections::connection_type& one) {
        one.protocol().finish();
        one.go_on();
    }

    boost::asio::io_context loop_;
    // Connections may come from another thread's listener: it waits for them, too.
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> waits_{loop_.get_executor()};
    std::shared_ptr<void> listener_;
    connections all_;
    bool ends_when_idle_ = false, finishing_ = false;
};
