// A stream, or an acceptor, that finds no memory for some of its operations.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/require.hpp>
#include <memory>
#include <new>
#include <utility>

#include "segue/transport/asio_medium.hpp"

namespace worlds {

// So many operations begin; then so many do not.
struct ration {
    int good = 0, bad = 1;

    void take() {
        if (good-- > 0) return;
        if (bad-- > 0) throw std::bad_alloc();
    }
};

template <class Stream>
struct starved : Stream {
    starved(Stream s, std::shared_ptr<ration> r) : Stream(std::move(s)), left(std::move(r)) {}

    template <class Which, class Token>
    auto async_wait(Which which, Token&& token) requires segue::asio::waits<Stream> {
        left->take();
        return Stream::async_wait(which, std::forward<Token>(token));
    }
    template <class Buffers, class Token>
    auto async_read_some(Buffers const& to, Token&& token) {
        left->take();
        return Stream::async_read_some(to, std::forward<Token>(token));
    }
    template <class Buffers, class Token>
    auto async_write_some(Buffers const& from, Token&& token) {
        left->take();
        return Stream::async_write_some(from, std::forward<Token>(token));
    }
    std::shared_ptr<ration> left;
};

template <class Acceptor>
struct starved_acceptor : Acceptor {
    starved_acceptor(Acceptor a, std::shared_ptr<ration> r) : Acceptor(std::move(a)), left(std::move(r)) {}

    template <class Executor, class Token>
    auto async_accept(Executor const& on, Token&& token) {
        left->take();
        return Acceptor::async_accept(on, std::forward<Token>(token));
    }
    std::shared_ptr<ration> left;
};

// An executor that finds none for what is posted while `empty`.
template <class On = boost::asio::io_context::executor_type>
struct starved_executor {
    On on;
    bool const* empty;

    template <class Task>
    void execute(Task&& task) const {
        if (*empty) throw std::bad_alloc();
        on.execute(std::forward<Task>(task));
    }
    template <class Property>
    decltype(auto) query(Property const& p) const noexcept requires boost::asio::can_query_v<On, Property> {
        return boost::asio::query(on, p);
    }
    template <class Property>
    auto require(Property const& p) const requires boost::asio::can_require_v<On, Property> {
        auto other = boost::asio::require(on, p);
        return starved_executor<decltype(other)>{other, empty};
    }
    friend bool operator==(starved_executor const&, starved_executor const&) = default;
};

}  // namespace worlds
