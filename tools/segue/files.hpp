// Files and pipes by read(2) and write(2): input as it arrives, output when it is flushed.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace segue::command {

// One sentence on standard error, with the command's name before it.
void complain(std::string_view sentence);

class input_file {
public:
    explicit input_file(std::string const& name);  // "-": standard input
    input_file(input_file const&) = delete;
    input_file& operator=(input_file const&) = delete;
    ~input_file();

    explicit operator bool() const { return descriptor_ >= 0; }
    // What is there, at most all of `room`; waits only where nothing is. 0: the end. -1: failed, and has said so.
    long read(std::span<char> room);

private:
    std::string name_;
    int descriptor_ = -1;
};

// All of a file, where it has no more than a command may hold; else nothing, and that was said.
std::optional<std::string> all_of(std::string const& name);

// Standard output. A reader who has gone is no news: only `good` says so.
class standard_output {
public:
    std::string text;

    bool good() const { return good_; }
    bool flush();
    bool flush_if_large() { return text.size() < large ? good_ : flush(); }

private:
    static constexpr std::size_t large = 256 * 1024;
    bool good_ = true;
};

}  // namespace segue::command
