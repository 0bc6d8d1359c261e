// A channel over any other AsyncStream, which completes what it was asked for instead of telling that it is ready: a
// serial line, TLS, a stream of the user's own. What is on its way must stay where it is: one piece in each direction is
// held here.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "segue/transport/asio_medium.hpp"
#include "segue/transport/channel.hpp"

namespace segue::asio {

// `FirstRead` bytes are held while it waits for the peer.
template <class Stream, std::size_t FirstRead = 4096>
class completing_channel : public medium<Stream> {
    using base = medium<Stream>;
    using base::stream_;

public:
    static constexpr bool gathers = false;

    completing_channel(Stream s) : base(std::move(s)) {}

    transfer read(std::span<char> room) {
        if (arrived_ == 0) return transferred(0, reading_failed_);
        std::size_t const n = std::exchange(arrived_, 0);
        copy_bytes(room.data(), first_.get(), n);
        return {transfer::result::moved, n};
    }
    // The bytes are taken to be on their way; that they have gone is told when the same bytes are offered again.
    transfer write(std::span<std::string_view const> pieces) {
        if (writing_failed_) return {transfer::result::broken, 0, writing_failed_};
        if (gone_ != 0) return {transfer::result::moved, std::exchange(gone_, 0)};
        if (!leaving_.empty()) return {};
        try {
            for (std::string_view const piece : pieces) leaving_ += piece.substr(0, most_at_once - leaving_.size());
        } catch (std::bad_alloc const&) {
            return {transfer::result::broken, 0, std::make_error_code(std::errc::not_enough_memory)};
        }
        if (leaving_.empty()) return {transfer::result::moved};
        return {};
    }

    // They call `ready` once, never at once, and after `close` soon.
    template <class Ready>
    void async_readable(Ready ready) {
        if (arrived_ != 0 || reading_failed_) return net::post(stream_.get_executor(), std::move(ready));
        if (!first_) first_ = std::make_unique_for_overwrite<char[]>(FirstRead);
        stream_.async_read_some(net::buffer(first_.get(), FirstRead),
                                [this, ready = std::move(ready)](error_code const& why, std::size_t n) mutable {
                                    arrived_ = n;
                                    reading_failed_ = why;
                                    ready();
                                });
    }
    template <class Ready>
    void async_writable(Ready ready) {
        if (leaving_.empty() || writing_failed_) return net::post(stream_.get_executor(), std::move(ready));
        stream_.async_write_some(net::buffer(leaving_), [this, ready = std::move(ready)](error_code const& why, std::size_t n) mutable {
            std::string().swap(leaving_);
            gone_ = n;
            writing_failed_ = why;
            ready();
        });
    }

protected:
    void fail(error_code const& why) { reading_failed_ = writing_failed_ = why; }
    bool failed() const { return writing_failed_ || (reading_failed_ && reading_failed_ != net::error::eof); }

private:
    static constexpr std::size_t most_at_once = 16 * 1024;  // one record of TLS

    std::unique_ptr<char[]> first_;
    std::string leaving_;
    std::size_t arrived_ = 0, gone_ = 0;
    error_code reading_failed_, writing_failed_;
};

}  // namespace segue::asio
