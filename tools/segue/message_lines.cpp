#include "message_lines.hpp"

#include <utility>

namespace segue::command {

kind message_lines::next() {
    kind const what = in_->next();
    if (what == kind::message) message();
    else if (what == kind::part) part();
    return what;
}

// The line grows behind those that are not written yet, without a copy.
std::size_t message_lines::begin_line() {
    std::swap(json_.text, *out_);
    return json_.text.size();
}
// "@" is the object's last member; what a grammar has between its messages belongs to the one behind it.
void message_lines::end_line(std::size_t first, bool with_offsets) {
    if (with_offsets || form_.about) {
        if (json_.text[first] == '{') json_.text.pop_back();
        else json_.text.insert(first, R"({"value":)");
        json_.key("@");
        json_.begin_object();
        if (form_.about) form_.about(json_);
        if (with_offsets) {
            json_.key("offset");
            json_.integer(end_);
            json_.key("size");
            json_.integer(in_->offset() - end_);
        }
        json_.end_object();
        json_.end_object();
    }
    if (form_.before) {
        std::string beginning;
        form_.before(beginning);
        json_.text.insert(first, beginning);
    }
    json_.text += '\n';
    std::swap(json_.text, *out_);
}

void message_lines::message() {
    if (in_->has_payload() && !begun_) head();
    std::size_t const first = begin_line();
    if (form_.events) {
        json_.begin_object();
        json_.key("message");
    }
    in_->write_message(json_);
    if (form_.events) json_.end_object();
    end_line(first, form_.offsets);
    end_ = in_->offset();
    begun_ = false;
    streamed_ = 0;
}
void message_lines::head() {
    begun_ = true;
    std::size_t const first = begin_line();
    json_.begin_object();
    json_.key("begin");
    in_->write_head(json_);
    json_.end_object();
    end_line(first, false);
}
void message_lines::part() {
    if (!begun_) head();
    if (in_->data().empty()) return;  // it told that the head is complete
    std::size_t const first = begin_line();
    json_.begin_object();
    json_.key("data");
    json_.bytes(in_->data());
    json_.end_object();
    end_line(first, false);
    streamed_ += in_->data().size();
}

}  // namespace segue::command
