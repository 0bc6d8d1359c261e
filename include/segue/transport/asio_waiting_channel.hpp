// A channel over a stream of Asio that tells when it is ready: a socket, or descriptors. While it is idle it holds no
// buffer; what is written goes out of the caller's own bytes.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "segue/transport/asio_medium.hpp"
#include "segue/transport/channel.hpp"
#include "segue/transport/posix_sigpipe.hpp"

namespace segue::asio {

template <waits Stream>
class waiting_channel : public medium<Stream> {
    using base = medium<Stream>;
    using base::stream_;

public:
    static constexpr bool gathers = true;

    waiting_channel(Stream s) : base(std::move(s)) {
        error_code ignored;
        if constexpr (a_socket<Stream>) stream_.set_option(net::ip::tcp::no_delay(true), ignored);  // whole answers are written at once anyway
        stream_.non_blocking(true, ignored);
    }

    transfer read(std::span<char> room) {
        error_code why;
        std::size_t const n = stream_.read_some(net::buffer(room.data(), room.size()), why);
        return transferred(n, why);
    }
    transfer write(std::span<std::string_view const> pieces) {
        std::array<net::const_buffer, most_pieces> vector;
        std::size_t count = 0, all = 0;
        for (std::string_view const piece : pieces) {
            if (count == most_pieces) break;
            vector[count++] = net::const_buffer(piece.data(), piece.size());
            all += piece.size();
        }
        if (all == 0) return {transfer::result::moved};
        error_code why;
        std::size_t const n = write(std::span<net::const_buffer const>(vector).first(count), why);
        return transferred(n, why);
    }

    // They call `ready` once, never at once, and after `close` soon. A file cannot be waited for: it is always ready.
    template <class Ready>
    void async_readable(Ready ready) {
        stream_.async_wait(Stream::wait_read, [ready = std::move(ready)](error_code const&) mutable { ready(); });
    }
    template <class Ready>
    void async_writable(Ready ready) {
        stream_.async_wait(Stream::wait_write, [ready = std::move(ready)](error_code const&) mutable { ready(); });
    }

private:
    static constexpr std::size_t most_pieces = 16;

    std::size_t write(std::span<net::const_buffer const> vector, error_code& why) {
        if constexpr (a_socket<Stream>) {
            return stream_.write_some(vector, why);
        } else {
            posix::sigpipe_held_back held;
            std::size_t const n = stream_.write_some(vector, why);
            if (why == net::error::broken_pipe) held.take_away();
            return n;
        }
    }
};

}  // namespace segue::asio
