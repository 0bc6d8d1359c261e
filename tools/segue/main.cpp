// The command line.
#include <CLI/CLI.hpp>
#include <charconv>
#include <csignal>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

#include "commands.hpp"
#include "files.hpp"
#include "limits.hpp"

namespace {

using namespace segue::command;

constexpr char const* exit_status =
    "Exit status: 0 all well; 1 malformed input; 2 wrong usage, or a file that cannot be read or written;\n"
    "3 the input ended inside a message.";

constexpr char const* about_formats =
    "text  a tree, a line for each codec\n"
    "json  the same for programs, complete\n"
    "ebnf  rules in ABNF (RFC 5234, RFC 7405)\n"
    "svg   packets of binary formats, railroads of text formats, diagrams of states\n"
    "\n";

constexpr char const* about_decode =
    "Writes a line of JSON for each message as soon as its last byte is there.\n"
    "\n"
    "With --events a line is one event:\n"
    "  {\"begin\": {...}}     the members before a streamed payload, and its size\n"
    "  {\"data\": ...}        a piece of the payload, as it arrived\n"
    "  {\"message\": {...}}   the message is complete\n"
    "A grammar without a streamed payload gives only the last one. `segue encode` reads the lines without --events.\n"
    "\n"
    "With --pcap it reads the TCP streams of a capture, as tcpdump -w writes it, both directions; \"@\" of a message has its\n"
    "stream, from, to, time, and its place in its direction. http1 and resp stand for the grammars of both sides. What the\n"
    "capture lacks is an error of its stream: it counts as input that ended there.\n"
    "\n"
    "Limits that --limit lowers: message (bytes, 67108864), element (bytes, 16777216), items (1000000), and those\n"
    "that the grammar names; `segue describe` shows them.\n"
    "\n";

constexpr char const* about_tap =
    "Bytes are passed on unchanged, before they are looked at: whatever is malformed, or not decoded any more, goes through,\n"
    "and is told on standard error. A line of JSON is a message with \"@\", its stream, from, to, time and place; on a terminal,\n"
    "or with --format text, it is a time, the number of the connection, > or <, and the message.\n"
    "It runs until SIGINT or SIGTERM.\n"
    "\n";

// What is wrong with a number of bytes; CLI11 would count the range in doubles.
std::string wrong_size(std::string const& text) {
    std::size_t size = 0;
    char const* const end = text.data() + text.size();
    auto const parsed = std::from_chars(text.data(), end, size);
    return parsed.ec == std::errc{} && parsed.ptr == end && size != 0 ? "" : "takes a number of bytes, at least 1, not " + text;
}

// What CLI11 found wrong. Of a word that is no subcommand it only says that one is required.
std::string sentence_of(CLI::App const& app, CLI::ParseError const& e) {
    auto const unknown = app.remaining();
    auto const chosen = app.get_subcommands();
    bool const no_subcommand = chosen.empty() && !unknown.empty() && !unknown.front().starts_with('-');
    std::string const what = no_subcommand ? "there is no subcommand " + unknown.front() : e.what();
    return what + "; see segue " + (chosen.empty() ? "" : chosen.front()->get_name() + ' ') + "--help";
}

grammar const* grammar_named(registry const& all, std::string const& name) {
    if (grammar const* found = all.find(name)) return found;
    std::string sentence;
    if (two_way const* const both = all.find_two_way(name)) {
        sentence = name + " is both directions of a connection; the grammar of one is " + both->of_client + " or " + both->of_server;
        if (all.find_conversation(name)) sentence += "; decode --client and --server, or --pcap, take both";
    } else {
        sentence = "there is no grammar named " + name + "; there are:";
        for (auto const& g : all.all()) sentence += ' ' + g->name();
    }
    complain(sentence);
    return nullptr;
}

}  // namespace

int main(int count, char** arguments) {
    std::signal(SIGPIPE, SIG_IGN);  // a reader who has gone is seen by write

    registry const all;
    std::string name, format = "text", errors = "text", file = "-", client, server, leniency;
    decode_options options;
    capture_options capture;
    tap_options tapping;
    std::string tap_format;
    std::vector<std::string> certificate_and_key;

    CLI::App app("Decodes, encodes, describes and verifies wire formats.", "segue");
    app.require_subcommand(1);
    app.footer(exit_status);
    app.set_version_flag("--version", "segue " SEGUE_VERSION, "Says which version this is.");

    auto* const list_command = app.add_subcommand("list", "Names the grammars, and the protocols that can be described.");

    auto* const describe_command = app.add_subcommand("describe", "Shows the layout of a grammar, and the states of a protocol.");
    describe_command->footer(std::string(about_formats) + exit_status);
    describe_command->add_option("GRAMMAR", name, "or a protocol")->required();
    describe_command->add_option("--format", format, "text (the default), json, ebnf or svg")->check(CLI::IsMember({"text", "json", "ebnf", "svg"}));

    auto* const decode_command = app.add_subcommand("decode", "Bytes to lines of JSON, as they arrive.");
    decode_command->footer(std::string(about_decode) + exit_status);
    decode_command->add_option("GRAMMAR", name)->required();
    decode_command->add_option("FILE", options.file, "standard input, where none is given or it is -");
    decode_command->add_option("--chunk", options.chunk, "feed at most so many bytes at a time")
        ->check(wrong_size);
    decode_command->add_flag("--offsets", options.offsets, "add \"@\":{\"offset\":..,\"size\":..} to each message");
    decode_command->add_option("--limit", options.limits, "NAME=VALUE: lower a limit; again for another name")
        ->allow_extra_args(false);
    decode_command->add_flag("--events", options.events, "show each event of a streamed message");
    decode_command->add_option("--lenient", leniency, "read one kind of malformed message as well, by the name of the leniency; shows events");
    decode_command->add_flag("--progress", options.progress, "bytes and rate on standard error, if it is a terminal");
    decode_command->add_option("--client", client, "with --server: what the client of a conversation sent, for GRAMMAR http1");
    decode_command->add_option("--server", server, "what the server sent; a line of JSON has a request and its response");
    decode_command->add_option("--pcap", capture.file, "the TCP streams of this capture, instead of FILE");
    decode_command->add_option("--port", capture.port, "with --pcap: only streams that one side has at this port");
    decode_command->add_option("--errors", errors, "how errors are written on standard error: text (the default) or json")->check(CLI::IsMember({"text", "json"}));

    auto* const encode_command = app.add_subcommand("encode", "Lines of JSON, as decode writes them, to bytes.");
    encode_command->footer(exit_status);
    encode_command->add_option("GRAMMAR", name)->required();
    encode_command->add_option("FILE", file, "standard input, where none is given or it is -");
    encode_command->add_option("--errors", errors, "how errors are written on standard error: text (the default) or json")->check(CLI::IsMember({"text", "json"}));

    auto* const tap_command = app.add_subcommand("tap", "Stands between a client and a server, passes on their bytes, and shows the messages.");
    tap_command->footer(std::string(about_tap) + exit_status);
    tap_command->add_option("GRAMMAR", name, "http1 and resp stand for the grammars of both sides")->required();
    tap_command->add_option("--listen", tapping.listen, "PORT or ADDRESS:PORT for clients; a port alone is one of 127.0.0.1, and 0 takes a free one")->required();
    tap_command->add_option("--to", tapping.to, "HOST:PORT of the server; tls:HOST:PORT where it speaks TLS")->required();
    tap_command->add_option("--tls", certificate_and_key, "CERTIFICATE KEY: speak TLS to clients, with these PEM files")->expected(2);
    tap_command->add_option("--ca", tapping.authorities, "with --to tls: a PEM file of those who may vouch for the server (default: the system's)");
    tap_command->add_option("--format", tap_format, "text or json (default: text on a terminal)")->check(CLI::IsMember({"text", "json"}));
    tap_command->add_option("--limit", tapping.limits, "NAME=VALUE: lower a limit of decoding; again for another name")->allow_extra_args(false);
    tap_command->add_flag("--events", tapping.events, "show each event of a streamed message");
    tap_command->add_option("--errors", errors, "how errors are written on standard error: text (the default) or json")->check(CLI::IsMember({"text", "json"}));

    auto* const verify_command = app.add_subcommand("verify", "Proves that no cut of a file changes what is decoded.");
    verify_command->footer("Exit status: 0 all cuts agreed, on an error in the file too; 1 one differs; 2 wrong usage.");
    verify_command->add_option("GRAMMAR", name)->required();
    verify_command->add_option("FILE", file, "of which no more than 256 MiB are taken; where it is large, a sample of the cuts is tried")->required();

    try {
        app.parse(count, arguments);
    } catch (CLI::ParseError const& e) {
        if (e.get_exit_code() == 0) {
            std::ostringstream help;
            app.exit(e, help);
            standard_output out;
            out.text = help.str();
            return out.flush() ? all_well : wrong_usage;
        }
        complain(sentence_of(app, e));
        return wrong_usage;
    }
    for (auto const* limits : {&options.limits, &tapping.limits})
        if (auto const twice = given_twice(*limits)) {
            complain("--limit " + *twice + " is given twice");
            return wrong_usage;
        }
    if (list_command->parsed()) return list(all);
    if (tap_command->parsed()) {
        if (!all.knows_both(name) && !grammar_named(all, name)) return wrong_usage;
        tapping.for_people = tap_format.empty() ? ::isatty(STDOUT_FILENO) != 0 : tap_format == "text";
        tapping.json_errors = errors == "json";
        if (!certificate_and_key.empty()) {
            tapping.certificate = certificate_and_key[0];
            tapping.key = certificate_and_key[1];
        }
        return tap(all, name, tapping);
    }
    options.json_errors = errors == "json";
    if (capture.port && capture.file.empty()) {
        complain("--port goes with --pcap");
        return wrong_usage;
    }
    if (!capture.file.empty()) {
        if (options.file != "-" || options.chunk != 0 || !client.empty() || !server.empty() || !leniency.empty()) {
            complain("--pcap goes with neither FILE, --chunk, --client, --server nor --lenient");
            return wrong_usage;
        }
        if (!all.knows_both(name) && !grammar_named(all, name)) return wrong_usage;
        capture.limits = options.limits;
        capture.events = options.events;
        capture.json_errors = options.json_errors;
        return decode_capture(all, name, capture);
    }
    if (!client.empty() || !server.empty()) {
        bool const more = options.file != "-" || options.chunk != 0 || options.offsets || options.events || !options.limits.empty() || !leniency.empty();
        if (more) {
            complain("--client and --server go with neither FILE, --chunk, --offsets, --events, --limit nor --lenient");
            return wrong_usage;
        }
        conversation const* const both = all.find_conversation(name);
        if (both && !client.empty() && !server.empty()) return decode_conversation(*both, client, server, errors == "json");
        complain(both ? "--client and --server go together" : "there is no conversation named " + name + "; there is: http1");
        return wrong_usage;
    }
    protocol const* const states = describe_command->parsed() ? all.find_protocol(name) : nullptr;
    if (states) return describe(name, states->describe(), format);
    grammar const* const chosen = grammar_named(all, name);
    if (!chosen) return wrong_usage;
    if (describe_command->parsed()) return describe(name, chosen->describe(), format);
    if (!leniency.empty()) {
        auto const* const lenient = all.find_lenient(name, leniency);
        options.events = true;
        if (lenient) return decode(*chosen, lenient->open(), options);
        std::string const known = all.leniencies_of(name);
        complain(name + " has no leniency " + leniency + (known.empty() ? "" : "; it has: " + known));
        return wrong_usage;
    }
    if (decode_command->parsed()) return decode(*chosen, chosen->open(options.events), options);
    if (encode_command->parsed()) return encode(*chosen, file, errors == "json");
    return verify(*chosen, file);
}
