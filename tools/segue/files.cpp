#include "files.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <vector>

namespace segue::command {

namespace {

// Writes all of it; false where that fails.
bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        ssize_t const n = ::write(descriptor, text.data(), text.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) {  // a terminal that is also the input, which is read without waiting
            pollfd asked{descriptor, POLLOUT, 0};
            (void)::poll(&asked, 1, -1);
            continue;
        }
        if (n < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

}  // namespace

void complain(std::string_view sentence) { write_all(STDERR_FILENO, "segue: " + std::string(sentence) + '\n'); }

input_file::input_file(std::string const& name) : name_(name == "-" ? "standard input" : name) {
    descriptor_ = name == "-" ? STDIN_FILENO : ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor_ < 0) complain("cannot open " + name_ + ": " + std::strerror(errno));
}
input_file::~input_file() {
    if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
}

long input_file::read(std::span<char> room) {
    for (;;) {
        ssize_t const n = ::read(descriptor_, room.data(), room.size());
        if (n >= 0) return static_cast<long>(n);
        if (errno == EINTR) continue;
        complain("cannot read " + name_ + ": " + std::strerror(errno));
        return -1;
    }
}

std::optional<std::string> all_of(std::string const& name) {
    constexpr std::size_t most = std::size_t{256} << 20;
    input_file file(name);
    if (!file) return std::nullopt;
    std::string all;
    std::vector<char> room(std::size_t{1} << 20);
    for (long n; (n = file.read(room)) != 0;) {
        if (n < 0) return std::nullopt;
        if (all.size() + static_cast<std::size_t>(n) > most) {
            complain(name + " has more than " + std::to_string(most) + " bytes, and all of it would have to be held");
            return std::nullopt;
        }
        all.append(room.data(), static_cast<std::size_t>(n));
    }
    return all;
}

bool standard_output::flush() {
    if (good_ && !write_all(STDOUT_FILENO, text)) {
        good_ = false;
        if (errno != EPIPE) complain(std::string("cannot write standard output: ") + std::strerror(errno));
    }
    text.clear();
    return good_;
}

}  // namespace segue::command
