// What a decoder reads, as lines of JSON: the messages, or the events of streamed ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "grammar.hpp"

namespace segue::command {

// What stands on a line beside the message.
struct line_form {
    bool events = false;                             // each event of a streamed message
    bool offsets = false;                            // "@":{"offset":..,"size":..}
    std::function<void(json_writer&)> about{};       // more members of "@", on every line
    std::function<void(std::string&)> before{};      // what the line begins with
};

class message_lines {
public:
    message_lines(stream& in, line_form form, std::string& out) : in_(&in), form_(std::move(form)), out_(&out) {}

    // Asks for one event and appends its line, if it has one.
    kind next();
    // Bytes of the message under way that were handed out.
    std::uint64_t streamed() const { return streamed_; }

private:
    void message();
    void head();
    void part();
    std::size_t begin_line();
    void end_line(std::size_t first, bool with_offsets);

    stream* in_;
    line_form form_;
    std::string* out_;
    json_writer json_;
    bool begun_ = false;
    std::uint64_t end_ = 0;  // of the last message
    std::uint64_t streamed_ = 0;
};

}  // namespace segue::command
