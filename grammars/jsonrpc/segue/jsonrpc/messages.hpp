// JSON-RPC 2.0 messages: what the two ends write, and what a call comes to.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "segue/core/fixed_string.hpp"
#include "segue/json/json.hpp"

namespace segue::jsonrpc {

// Specification section 5.1; -32000 to -32099 are the implementation's own.
namespace code {
inline constexpr std::int64_t parse_error = -32700;
inline constexpr std::int64_t invalid_request = -32600;
inline constexpr std::int64_t method_not_found = -32601;
inline constexpr std::int64_t invalid_params = -32602;
inline constexpr std::int64_t internal_error = -32603;
inline constexpr std::int64_t too_busy = -32000;
inline constexpr std::int64_t too_large = -32001;
// What the other end did not say: a client's own words for a call without an answer.
inline constexpr std::int64_t timed_out = -32002;
inline constexpr std::int64_t cancelled = -32003;
inline constexpr std::int64_t connection_lost = -32004;
}  // namespace code

constexpr std::string_view message_of(std::int64_t c) {
    switch (c) {
        case code::parse_error: return "Parse error";
        case code::invalid_request: return "Invalid Request";
        case code::method_not_found: return "Method not found";
        case code::invalid_params: return "Invalid params";
        case code::internal_error: return "Internal error";
        case code::too_busy: return "Too many calls at once";
        case code::too_large: return "The answer is too large";
        case code::timed_out: return "No answer in time";
        case code::cancelled: return "Cancelled";
        case code::connection_lost: return "The connection was lost";
        default: return "Error";
    }
}

// Specification section 5.1: the member "error". `data` is a JSON text, or empty where there is none; other
// text is not sent.
struct failure {
    failure() = default;
    explicit failure(std::int64_t c) : code(c), message(message_of(c)) {}
    failure(std::int64_t c, std::string what, std::string text = {}) : code(c), message(std::move(what)), data(std::move(text)) {}

    std::int64_t code = code::internal_error;
    std::string message;
    std::string data;

    friend bool operator==(failure const&, failure const&) = default;
};

// What a call comes to: a result, or a failure.
template <class T>
class outcome {
public:
    outcome(T result) : is_(std::in_place_index<0>, std::move(result)) {}
    outcome(failure why) : is_(std::in_place_index<1>, std::move(why)) {}

    explicit operator bool() const { return is_.index() == 0; }
    T const& operator*() const { return *std::get_if<0>(&is_); }
    T const* operator->() const { return std::get_if<0>(&is_); }
    failure const& why() const { return *std::get_if<1>(&is_); }

private:
    std::variant<T, failure> is_;
};

// For methods without parameters, and for results that say nothing (null).
struct none {
    friend bool operator==(none, none) = default;
};

// `id` is a JSON text.
//   {"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":1}
inline void write_error(std::string& out, failure const& f, std::string_view id) {
    out += R"({"jsonrpc":"2.0","error":{"code":)";
    out += std::to_string(f.code);
    out += R"(,"message":)";
    if (json::write(f.message, out)) out += "\"Error\"";
    if (!f.data.empty() && json::is_text(f.data)) {
        out += R"(,"data":)";
        out += f.data;
    }
    out += R"(},"id":)";
    out += id;
    out += '}';
}
// False, and nothing is written, where the result has no JSON text: a number that is none, text that is not UTF-8.
//   {"jsonrpc":"2.0","result":19,"id":1}
template <class Result>
bool write_result(std::string& out, Result const& result, std::string_view id) {
    std::size_t const begin = out.size();
    out += R"({"jsonrpc":"2.0","result":)";
    if constexpr (std::same_as<Result, none>) {
        out += "null";
    } else if (json::write(result, out)) {
        out.resize(begin);
        return false;
    }
    out += R"(,"id":)";
    out += id;
    out += '}';
    return true;
}
//   {"jsonrpc":"2.0","method":"sum","params":[1,2],"id":1}     without an id: a notification
template <class Params>
bool write_call(std::string& out, std::string_view method, Params const& params, std::string_view id) {
    std::size_t const begin = out.size();
    out += R"({"jsonrpc":"2.0","method":)";
    bool well = !json::write(method, out);
    if constexpr (!std::same_as<Params, none>) {
        out += R"(,"params":)";
        well = well && !json::write(params, out);
    }
    if (!id.empty()) {
        out += R"(,"id":)";
        out += id;
    }
    out += '}';
    if (!well) out.resize(begin);
    return well;
}

// Specification section 4: what stands in a Request object. An id is a JSON text; empty: a notification.
struct request {
    json::ref whole{};
    std::string_view method{};
    json::ref params{};  // an array, an object, or nowhere
    std::string_view id{};
};
// The sizes decide nearly always, and constant ones need no call.
template <fixed_string Name>
bool is_named(std::string_view name) {
    return name.size() == Name.view().size() && std::memcmp(name.data(), Name.view().data(), Name.view().size()) == 0;
}
// False where it is no Request object; the id is then its id where that can be told, else null.
inline bool read_request(json::ref text, request& r) {
    r = {.whole = text};
    bool has_version = false, has_method = false, has_params = false, has_id = false, well = text.is(json::kind::object);
    if (well)
        for (json::member const m : text.members()) {
            std::string_view const name = m.name();
            json::kind const kind = m.value.kind();
            // a member given twice is understood in two ways: by nobody
            if (is_named<"jsonrpc">(name)) {
                well = well && !std::exchange(has_version, true) && kind == json::kind::string && m.value.string() == "2.0";
            } else if (is_named<"method">(name)) {
                well = well && !std::exchange(has_method, true) && kind == json::kind::string;
                if (well) r.method = m.value.string();
            } else if (is_named<"params">(name)) {
                well = well && !std::exchange(has_params, true) && (kind == json::kind::array || kind == json::kind::object);
                r.params = m.value;
            } else if (is_named<"id">(name)) {
                bool const good = kind == json::kind::string || kind == json::kind::integer || kind == json::kind::number || kind == json::kind::null;
                r.id = good && r.id.empty() ? m.value.raw() : std::string_view("null");
                well = well && good && !std::exchange(has_id, true);
            }
        }
    if (well && has_version && has_method) return true;
    if (r.id.empty()) r.id = "null";
    return false;
}

}  // namespace segue::jsonrpc
