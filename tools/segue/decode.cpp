// segue decode: reads what is there, prints what is complete, flushes, and only then waits.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <unistd.h>

#include "commands.hpp"
#include "files.hpp"
#include "limits.hpp"
#include "message_lines.hpp"
#include "report.hpp"
#include "segue/inspect/text.hpp"
#include "segue/transport/posix_listener.hpp"
#include "segue/transport/posix_open.hpp"

namespace segue::command {

namespace {

// Bytes and rate on standard error, a few times a second; silent where that is no terminal.
class progress_line {
public:
    explicit progress_line(bool wanted) : shown_(wanted && ::isatty(STDERR_FILENO) != 0) {}

    void add(std::size_t n) {
        bytes_ += n;
        if (shown_ && clock::now() - last_ > std::chrono::milliseconds(200)) show("");
    }
    void finish() {
        if (shown_) show("\n");
        shown_ = false;
    }

private:
    using clock = std::chrono::steady_clock;

    void show(char const* end) {
        last_ = clock::now();
        double const seconds = std::chrono::duration<double>(last_ - begin_).count();
        double const rate = seconds > 0 ? static_cast<double>(bytes_) / seconds / 1e6 : 0;
        char text[96];
        int const size = std::snprintf(text, sizeof text, "\r%llu bytes, %.1f MB/s\x1b[K%s",
                                       static_cast<unsigned long long>(bytes_), rate, end);
        (void)!::write(STDERR_FILENO, text, static_cast<std::size_t>(size));
    }

    bool shown_;
    std::uint64_t bytes_ = 0;
    clock::time_point begin_ = clock::now(), last_ = begin_;
};

// Prints every event that the bytes at hand give. Answers need, end or failed.
kind print_all(message_lines& lines, standard_output& out) {
    for (;;) {
        kind const what = lines.next();
        if (what == kind::need || what == kind::end || what == kind::failed) return what;
        if (!out.flush_if_large()) return kind::failed;
    }
}

// Feeds what the transport brings, at most `chunk` bytes at a time, until something is wrong.
class arrival final : public receiver {
public:
    arrival(stream& in, message_lines& lines, standard_output& out, progress_line& progress, posix::transport& from, std::size_t chunk)
        : in_(&in), lines_(&lines), out_(&out), progress_(&progress), from_(&from), chunk_(chunk != 0 ? chunk : unbounded) {}

    kind last = kind::need;
    recent_bytes bytes{};

private:
    void on_bytes(std::string_view arrived) override {
        bytes.next(arrived);
        progress_->add(arrived.size());
        for (std::string_view left = arrived; last == kind::need && !left.empty();) {
            std::string_view const piece = left.substr(0, chunk_);
            left.remove_prefix(piece.size());
            in_->feed(piece);
            last = print_all(*lines_, *out_);
        }
        if (last != kind::need) from_->pause_reading();
    }
    void on_end() override {
        in_->close();
        last = print_all(*lines_, *out_);
    }
    void on_abort() override {}
    void on_writable() override {}
    void on_time() override {}

    stream* in_;
    message_lines* lines_;
    standard_output* out_;
    progress_line* progress_;
    posix::transport* from_;
    std::size_t chunk_;
};

}  // namespace

int decode(grammar const& g, std::unique_ptr<stream> in, decode_options const& options) {
    for (auto const& one : options.limits)
        if (auto const wrong = lower(*in, g, one)) {
            complain(*wrong);
            return wrong_usage;
        }
    std::string const name = options.file == "-" ? "standard input" : options.file;
    auto source = options.file == "-" ? posix::opened<posix::channel>(posix::standard_input()) : posix::file_to_read(options.file);
    if (!source) {
        complain("cannot read " + name + ": " + source.error().message());
        return wrong_usage;
    }

    standard_output out;
    progress_line progress(options.progress);
    message_lines lines(*in, {.events = options.events, .offsets = options.offsets}, out.text);
    posix::loop loop;
    posix::transport transport(loop, std::move(*source));
    arrival ear(*in, lines, out, progress, transport, options.chunk);
    transport.start(ear);
    while (ear.last == kind::need && transport.open()) {
        if (!out.flush()) return wrong_usage;
        if (!loop.turn()) break;
    }
    if (transport.error()) {
        complain("cannot read " + name + ": " + transport.error().message());
        return wrong_usage;
    }
    kind const last = ear.last;
    recent_bytes const& bytes = ear.bytes;
    progress.finish();
    if (!out.flush()) return wrong_usage;
    if (last == kind::end) return all_well;

    error const& e = in->error();
    if (options.json_errors) {
        std::string const text = error_json(e) + '\n';
        (void)!::write(STDERR_FILENO, text.data(), text.size());
    } else {
        std::string const around = excerpt_for(*in, bytes, lines.streamed() != 0);
        complain(to_text(e) + (around.empty() ? "" : "\n  " + around));
    }
    return e.code == errc::truncated ? truncated : malformed;
}

}  // namespace segue::command
