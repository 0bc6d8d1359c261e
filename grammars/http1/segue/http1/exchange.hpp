// A request and its response, as two tables: each direction has its own life, and a connection goes on to the next
// exchange only when both are complete.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "segue/http1/framing.hpp"
#include "segue/protocol/table.hpp"

namespace segue::http1 {

// One message, in the eyes of whoever receives or sends it.
enum class stage : std::uint8_t { idle, owed, body, complete, closed };
// What happens to it.
enum class happening : std::uint8_t { asked, interim, head, end, next, close };

constexpr std::string_view name_of(stage s) {
    constexpr std::string_view names[]{"idle", "owed", "body", "complete", "closed"};
    return names[static_cast<std::size_t>(s)];
}
constexpr std::string_view name_of(happening h) {
    constexpr std::string_view names[]{"asked", "interim", "head", "end", "next", "close"};
    return names[static_cast<std::size_t>(h)];
}

inline constexpr table request_states("a request", {
    transition<stage, happening>{stage::idle, happening::head, stage::body},
    {stage::idle, happening::close, stage::closed},
    {stage::body, happening::end, stage::complete},
    {stage::complete, happening::next, stage::idle},
    {stage::complete, happening::close, stage::closed},
});
inline constexpr table response_states("a response", {
    transition<stage, happening>{stage::idle, happening::asked, stage::owed},
    {stage::idle, happening::close, stage::closed},
    {stage::owed, happening::interim, stage::owed},
    {stage::owed, happening::head, stage::body},
    {stage::body, happening::end, stage::complete},
    {stage::complete, happening::next, stage::idle},
    {stage::complete, happening::close, stage::closed},
});

// Whether the connection outlives a message (RFC 9112 section 9.3).
template <class Message>
constexpr bool persists(Message const& m) {
    if (has_element(m.headers, "connection", "close")) return false;
    return !is_1_0(m.version) || has_element(m.headers, "connection", "keep-alive");
}

// RFC 9110 section 7.8: only of HTTP/1.1, and named in Connection, too.
template <class Request>
constexpr bool asks_for_upgrade(Request const& r) {
    return !is_1_0(r.version) && has_element(r.headers, "connection", "upgrade") && find(r.headers, "upgrade");
}

}  // namespace segue::http1
