#include "spool.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace segue::command {

spool::spool() : output_{STDOUT_FILENO}, error_{STDERR_FILENO}, writer_([this] { run(); }) {}

spool::~spool() {
    {
        std::lock_guard const lock(guard_);
        stops_ = true;
        tell_what_was_left_out();
    }
    more_.notify_one();
    writer_.join();
}

bool spool::broken() {
    std::lock_guard const lock(guard_);
    return output_.broken;
}

void spool::put(queue& q, std::string const& lines) {
    if (lines.empty()) return;
    {
        std::lock_guard const lock(guard_);
        if (q.waiting.size() > most) {
            q.left_out += static_cast<std::uint64_t>(std::count(lines.begin(), lines.end(), '\n'));
            return;
        }
        tell_what_was_left_out();
        q.waiting += lines;
    }
    more_.notify_one();
}

void spool::tell_what_was_left_out() {
    if (output_.left_out == 0) return;
    error_.waiting += "segue: " + std::to_string(std::exchange(output_.left_out, 0)) + " lines were left out: standard output is read too slowly\n";
}

void spool::run() {
    std::string output, error;  // taken, not written
    auto patience = std::chrono::steady_clock::time_point::max();
    for (bool output_broken = false, error_broken = false;;) {
        {
            std::unique_lock lock(guard_);
            output_.broken = output_broken;
            more_.wait(lock, [&] { return stops_ || !output.empty() || !error.empty() || !output_.waiting.empty() || !error_.waiting.empty(); });
            if (output.empty()) std::swap(output, output_.waiting);
            if (error.empty()) std::swap(error, error_.waiting);
            if (stops_ && output.empty() && error.empty()) return;
            if (stops_) patience = std::min(patience, std::chrono::steady_clock::now() + std::chrono::seconds(2));
        }
        bool const wrote_error = write_some(error_.descriptor, error, error_broken);
        bool const wrote_output = write_some(output_.descriptor, output, output_broken);
        if (wrote_error || wrote_output) patience = std::chrono::steady_clock::time_point::max();
        else if (std::chrono::steady_clock::now() > patience) return;  // nobody reads
    }
}

// What can be written without waiting long; a pipe that says it is ready takes PIPE_BUF bytes.
bool spool::write_some(int descriptor, std::string& text, bool& broken) {
    if (text.empty()) return false;
    pollfd asked{descriptor, POLLOUT, 0};
    if (::poll(&asked, 1, 20) == 0) return false;
    std::size_t written = 0;
    do {
        ssize_t const n = ::write(descriptor, text.data() + written, std::min<std::size_t>(PIPE_BUF, text.size() - written));
        if (n < 0 && (errno == EINTR || errno == EAGAIN)) break;
        if (n < 0) {
            broken = true;
            written = text.size();
            break;
        }
        written += static_cast<std::size_t>(n);
    } while (written < text.size() && ::poll(&asked, 1, 0) == 1);
    text.erase(0, written);
    return written != 0;
}

}  // namespace segue::command
