// Two descriptors, one for each direction, as one stream of Asio's: pipes, standard input and output, files.
#pragma once

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <string>
#include <system_error>
#include <utility>

#include "segue/transport/asio_medium.hpp"

namespace segue::asio {

template <class Executor = net::any_io_executor>
class duplex {
public:
    using executor_type = Executor;
    using half = net::posix::basic_stream_descriptor<Executor>;
    enum wait_type { wait_read, wait_write };

    // Either may be closed: that direction has ended.
    duplex(half in, half out, std::string name)
        : in_(std::move(in)), out_(std::move(out)), name_(std::move(name)), ends_(out_.is_open() && !posix::is_terminal(out_.native_handle())) {}
    // As above; their descriptions are shared with other processes: non-blocking only as long as this is open.
    static duplex of_borrowed_flags(Executor const& on, int in, int out, std::string name) {
        auto in_flags = in < 0 ? posix::made_nonblocking() : posix::made_nonblocking(in);
        auto out_flags = out < 0 ? posix::made_nonblocking() : posix::made_nonblocking(out);
        duplex d(in < 0 ? half(on) : half(on, in), out < 0 ? half(on) : half(on, out), std::move(name));
        d.in_flags_ = std::move(in_flags);
        d.out_flags_ = std::move(out_flags);
        return d;
    }
    duplex(duplex&&) noexcept = default;
    ~duplex() { close_medium(false); }

    executor_type get_executor() { return in_.get_executor(); }
    template <class Buffers, class Token>
    auto async_read_some(Buffers const& to, Token&& token) { return in_.async_read_some(to, std::forward<Token>(token)); }
    template <class Buffers, class Token>
    auto async_write_some(Buffers const& from, Token&& token) { return out_.async_write_some(from, std::forward<Token>(token)); }

    template <class Token>
    auto async_wait(wait_type w, Token&& token) {
        return w == wait_read ? in_.async_wait(half::wait_read, std::forward<Token>(token)) : out_.async_wait(half::wait_write, std::forward<Token>(token));
    }
    void non_blocking(bool on, error_code& why) {
        if (in_.is_open()) in_.non_blocking(on, why);
        if (out_.is_open()) out_.non_blocking(on, why);
    }
    template <class Buffers>
    std::size_t read_some(Buffers const& to, error_code& why) {
        if (in_.is_open()) return in_.read_some(to, why);
        why = net::error::eof;
        return 0;
    }
    template <class Buffers>
    std::size_t write_some(Buffers const& from, error_code& why) {
        if (out_.is_open()) return out_.write_some(from, why);
        why = net::error::broken_pipe;
        return 0;
    }

    // A terminal's output does not end before the program does.
    bool can_end_writing() const { return ends_; }
    std::error_code end_writing() {
        out_flags_.put_back();
        close_descriptor(out_);
        return {};
    }
    void close_medium(bool) {
        in_flags_.put_back();
        close_descriptor(in_);
        (void)end_writing();
    }
    std::string name() const { return name_; }

private:
    half in_, out_;
    posix::made_nonblocking in_flags_, out_flags_;
    std::string name_;
    bool ends_;
};

// Standard input and output as one stream, or the input alone.
inline duplex<> standard_streams(net::any_io_executor const& on) { return duplex<>::of_borrowed_flags(on, 0, 1, "standard input and output"); }
inline duplex<> standard_input(net::any_io_executor const& on) { return duplex<>::of_borrowed_flags(on, 0, -1, "standard input"); }

// Two ends of two pipes, one for each direction.
inline posix::opened<std::pair<duplex<>, duplex<>>> pipe_pair(net::any_io_executor const& on) {
    auto pipes = posix::pipe_numbers();
    if (!pipes) return pipes.error();
    auto const half = [&](posix::descriptor& d) { return net::posix::stream_descriptor(on, d.release()); };
    auto& [first_in, first_out, second_in, second_out] = *pipes;
    duplex<> first(half(first_in), half(first_out), "pipe"), second(half(second_in), half(second_out), "pipe");
    return std::pair(std::move(first), std::move(second));
}

}  // namespace segue::asio
