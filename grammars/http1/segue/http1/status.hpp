// Status codes: what an error is answered with, and what each is called.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "segue/core/error.hpp"
#include "segue/http1/framing.hpp"

namespace segue::http1 {

// What an error of a request is answered with (RFC 9110 section 15.5, RFC 6585).
inline std::uint16_t status_of(error const& e) {
    std::size_t const n = e.places();
    std::string_view const where = n != 0 && e.path[n - 1].field ? std::string_view(e.path[n - 1].field) : std::string_view();
    switch (e.code) {
        case errc::timed_out: return 408;
        case errc::too_long:
            // RFC 9112 section 3: "A server that receives a method longer than any that it implements SHOULD respond with a 501"
            if (where == "method") return 501;
            return where == "target" ? std::uint16_t{414} : where == "body" ? std::uint16_t{413} : where == "headers" ? std::uint16_t{431} : std::uint16_t{400};
        case errc::too_many:
        case errc::message_too_long: return 431;
        case errc::requirement:
            if (where == "version") return 505;
            return e.expected == no_other_coding ? std::uint16_t{501} : std::uint16_t{400};
        default: return 400;
    }
}
// RFC 9110 section 15
constexpr std::string_view reason_of(std::uint16_t status) {
    switch (status) {
        case 100: return "Continue";
        case 101: return "Switching Protocols";
        case 200: return "OK";
        case 201: return "Created";
        case 204: return "No Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 304: return "Not Modified";
        case 400: return "Bad Request";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 505: return "HTTP Version Not Supported";
        default: return "";
    }
}

}  // namespace segue::http1
