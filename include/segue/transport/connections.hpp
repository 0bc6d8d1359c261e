// The connections of a server or a client: each owns its transport, its protocol and the pump between them.
#pragma once

#include <cstddef>
#include <iterator>
#include <list>
#include <memory>
#include <utility>

#include "segue/transport/pump.hpp"

namespace segue {

// `make` gives the protocol; it is built in its place, so it need not be movable.
template <transport T, class Make, class App = no_application>
class connection {
public:
    using protocol_type = std::invoke_result_t<Make&>;

    template <class... Of>
    connection(Make& make, App app, Of&&... of_transport)
        : transport_(std::forward<Of>(of_transport)...), protocol_(make()), pump_(protocol_, transport_, std::move(app)) {
        pump_.start();
    }

    bool finished() const { return pump_.finished(); }
    void go_on() { pump_.go_on(); }
    protocol_type& protocol() { return protocol_; }
    T& transport() { return transport_; }

private:
    T transport_;
    protocol_type protocol_;
    pump<protocol_type, T, App> pump_;
};

// As many as are open. A connection is not destroyed while it is called: `reap` between two turns of the loop.
template <transport T, class Make, class App = no_application>
class connections {
public:
    using connection_type = connection<T, Make, App>;

    explicit connections(Make make, App app = {}) : make_(std::move(make)), app_(std::move(app)) {}

    // What its transport is made of: a loop and a channel, or a stream.
    template <class... Of>
    connection_type& add(Of&&... of_transport) {
        place& added = all_.emplace_back(make_, app_, std::forward<Of>(of_transport)...);
        added.here = std::prev(all_.end());
        return added;
    }
    // Not from within a call to it.
    void remove(connection_type& one) { all_.erase(static_cast<place&>(one).here); }
    void reap() {
        all_.remove_if([](connection_type const& one) { return one.finished(); });
    }
    std::size_t size() const { return all_.size(); }
    auto& all() { return all_; }

private:
    struct place final : connection_type {
        using connection_type::connection_type;
        typename std::list<place>::iterator here{};
    };

    Make make_;
    App app_;
    std::list<place> all_;
};

}  // namespace segue
