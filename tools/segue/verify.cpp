// segue verify: the file in one piece is the reference; byte by byte and cut in two at every place it must give the
// same events, no event later than another cut gives it, and the same end.
#include <algorithm>
#include <cstdint>
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

// One run over the file: its events as text, pieces of a payload joined.
class run {
public:
    run(grammar const& g, bool events) : in_(g.open(events)) {}

    // Each piece in an allocation of its own, so that a view that outlives it is seen by a sanitizer.
    void feed(std::string_view piece) {
        if (far_.failed) return;
        std::string const own(piece);
        in_->feed(own);
        pull();
    }
    void close() {
        if (far_.failed) return;
        in_->close();
        pull();
    }
    progress const& far() const { return far_; }
    std::vector<std::string> const& events() const { return events_; }

private:
    void pull() {
        for (;;) {
            switch (in_->next()) {
                case kind::message: note_message(); break;
                case kind::part: note_data(); break;
                case kind::skipped: break;
                case kind::need: return;
                case kind::end: events_.emplace_back("the end at byte " + std::to_string(in_->offset())); return;
                case kind::failed:
                    events_.push_back(to_text(in_->error()));
                    far_.failed = true;
                    return;
            }
        }
    }
    void note_message() {
        json_writer out;
        in_->write_message(out);
        events_.push_back("bytes " + std::to_string(end_) + " to " + std::to_string(in_->offset()) + ": " + out.text);
        end_ = in_->offset();
        ++far_.messages;
        in_payload_ = false;
    }
    void note_data() {
        if (!in_payload_) {
            json_writer head;
            in_->write_head(head);
            events_.push_back("begin " + head.text);
            events_.emplace_back("data ");
        }
        in_payload_ = true;
        events_.back() += in_->data();
        far_.streamed += in_->data().size();
    }

    std::unique_ptr<stream> in_;
    std::vector<std::string> events_;
    progress far_;
    std::uint64_t end_ = 0;  // of the last message
    bool in_payload_ = false;
};

std::optional<std::string> difference(run const& whole, run const& cut) {
    auto const& a = whole.events();
    auto const& b = cut.events();
    for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
        std::string const one = i < a.size() ? escaped_text(a[i]) : "nothing";
        std::string const other = i < b.size() ? escaped_text(b[i]) : "nothing";
        if (one != other) return "event " + std::to_string(i + 1) + " differs\n  whole: " + one + "\n  cut:   " + other;
    }
    return std::nullopt;
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
    run whole(g, events);
    if (!file.empty()) whole.feed(file);
    whole.close();
    end = std::to_string(whole.far().messages) + (whole.far().messages == 1 ? " message, then " : " messages, then ") +
          whole.events().back();

    std::vector<std::size_t> const places = places_to_cut(file.size());
    std::vector<progress> after;  // at each of the places
    run bytewise(g, events);
    for (std::size_t i = 0, next = 0; i < file.size(); ++i) {
        bytewise.feed(file.substr(i, 1));
        if (next < places.size() && places[next] == i + 1) {
            after.push_back(bytewise.far());
            ++next;
        }
    }
    bytewise.close();
    if (auto found = difference(whole, bytewise)) return "byte by byte: " + *found;
    ++agreed;

    for (std::size_t i = 0; i < places.size(); ++i) {
        std::string const where = "cut at byte " + std::to_string(places[i]) + ": ";
        run cut(g, events);
        cut.feed(file.substr(0, places[i]));
        if (cut.far() != after[i])
            return where + "its first part alone gives " + std::to_string(cut.far().messages) + " messages and " +
                   std::to_string(cut.far().streamed) + " bytes of payload, byte by byte it gives " +
                   std::to_string(after[i].messages) + " and " + std::to_string(after[i].streamed);
        cut.feed(file.substr(places[i]));
        cut.close();
        if (auto found = difference(whole, cut)) return where + *found;
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
