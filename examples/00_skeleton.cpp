// All layers, thin: one JSON-RPC method over HTTP over memory, its request cut at every byte.
//
// Each layer knows only the one below it. What is hand-written here is what the layers above the driver will take over.
#include <boost/json/src.hpp>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "segue/segue.hpp"

using namespace segue;

// ---- HTTP: the grammar of a request's head
namespace http {

inline constexpr auto token = charset<byte_set{}.with('a', 'z').with('A', 'Z').with('0', '9').with("!#$%&'*+-.^_`|~")>;
inline constexpr auto visible = charset<byte_set{}.with(0x21, 0x7e)>;
inline constexpr auto field_text = charset<byte_set{}.with(0x20, 0x7e).with("\t")>.min<0>();

struct header {
    BOOST_HANA_DEFINE_STRUCT(header, (std::string, name), (std::string, value));
};
struct request {
    BOOST_HANA_DEFINE_STRUCT(request, (std::string, method), (std::string, target), (std::vector<header>, headers));
};
struct response {
    BOOST_HANA_DEFINE_STRUCT(response, (std::uint16_t, status), (std::string, reason), (std::vector<header>, headers));
};

inline constexpr auto headers = repeat_until<"\r\n">(record<header>(
    field<"name"> (delimited<":">(token)),
    field<"value">(delimited<"\r\n">(trimmed<" \t">(field_text)))));
inline constexpr auto request_head = record<request>(
    field<"method">(delimited<" ">(token)),
    field<"target">(delimited<" HTTP/1.1\r\n">(visible)),
    field<"headers">(headers));
inline constexpr auto response_head = record<response>(
    literal<"HTTP/1.1 ">, field<"status">(delimited<" ">(number<std::uint16_t>.width<3>())),
    field<"reason">(delimited<"\r\n">(field_text)), field<"headers">(headers));

// ---- HTTP: the protocol, head then body, both ends of one connection
class server {
public:
    // A request is complete when this has a body.
    std::optional<std::string> receive(std::string_view arrived) {
        in_.feed(arrived, head_);
        if (!in_body_) {
            if (in_.read(request_head, head_state_, head_) != kind::message) return std::nullopt;
            in_body_ = true;
            length_ = 0;
            for (header const& h : head_.headers)
                if (h.name == "Content-Length") length_ = decode(number<std::size_t>, h.value) ? *decode(number<std::size_t>, h.value) : 0;
        }
        std::string body;
        if (length_ != 0 && in_.read(fixed_t<whole_bytes_t<false>>{length_, bytes}, body_state_, body) != kind::message) return std::nullopt;
        in_body_ = false;
        in_.keep(head_);
        return body;
    }
    std::string send(std::string_view body) const {
        std::string out;
        encode(response_head, response{200, "OK", {{"Content-Length", std::to_string(body.size())}}}, out);
        return out += body;
    }
    bool failed() const { return static_cast<bool>(in_.error()); }

private:
    reader<> in_;
    request head_;
    state_of<decltype(request_head)> head_state_{};
    stateless body_state_;
    bool in_body_ = false;
    std::size_t length_ = 0;
};

}  // namespace http

// ---- JSON-RPC: one method, and the answer
namespace rpc {

std::string answer(std::string_view call) {
    boost::json::error_code failed;
    boost::json::value const request = boost::json::parse(call, failed);
    boost::json::object reply{{"jsonrpc", "2.0"}};
    if (failed) {
        reply["error"] = {{"code", -32700}, {"message", "Parse error"}};
        reply["id"] = nullptr;
    } else {
        auto const& params = request.at("params").as_array();
        reply["result"] = params.at(0).as_int64() - params.at(1).as_int64();
        reply["id"] = request.at("id");
    }
    return boost::json::serialize(reply);
}

}  // namespace rpc

// ---- the stack over memory: bytes in, bytes out
std::string run(std::string_view wire, std::size_t first_piece) {
    http::server connection;
    std::string out;
    for (std::string_view left : {wire.substr(0, first_piece), wire.substr(first_piece)}) {
        std::string const piece(left);
        for (auto body = connection.receive(piece); body; body = connection.receive("")) out += connection.send(rpc::answer(*body));
    }
    return connection.failed() ? "failed" : out;
}

int main() {
    std::string wire;
    for (std::string const call : {R"({"jsonrpc":"2.0","method":"subtract","params":[42,23],"id":1})", R"({"jsonrpc": broken)"}) {
        encode(http::request_head, http::request{"POST", "/rpc", {{"Content-Length", std::to_string(call.size())}}}, wire);
        wire += call;
    }
    std::string const whole = run(wire, wire.size());
    std::size_t same = 0;
    for (std::size_t cut = 0; cut < wire.size(); ++cut) same += run(wire, cut) == whole;
    std::puts(whole.c_str());
    std::printf("%zu of %zu cuts gave the same answers\n", same, wire.size());
}
