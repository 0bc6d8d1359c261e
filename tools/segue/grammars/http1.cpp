#include "segue/http1/http1.hpp"

#include "../grammar_of.hpp"

namespace segue::command {

namespace {

template <class Message>
void write_member(json_writer& out, std::string_view name, Message const& message, guide const& along) {
    out.key(name);
    write_message(out, message, along);
}

// Requests and responses in their order; a response is read as the answer to its request.
class pairing {
public:
    pairing(std::string_view client, std::string_view server, std::string& lines) : lines_(&lines) {
        requests_.feed(client);
        requests_.close();
        responses_.feed(server, response_);
        responses_.close();
        description of_request(command_limits), of_response(command_limits);
        http1::request_grammar.describe(of_request);
        http1::response_grammar.describe(of_response);
        along_request_ = guide_for<http1::collected_request>(of_request);
        along_response_ = guide_for<http1::collected_response>(of_response);
    }

    conversation::failure run() {
        while (!switched_) {
            auto const e = requests_.next();
            if (e.kind() == kind::end) break;
            if (e.kind() == kind::failed) return {requests_.error(), true};
            if (e.kind() != kind::message) continue;
            if (error const why = exchange(*e)) return {why, false};
        }
        if (switched_) {
            json_writer& out = begin_line();
            out.key("switched");
            out.begin_object();
            out.key("client");
            out.integer(requests_.offset());
            out.key("server");
            out.integer(responses_.offset());
            out.end_object();
            end_line();
        } else if (!responses_.ahead().empty()) {
            error e;
            note_failure(&e, errc::contradiction, responses_.offset(), 0, 0, "a response to a request");
            return {e, false};
        }
        return {};
    }

private:
    // One request, what came in between, and the final response. Its error, if there is one.
    error exchange(http1::collected_request const& request) {
        using http1::answer_to;
        answer_to const to = request.method == "HEAD" ? answer_to::head : request.method == "CONNECT" ? answer_to::connect : answer_to::ordinary;
        json_writer& out = begin_line();
        write_member(out, "request", request, along_request_);
        bool interim = false;
        kind k = next_response(to);
        for (; k == kind::message && response_.status / 100 == 1 && response_.status != 101; k = next_response(to)) {
            if (!std::exchange(interim, true)) {
                out.key("interim");
                out.begin_array();
            }
            write_message(out, response_, along_response_);
        }
        if (interim) out.end_array();
        if (k == kind::message) {
            write_member(out, "response", response_, along_response_);
            switched_ = response_.status == 101 || (to == answer_to::connect && response_.status / 100 == 2);
        } else {
            out.key("response");
            out.token("null");
        }
        end_line();
        if (k == kind::end) responses_.poison(errc::truncated);
        return responses_.error();
    }
    kind next_response(http1::answer_to to) {
        kind k = kind::part;
        while (k == kind::part) k = responses_.read(http1::response_of<std::string>(to), state_, response_);
        return k;
    }
    json_writer& begin_line() {
        std::swap(json_.text, *lines_);
        json_.begin_object();
        return json_;
    }
    void end_line() {
        json_.end_object();
        json_.text += '\n';
        std::swap(json_.text, *lines_);
    }

    std::string* lines_;
    json_writer json_;
    decoder<http1::request_grammar, command_limits> requests_;
    reader<command_limits> responses_;
    state_of<std::remove_const_t<decltype(http1::response_grammar)>> state_{};
    http1::collected_response response_{};
    guide along_request_, along_response_;
    bool switched_ = false;
};

conversation::failure decode_both(std::string_view client, std::string_view server, std::string& lines) {
    return pairing(client, server, lines).run();
}

}  // namespace

void add_http1(registry& all) {
    all.add<grammar_of<http1::request_grammar, http1::streamed_request_grammar, http1::request_states>>(
        "http1.request", "HTTP/1.1 requests; --events streams the bodies");
    all.add<grammar_of<http1::response_grammar, http1::streamed_response_grammar, http1::response_states>>(
        "http1.response", "HTTP/1.1 responses; --events streams the bodies");
    all.add_conversation({"http1", &decode_both});
    all.add_protocol<http1::request_states, http1::response_states, endpoint_states>(
        "http1", "an HTTP/1.1 connection, for describe, tap, and decode with --pcap or --client and --server");
}

}  // namespace segue::command
