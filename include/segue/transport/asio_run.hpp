// A protocol run over a stream of Asio's to its end, for any completion token.
//
//   std::error_code const broke = co_await asio::async_run(std::move(socket), protocol, boost::asio::use_awaitable);
#pragma once

#include <boost/asio/compose.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <system_error>
#include <utility>

#include "segue/transport/asio_transport.hpp"
#include "segue/transport/pump.hpp"

namespace segue::asio {

// The stream, or what a transport is made of, such as `tls_server(...)`, is taken; `p` stays until the end; `app` is the
// pump's. Tells when the connection is closed, with the error that broke it, as a value, if one did: what the
// protocol made of it, its own result says. Cancelled, it breaks the connection off.
template <class S, protocol P, class App, class Token>
auto async_run(S stream, P& p, App app, Token&& token) {
    using over = transport<stream_of<S>>;
    struct running {
        running(S s, P& q, App a) : carries(std::move(s)), runs(q, carries, std::move(a)) {}
        over carries;
        pump<P, over, App> runs;
    };
    auto all = std::make_shared<running>(std::move(stream), p, std::move(app));
    auto const on = all->carries.get_executor();
    return net::async_compose<Token, void(std::error_code)>(
        [all = std::move(all), begun = false](auto& self, boost::system::error_code const& = {}) mutable {
            if (std::exchange(begun, true)) {
                std::error_code const why = all->carries.error();
                all.reset();
                return self.complete(why);
            }
            over& carries = all->carries;
            net::post(carries.get_executor(), [later = std::weak_ptr(all)] {  // nobody is called from within the call
                if (auto const now = later.lock()) now->runs.start();
            });
            carries.async_closed(std::move(self));
        },
        token, on);
}
template <class S, protocol P, class Token>
auto async_run(S stream, P& p, Token&& token) {
    return async_run(std::move(stream), p, no_application{}, std::forward<Token>(token));
}

}  // namespace segue::asio
