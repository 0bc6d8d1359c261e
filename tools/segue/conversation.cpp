// segue decode GRAMMAR --client FILE --server FILE: both directions of a recorded connection, paired.
#include <string>
#include <unistd.h>

#include "commands.hpp"
#include "files.hpp"
#include "report.hpp"
#include "segue/inspect/text.hpp"

namespace segue::command {

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
        json_writer whole;
        whole.text = error_json(failed.why);
        whole.text.pop_back();
        whole.key("@");
        whole.begin_object();
        whole.key("file");
        whole.bytes(side);
        whole.end_object();
        whole.end_object();
        whole.text += '\n';
        (void)!::write(STDERR_FILENO, whole.text.data(), whole.text.size());
    } else {
        std::string const around = excerpt(known, 0, failed.why.offset);
        complain(side + ": " + to_text(failed.why) + (around.empty() ? "" : "\n  " + around));
    }
    return failed.why.code == errc::truncated ? truncated : malformed;
}

}  // namespace segue::command
