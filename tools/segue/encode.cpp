// segue encode: lines of JSON to bytes, each as soon as its line is there. The last one may go without its line feed;
// where its JSON is not complete, the input ended inside a message.
#include <cstdint>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

#include "commands.hpp"
#include "files.hpp"
#include "report.hpp"
#include "segue/inspect/text.hpp"

namespace segue::command {

namespace {

constexpr std::size_t longest_line = std::size_t{256} << 20;

//   {"error":{"code":"json","line":3,"path":"/payload","message":"..."}}
std::string failure_json(std::uint64_t line, encode_failure const& e) {
    json_writer out;
    out.begin_object();
    out.key("error");
    out.begin_object();
    out.key("code");
    out.string(e.json ? "json" : name_of(e.wire.code));
    out.key("line");
    out.integer(line);
    out.key("path");
    out.bytes(e.json ? e.json.pointer : path_text(e.wire));
    write_limit(out, e.wire);
    out.key("message");
    out.bytes(e.json ? e.json.message : reason_text(e.wire));
    out.end_object();
    out.end_object();
    return std::move(out.text);
}
std::string failure_text(std::uint64_t line, encode_failure const& e) {
    std::string const where = "line " + std::to_string(line);
    if (e.json) return where + (e.json.pointer.empty() ? "" : ", " + e.json.pointer) + ": " + e.json.message;
    std::string const path = path_text(e.wire);
    return where + ": " + std::string(name_of(e.wire.code)) + (path.empty() ? "" : ", in " + path) + ": " +
           reason_text(e.wire);
}

class encoding {
public:
    encoding(grammar const& g, standard_output& out, bool json_errors)
        : grammar_(&g), out_(&out), json_errors_(json_errors) {}

    // The exit status, where this line ends it all; else all_well. An empty line is nothing.
    int line(std::string_view text) { return take(text, malformed); }
    // ... of the one that the end of the input ends.
    int last_line(std::string_view text) { return take(text, truncated); }

private:
    int take(std::string_view text, int where_incomplete) {
        ++number_;
        if (text.find_first_not_of(" \t\r") == std::string_view::npos) return all_well;
        if (text.size() > longest_line) return fail({{{}, "the line is longer than any message"}, {}}, malformed);
        if (encode_failure const e = grammar_->encode(text, out_->text)) return fail(e, e.json.incomplete ? where_incomplete : malformed);
        return out_->flush_if_large() ? all_well : wrong_usage;
    }
    int fail(encode_failure const& e, int status) {
        if (!out_->flush()) return wrong_usage;
        if (json_errors_) {
            std::string const text = failure_json(number_, e) + '\n';
            (void)!::write(STDERR_FILENO, text.data(), text.size());
        } else {
            complain(failure_text(number_, e));
        }
        return status;
    }

    grammar const* grammar_;
    standard_output* out_;
    bool json_errors_;
    std::uint64_t number_ = 0;
};

}  // namespace

int encode(grammar const& g, std::string const& file_name, bool json_errors) {
    input_file file(file_name);
    if (!file) return wrong_usage;
    standard_output out;
    encoding running(g, out, json_errors);
    std::vector<char> room(std::size_t{256} * 1024);
    std::string unfinished;
    for (;;) {
        if (!out.flush()) return wrong_usage;
        long const n = file.read(room);
        if (n < 0) return wrong_usage;
        if (n == 0) break;
        std::string_view arrived(room.data(), static_cast<std::size_t>(n));
        for (std::size_t end; (end = arrived.find('\n')) != std::string_view::npos; arrived.remove_prefix(end + 1)) {
            std::string_view text = arrived.substr(0, end);
            if (!unfinished.empty()) text = unfinished += text;
            if (int const status = running.line(text); status != all_well) return status;
            unfinished.clear();
        }
        unfinished += arrived;
        if (unfinished.size() > longest_line) return running.line(unfinished);
    }
    if (int const status = running.last_line(unfinished); status != all_well) return status;
    return out.flush() ? all_well : wrong_usage;
}

}  // namespace segue::command
