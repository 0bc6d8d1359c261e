// segue decode GRAMMAR --client FILE --server FILE: both directions of a recorded connection, paired.
#include <optional>
#include <string>
#include <unistd.h>
#include <vector>

#include "commands.hpp"
#include "files.hpp"
#include "report.hpp"
#include "segue/inspect/text.hpp"

namespace segue::command {

namespace {

std::optional<std::string> all_of(std::string const& name) {
    input_file file(name);
    if (!file) return std::nullopt;
    std::string all;
    std::vector<char> room(std::size_t{1} << 20);
    for (long n; (n = file.read(room)) != 0;) {
        if (n < 0) return std::nullopt;
        all.append(room.data(), static_cast<std::size_t>(n));
    }
    return all;
}

}  // namespace

int decode_conversation(conversation const& c, std::string const& client_file, std::string const& server_file, bool json_errors) {
    auto const client = all_of(client_file), server = all_of(server_file);
    if (!client || !server) return wrong_usage;
    standard_output out;
    conversation::failure const failed = c.decode(*client, *server, out.text);
    if (!out.flush()) return wrong_usage;
    if (!failed) return all_well;
    std::string const& side = failed.of_client ? client_file : server_file;
    std::string const& known = failed.of_client ? *client : *server;
    if (json_errors) {
        std::string const text = error_json(failed.why) + '\n';
        (void)!::write(STDERR_FILENO, text.data(), text.size());
    } else {
        std::string const around = excerpt(known, 0, failed.why.offset);
        complain(side + ": " + to_text(failed.why) + (around.empty() ? "" : "\n  " + around));
    }
    return failed.why.code == errc::truncated ? truncated : malformed;
}

}  // namespace segue::command
