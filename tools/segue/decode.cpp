// segue decode: reads what is there, prints what is complete, flushes, and only then waits.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

#include "commands.hpp"
#include "files.hpp"
#include "report.hpp"
#include "segue/inspect/text.hpp"
#include "segue/transport/posix_loop.hpp"
#include "segue/transport/posix_open.hpp"
#include "segue/transport/ready_transport.hpp"

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

class decoding {
public:
    decoding(stream& in, decode_options const& options, standard_output& out)
        : in_(&in), options_(&options), out_(&out) {}

    std::uint64_t streamed() const { return streamed_; }

    // Prints every event that the bytes at hand give. Answers need, end or failed.
    kind run() {
        for (;;) {
            kind const what = in_->next();
            if (what == kind::message) message();
            else if (what == kind::part) part();
            else if (what != kind::skipped) return what;
            if (!out_->flush_if_large()) return kind::failed;
        }
    }

private:
    json_writer& line() {
        std::swap(json_.text, out_->text);
        return json_;
    }
    void end_line() {
        json_.text += '\n';
        std::swap(json_.text, out_->text);
    }

    void message() {
        if (in_->has_payload() && !begun_) head();
        json_writer& out = line();
        std::size_t const first = out.text.size();
        if (options_->events) {
            out.begin_object();
            out.key("message");
        }
        in_->write_message(out);
        if (options_->events) out.end_object();
        if (options_->offsets) place(out, first);
        end_line();
        end_ = in_->offset();
        begun_ = false;
        streamed_ = 0;
    }
    // as the object's last member; what a grammar has between its messages belongs to the one behind it
    void place(json_writer& out, std::size_t first) {
        if (out.text[first] == '{') out.text.pop_back();
        else out.text.insert(first, R"({"value":)");
        out.key("@");
        out.begin_object();
        out.key("offset");
        out.integer(end_);
        out.key("size");
        out.integer(in_->offset() - end_);
        out.end_object();
        out.end_object();
    }
    void head() {
        begun_ = true;
        json_writer& out = line();
        out.begin_object();
        out.key("begin");
        in_->write_head(out);
        out.end_object();
        end_line();
    }
    void part() {
        if (!begun_) head();
        if (in_->data().empty()) return;  // it told that the head is complete
        json_writer& out = line();
        out.begin_object();
        out.key("data");
        out.bytes(in_->data());
        out.end_object();
        end_line();
        streamed_ += in_->data().size();
    }

    stream* in_;
    decode_options const* options_;
    standard_output* out_;
    json_writer json_;
    bool begun_ = false;
    std::uint64_t end_ = 0;  // of the last message
    std::uint64_t streamed_ = 0;  // bytes of the message under way that were handed out
};

std::set<std::string> limit_names(grammar const& g) {
    std::set<std::string> names{"message", "element", "items"};
    description const d = g.describe();
    for (node const& n : d.nodes())
        if (!n.limit.empty()) names.emplace(n.limit);
    return names;
}

// A sentence where the limit cannot be lowered like that.
std::optional<std::string> lower(stream& in, grammar const& g, std::string const& text) {
    std::size_t const equals = text.find('=');
    if (equals == std::string::npos) return "--limit takes NAME=VALUE, not " + text;
    std::string const name = text.substr(0, equals);
    std::size_t most = 0;
    char const* const end = text.data() + text.size();
    auto const parsed = std::from_chars(text.data() + equals + 1, end, most);
    if (parsed.ec != std::errc{} || parsed.ptr != end)
        return "the value of --limit " + name + " must be a number of bytes or items";
    auto const names = limit_names(g);
    if (auto const known = names.find(name); known != names.end()) {
        // the decoder refers to the name
        std::string_view const kept = std::string_view(text).substr(0, equals);
        if (in.lower(kept, most)) return std::nullopt;
        return "too many different limits";
    }
    std::string sentence = g.name() + " has no limit named " + name + "; it has:";
    for (auto const& one : names) sentence += ' ' + one;
    return sentence;
}

// The last bytes that were read, and what came before them.
struct window {
    std::string before{};       // the last bytes of the chunks before
    std::string_view chunk{};
    std::uint64_t chunk_from = 0;

    std::string tail{};         // of the chunk: its own bytes go when the next ones are read

    void next(std::string_view arrived) {
        before = last_of(before + tail);
        tail = last_of(arrived);
        chunk_from += chunk.size();
        chunk = arrived;
    }
    static std::string last_of(std::string_view all) {
        constexpr std::size_t enough = 16;
        return std::string(all.substr(all.size() - std::min(all.size(), enough)));
    }
};

// Feeds what the transport brings, at most `chunk` bytes at a time, until something is wrong.
class arrival final : public receiver {
public:
    arrival(stream& in, decoding& running, progress_line& progress, ready_transport<posix::channel, posix::loop>& from, std::size_t chunk)
        : in_(&in), running_(&running), progress_(&progress), from_(&from), chunk_(chunk != 0 ? chunk : unbounded) {}

    kind last = kind::need;
    window bytes{};

private:
    void on_bytes(std::string_view arrived) override {
        bytes.next(arrived);
        progress_->add(arrived.size());
        for (std::string_view left = arrived; last == kind::need && !left.empty();) {
            std::string_view const piece = left.substr(0, chunk_);
            left.remove_prefix(piece.size());
            in_->feed(piece);
            last = running_->run();
        }
        if (last != kind::need) from_->pause_reading();
    }
    void on_end() override {
        in_->close();
        last = running_->run();
    }
    void on_abort() override {}
    void on_writable() override {}
    void on_time() override {}

    stream* in_;
    decoding* running_;
    progress_line* progress_;
    ready_transport<posix::channel, posix::loop>* from_;
    std::size_t chunk_;
};

std::string excerpt_for(stream const& in, window const& bytes, bool streamed) {
    std::uint64_t const place = in.error().offset;
    std::string const known = bytes.before + std::string(bytes.chunk);
    std::uint64_t const from = bytes.chunk_from - bytes.before.size();
    if (place >= from + 8 || from == 0 || streamed) return excerpt(known, from, place);
    return excerpt(in.unread(), in.offset(), place);  // the message began further back
}

}  // namespace

int decode(grammar const& g, std::unique_ptr<stream> in, decode_options const& options) {
    for (auto const& one : options.limits)
        if (auto const wrong = lower(*in, g, one)) {
            complain(*wrong);
            return wrong_usage;
        }
    auto source = options.file == "-" ? posix::opened<posix::channel>(posix::standard_input()) : posix::file_to_read(options.file);
    if (!source) {
        complain("cannot read " + options.file + ": " + source.error().message());
        return wrong_usage;
    }

    standard_output out;
    progress_line progress(options.progress);
    decoding running(*in, options, out);
    posix::loop loop;
    ready_transport<posix::channel, posix::loop> transport(loop, std::move(*source));
    arrival ear(*in, running, progress, transport, options.chunk);
    transport.start(ear);
    while (ear.last == kind::need && transport.open()) {
        if (!out.flush()) return wrong_usage;
        if (!loop.turn()) break;
    }
    if (transport.error()) {
        complain("cannot read " + options.file + ": " + transport.error().message());
        return wrong_usage;
    }
    kind const last = ear.last;
    window const& bytes = ear.bytes;
    progress.finish();
    if (!out.flush()) return wrong_usage;
    if (last == kind::end) return all_well;

    error const& e = in->error();
    if (options.json_errors) {
        std::string const text = error_json(e) + '\n';
        (void)!::write(STDERR_FILENO, text.data(), text.size());
    } else {
        std::string const around = excerpt_for(*in, bytes, running.streamed() != 0);
        complain(to_text(e) + (around.empty() ? "" : "\n  " + around));
    }
    return e.code == errc::truncated ? truncated : malformed;
}

}  // namespace segue::command
