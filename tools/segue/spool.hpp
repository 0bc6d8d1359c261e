// Lines on their way to standard output and standard error, written by a thread of its own: whoever reads them slowly, or
// not at all, holds nobody up. What is too much is left out, and said to be.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace segue::command {

class spool {
public:
    static constexpr std::size_t most = std::size_t{4} << 20;  // bytes that wait, of each

    spool();
    spool(spool&&) = delete;
    ~spool();  // writes what waits, as long as somebody reads it

    // Whole lines; they are left out where too much waits.
    void output(std::string const& lines) { put(output_, lines); }
    void error(std::string const& line) { put(error_, line + '\n'); }
    // nobody reads standard output any more
    bool broken();

private:
    struct queue {
        int descriptor;
        std::string waiting{};
        std::uint64_t left_out = 0;  // lines
        bool broken = false;
    };
    void put(queue& q, std::string const& lines);
    void tell_what_was_left_out();
    void run();
    static bool write_some(int descriptor, std::string& text, bool& broken);

    std::mutex guard_;
    std::condition_variable more_;
    queue output_, error_;
    bool stops_ = false;
    std::thread writer_;  // the last member: it uses the others
};

}  // namespace segue::command
