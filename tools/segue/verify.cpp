// segue verify: the file in one piece is the reference; byte by byte and cut in two at every place it must give the
// same events, no event later than another cut gives it, and the same end.
#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "commands.hpp"
#include "files.hpp"
#include "segue/inspect/text.hpp"

namespace segue::command {

namespace {

// How far a run has come.
struct progress {
    std::size_t messages = 0;
    std::uint64_t streamed = 0;
    bool failed = false;

    friend bool operator==(progress const&, progress const&) = default;
};

// One run over the file, its first piece of one size and all others of another: its events as text, one after the other,
// pieces of a payload joined.
class run {
public:
    run(grammar const& g, bool events, std::string_view file, std::size_t first, std::size_t others)
        : in_(g.open(events)), left_(file), next_size_(first), others_(others) {}

    // Nothing behind the last one.
    std::optional<std::string> next() {
        while (ready_.empty() && go_on()) {}
        if (ready_.empty()) return std::nullopt;
        std::string one = std::move(ready_.front());
        ready_.pop_front();
        return one;
    }
    progress const& far() const { return far_; }
    // How far each piece alone took it; nothing of the pieces behind an error.
    std::vector<progress> const& after() const { return after_; }
    void note_after(std::vector<std::size_t> const& places) { places_ = places; }

private:
    bool go_on() {
        if (over_) return false;
        switch (begun_ ? in_->next() : kind::need) {
            case kind::message: note_message(); break;
            case kind::part: note_data(); break;
            case kind::skipped: break;
            case kind::need: supply(); break;
            case kind::end: finish("the end at byte " + std::to_string(in_->offset())); break;
            case kind::failed:
                far_.failed = true;
                finish(to_text(in_->error()));
                break;
        }
        return true;
    }
    // Each piece in an allocation of its own, so that a view that outlives it is seen by a sanitizer.
    void supply() {
        if (after_.size() < places_.size() && places_[after_.size()] == fed_) after_.push_back(far_);
        begun_ = true;
        if (!left_.empty()) {
            std::string_view const piece = left_.substr(0, next_size_);
            piece_ = std::vector<char>(piece.begin(), piece.end());
            left_.remove_prefix(piece.size());
            fed_ += piece.size();
            next_size_ = others_;
            in_->feed({piece_.data(), piece_.size()});
        } else if (!closed_) {
            closed_ = true;
            in_->close();
        } else {
            end_payload();
            over_ = true;
        }
    }
    void finish(std::string last) {
        end_payload();
        ready_.push_back(std::move(last));
        after_.resize(places_.size(), far_);
        over_ = true;
    }
    void note_message() {
        end_payload();
        json_writer out;
        in_->write_message(out);
        ready_.push_back("bytes " + std::to_string(end_) + " to " + std::to_string(in_->offset()) + ": " + out.text);
        end_ = in_->offset();
        ++far_.messages;
    }
    void note_data() {
        if (!payload_) {
            json_writer head;
            in_->write_head(head);
            ready_.push_back("begin " + head.text);
            payload_ = "data ";
        }
        *payload_ += in_->data();
        far_.streamed += in_->data().size();
    }
    void end_payload() {
        if (payload_) ready_.push_back(std::move(*payload_));
        payload_.reset();
    }

    std::unique_ptr<stream> in_;
    std::string_view left_;
    std::size_t next_size_, others_;
    std::uint64_t fed_ = 0;
    std::vector<char> piece_;
    std::deque<std::string> ready_;
    std::optional<std::string> payload_;
    std::vector<std::size_t> places_;
    std::vector<progress> after_;
    progress far_;
    std::uint64_t end_ = 0;  // of the last message
    bool begun_ = false, closed_ = false, over_ = false;
};

// What is kept of all events of a run: where two digests differ, the runs are made again to see which event it was.
struct digest {
    std::uint64_t events = 0;
    std::uint64_t hash = 0;
    std::string last{};

    friend bool operator==(digest const&, digest const&) = default;
};
digest digest_of(run& r) {
    digest result;
    while (auto one = r.next()) {
        constexpr std::uint64_t odd = 0x9e3779b97f4a7c15;  // the order counts
        result.hash = (result.hash + std::hash<std::string>{}(*one)) * odd;
        ++result.events;
        result.last = std::move(*one);
    }
    return result;
}

std::string difference(run whole, run cut) {
    for (std::uint64_t i = 1;; ++i) {
        auto const a = whole.next(), b = cut.next();
        if (a != b)
            return "event " + std::to_string(i) + " differs\n  whole: " + (a ? escaped_text(*a) : "nothing") + "\n  cut:   " +
                   (b ? escaped_text(*b) : "nothing");
        if (!a) return "the events differ, but not each time";
    }
}

// Every place, or so many as a budget of decoded bytes allows, evenly spread.
std::vector<std::size_t> places_to_cut(std::size_t size) {
    constexpr std::size_t budget = std::size_t{64} << 20, fewest = 16;
    std::vector<std::size_t> places;
    if (size < 2) return places;
    std::size_t const count = std::min(size - 1, std::max(fewest, budget / size));
    for (std::size_t i = 0; i < count; ++i) places.push_back(1 + i * (size - 1) / count);
    return places;
}

// The first difference; counts the cuts that agreed.
std::optional<std::string> verify_form(grammar const& g, bool events, std::string_view file, std::size_t& agreed,
                                       std::string& end) {
    auto const cut_after = [&](std::size_t first, std::size_t others) { return run(g, events, file, first, others); };
    run whole = cut_after(file.size(), file.size());
    digest const wanted = digest_of(whole);
    end = std::to_string(whole.far().messages) + (whole.far().messages == 1 ? " message, then " : " messages, then ") + wanted.last;
    auto const difference_to_whole = [&](std::size_t first, std::size_t others) {
        return difference(cut_after(file.size(), file.size()), cut_after(first, others));
    };

    std::vector<std::size_t> const places = places_to_cut(file.size());
    run bytewise = cut_after(1, 1);
    bytewise.note_after(places);
    if (digest_of(bytewise) != wanted) return "byte by byte: " + difference_to_whole(1, 1);
    ++agreed;

    for (std::size_t i = 0; i < places.size(); ++i) {
        std::string const where = "cut at byte " + std::to_string(places[i]) + ": ";
        run cut = cut_after(places[i], file.size());
        cut.note_after({places[i]});
        digest const found = digest_of(cut);
        progress const& alone = cut.after()[0];
        progress const& wanted_alone = bytewise.after()[i];
        if (alone != wanted_alone)
            return where + "its first part alone gives " + std::to_string(alone.messages) + " messages and " +
                   std::to_string(alone.streamed) + " bytes of payload, byte by byte it gives " +
                   std::to_string(wanted_alone.messages) + " and " + std::to_string(wanted_alone.streamed);
        if (found != wanted) return where + difference_to_whole(places[i], file.size());
        ++agreed;
    }
    return std::nullopt;
}

}  // namespace

int verify(grammar const& g, std::string const& file_name) {
    auto const file = all_of(file_name);
    if (!file) return wrong_usage;
    standard_output out;
    std::size_t agreed = 0;
    std::string end;
    auto found = verify_form(g, false, *file, agreed, end);
    if (!found && g.has_events()) {
        std::string streamed_end;
        found = verify_form(g, true, *file, agreed, streamed_end);
        if (found) found = "streamed, " + *found;
    }
    if (found) {
        complain(*found);
        return malformed;
    }
    bool const sampled = places_to_cut(file->size()).size() + 1 < file->size();
    out.text = std::to_string(agreed) + (agreed == 1 ? " cut agreed" : " cuts agreed") +
               (sampled ? " (a sample: the file is large)" : "") + ": " + escaped_text(end) + '\n';
    return out.flush() ? all_well : wrong_usage;
}

}  // namespace segue::command
