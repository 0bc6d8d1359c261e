// What `segue verify` says of a grammar that is broken: each test breaks it in one way, by what a decoder must not depend on.
#include <cstdio>
#include <functional>
#include <string>
#include <unistd.h>

#include "catch.hpp"

#include "../../tools/segue/commands.hpp"

namespace {

using namespace segue;
using namespace segue::command;

// Each byte is a message, and its own letter is what it shows, but for what `letter` says of the byte and its piece.
struct flaw {
    std::function<std::string(char byte, std::string_view piece, std::size_t fed)> letter;
    std::size_t failing_piece = unbounded;  // of this size
};

class broken_stream final : public stream {
public:
    explicit broken_stream(flaw const& f) : flaw_(&f) {}
    void feed(std::string_view arrived) override {
        piece_ = arrived;
        at_ = 0;
        fed_ += arrived.size();
    }
    void close() override { closed_ = true; }
    kind next() override {
        if (piece_.size() == flaw_->failing_piece) {
            error_ = {.code = errc::mismatch, .offset = offset_};
            return kind::failed;
        }
        if (at_ == piece_.size()) return closed_ ? kind::end : kind::need;
        shown_ = flaw_->letter(piece_[at_++], piece_, fed_);
        ++offset_;
        return shown_.empty() ? kind::skipped : kind::message;
    }
    void write_message(json_writer& out) const override { out.string(shown_); }
    void write_head(json_writer&) const override {}
    bool has_payload() const override { return false; }
    std::string_view data() const override { return {}; }
    segue::error const& error() const override { return error_; }
    std::uint64_t offset() const override { return offset_; }
    std::string unread() const override { return {}; }
    bool lower(std::string_view, std::size_t) override { return false; }

private:
    flaw const* flaw_;
    std::string piece_, shown_;
    segue::error error_{};
    std::size_t at_ = 0, fed_ = 0;
    std::uint64_t offset_ = 0;
    bool closed_ = false;
};

class broken_grammar final : public grammar {
public:
    explicit broken_grammar(flaw f) : grammar("broken", ""), flaw_(std::move(f)) {}
    std::unique_ptr<stream> open(bool) const override { return std::make_unique<broken_stream>(flaw_); }
    bool has_events() const override { return false; }
    description describe() const override { return description(command_limits); }
    encode_failure encode(std::string_view, std::string&) const override { return {}; }

private:
    flaw flaw_;
};

struct outcome {
    int status = 0;
    std::string said{};

    friend bool operator==(outcome const&, outcome const&) = default;
};

// What verify says on standard output and standard error.
outcome verified(flaw f, std::string_view content) {
    std::FILE* const file = std::tmpfile();
    std::FILE* const told = std::tmpfile();
    REQUIRE((file && told));
    std::fwrite(content.data(), 1, content.size(), file);
    std::fflush(file);
    std::fflush(stdout);
    int const out = ::dup(1), err = ::dup(2);
    ::dup2(::fileno(told), 1);
    ::dup2(::fileno(told), 2);
    outcome result{verify(broken_grammar(std::move(f)), "/dev/fd/" + std::to_string(::fileno(file)))};
    ::dup2(out, 1);
    ::dup2(err, 2);
    ::close(out);
    ::close(err);
    std::rewind(told);
    char room[1000];
    result.said.assign(room, std::fread(room, 1, sizeof room, told));
    std::fclose(told);
    std::fclose(file);
    return result;
}
std::string itself(char byte) { return {byte}; }

}  // namespace

TEST_CASE("verify: a grammar that is right agrees on every cut") {
    CHECK(verified({[](char b, std::string_view, std::size_t) { return itself(b); }}, "abcd") ==
          outcome{0, "4 cuts agreed: 4 messages, then the end at byte 4\n"});
}

TEST_CASE("verify: of the first event that differs it says what both runs gave") {
    CHECK(verified({[](char b, std::string_view piece, std::size_t) { return piece.size() == 1 && b == 'b' ? "\n" : itself(b); }}, "abcd") ==
          outcome{1, "segue: byte by byte: event 2 differs\n  whole: bytes 1 to 2: \\\"b\\\"\n  cut:   bytes 1 to 2: \\\"\\\\n\\\"\n"});
    CHECK(verified({[](char b, std::string_view piece, std::size_t) { return piece == "cd" ? "?" : itself(b); }}, "abcd") ==
          outcome{1, "segue: cut at byte 2: event 3 differs\n  whole: bytes 2 to 3: \\\"c\\\"\n  cut:   bytes 2 to 3: \\\"?\\\"\n"});
}

TEST_CASE("verify: an event that one run lacks is nothing there") {
    CHECK(verified({[](char b, std::string_view, std::size_t) { return itself(b); }, 1}, "abcd") ==
          outcome{1, "segue: byte by byte: event 1 differs\n  whole: bytes 0 to 1: \\\"a\\\"\n  cut:   mismatch at byte 0: this byte cannot stand here\n"});
    CHECK(verified({[](char b, std::string_view, std::size_t) { return itself(b); }, 2}, "abc") ==
          outcome{1, "segue: cut at byte 1: event 2 differs\n  whole: bytes 1 to 2: \\\"b\\\"\n  cut:   mismatch at byte 1: this byte cannot stand here\n"});
}

TEST_CASE("verify: an event that comes later than byte by byte is told by the part that lacks it") {
    CHECK(verified({[](char b, std::string_view piece, std::size_t fed) { return piece == "ab" && fed == 2 ? "" : itself(b); }}, "abcd") ==
          outcome{1, "segue: cut at byte 2: its first part alone gives 0 messages and 0 bytes of payload, byte by byte it gives 2 and 0\n"});
}
