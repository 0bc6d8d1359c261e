// A decoder's next message, read from any AsyncStream of Asio's, for any completion token.
//
//   auto const m = co_await asio::async_next(socket, in, boost::asio::use_awaitable);
//   if (m.kind() == kind::message) ... *m ...
#pragma once

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/post.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "segue/driver/kind.hpp"
#include "segue/transport/asio_medium.hpp"

namespace segue::asio {

namespace detail {

template <class Stream, class Decoder>
class next_operation {
public:
    next_operation(Stream& from, Decoder& in) : from_(&from), in_(&in) {}

    template <class Self>
    void operator()(Self& self, error_code const& why = {}, std::size_t n = 0) {
        switch (std::exchange(was_, doing::reading)) {
            case doing::nothing:
                self.reset_cancellation_state(net::enable_total_cancellation());
                if (is_there()) {  // never told from within the call
                    was_ = doing::telling;
                    return net::post(from_->get_executor(), std::move(self));
                }
                return read(self);
            case doing::telling: return self.complete({}, {*found_, *in_});
            case doing::waiting: return self.cancelled() == net::cancellation_type::none ? fill(self) : fail(self, net::error::operation_aborted);
            case doing::reading:
                in_->commit(n);
                if (why == net::error::eof) in_->close();
                else if (why) return fail(self, why);
                return is_there() ? self.complete({}, {*found_, *in_}) : read(self);
        }
    }

private:
    enum class doing : std::uint8_t { nothing, telling, waiting, reading };
    static constexpr std::size_t least = 4096, most = 64 * 1024;  // bytes in one read

    bool is_there() {
        auto const e = in_->next();
        found_ = e.kind();
        minimum_ = e.kind() == kind::need ? e.minimum() : 0;
        return e.kind() != kind::need;
    }
    // As long as nothing of a message has come, there is no room for it either.
    template <class Self>
    void read(Self& self) {
        if constexpr (waits<Stream>)
            if (in_->heap() == 0) {
                was_ = doing::waiting;
                return from_->async_wait(Stream::wait_read, std::move(self));
            }
        fill(self);
    }
    template <class Self>
    void fill(Self& self) {
        was_ = doing::reading;
        std::span<char> const room = in_->prepare(std::clamp(minimum_, least, most));
        from_->async_read_some(net::buffer(room.data(), room.size()), std::move(self));
    }
    template <class Self>
    void fail(Self& self, error_code const& why) {
        self.complete(why, {kind::need, *in_});
    }

    Stream* from_;
    Decoder* in_;
    doing was_ = doing::nothing;
    std::optional<kind> found_;
    std::size_t minimum_ = 0;
};

}  // namespace detail

// Reads until the decoder has something to say, which is the event: a message, a part, the end, or what is wrong with the
// bytes. An error is one of the stream, TLS's truncation among them; what had arrived stays in the decoder, as it does
// where this is cancelled. Of several messages that arrive together, `in.next()` gives the others at less cost.
template <class Stream, class Decoder, class Token>
auto async_next(Stream& from, Decoder& in, Token&& token) {
    return net::async_compose<Token, void(error_code, typename Decoder::event)>(detail::next_operation<Stream, Decoder>(from, in), token, from);
}

}  // namespace segue::asio
