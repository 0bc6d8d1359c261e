// JSON-RPC behind the header fields of the Language Server Protocol (3.17, base protocol).
//
//   stack{jsonrpc::server{methods}, jsonrpc::over_lsp{}, jsonrpc::lsp()}
//   Content-Length: 36\r\n\r\n{"jsonrpc":"2.0","result":3,"id":1}
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "segue/jsonrpc/chunks.hpp"
#include "segue/segue.hpp"

namespace segue::jsonrpc {

// The header part as the number that it tells: Content-Length once, in digits; Content-Type and others are passed over.
struct lsp_fields_t {
    using value_type = std::uint64_t;
    using number = std::uint64_t;
    struct state {};
    static constexpr bool takes_rest = true;

    template <class In>
    constexpr step decode(In& in, state&, std::uint64_t& size) const {
        bool found = false;
        while (in.at != in.end) {
            char const* const name = in.at;
            std::string_view const left(name, static_cast<std::size_t>(in.end - name));
            std::string_view const line = left.substr(0, left.find("\r\n"));
            std::size_t const colon = line.find(':');
            if (colon == std::string_view::npos || colon == 0) return in.fail(errc::mismatch, name + line.size(), "a header field with a colon");
            // RFC 9112 section 5.1: "No whitespace is allowed between the field name and colon": nobody shall see another length
            if (std::size_t const space = line.substr(0, colon).find(' '); space != std::string_view::npos) return in.fail(errc::mismatch, name + space, "a field name without space");
            for (std::size_t i = 0; i < line.size(); ++i)
                if (line[i] < ' ' || line[i] > '~') return in.fail(errc::mismatch, name + i, "printable ASCII");
            if (is_content_length(line.substr(0, colon))) {
                if (found) return in.fail(errc::contradiction, name, "Content-Length once");
                found = true;
                if (!read_digits(line.substr(colon + 1), size)) return in.fail(errc::out_of_range, name + colon + 1, "a length in digits");
            }
            in.at += line.size() == left.size() ? line.size() : line.size() + 2;
        }
        return found ? step::done : in.fail(errc::requirement, in.at, "Content-Length");
    }
    constexpr step encode(std::uint64_t size, output& out) const {
        if (step const r = out.put("Content-Length: "); r != step::done) return r;
        return segue::number<std::uint64_t>.encode(size, out);
    }
    constexpr size_bound bounds(limits l = {}) const { return {17, l.element}; }
    constexpr void describe(description& d) const { d.add({.what = shape::opaque, .size = bounds(d.limits()), .name = "header fields"}); }

private:
    static constexpr bool is_content_length(std::string_view name) {
        constexpr std::string_view wanted = "content-length";
        if (name.size() != wanted.size()) return false;
        for (std::size_t i = 0; i < name.size(); ++i)
            if (name[i] != wanted[i] && !(name[i] >= 'A' && name[i] <= 'Z' && name[i] + ('a' - 'A') == wanted[i])) return false;
        return true;
    }
    static constexpr bool read_digits(std::string_view value, std::uint64_t& n) {
        while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
        while (!value.empty() && value.back() == ' ') value.remove_suffix(1);
        n = 0;
        for (char const c : value) {
            if (c < '0' || c > '9' || n > (std::numeric_limits<std::uint64_t>::max() - 9) / 10) return false;
            n = n * 10 + static_cast<std::uint64_t>(c - '0');
        }
        return !value.empty();
    }
};

inline constexpr auto lsp_frame = length_prefixed(delimited<"\r\n\r\n">(lsp_fields_t{}).max<4096, "header">(), bytes);

struct in_an_lsp_frame {
    static taken payload_of(std::string_view chunk) { return chunk; }
    static std::string_view chunk_of(std::string_view payload) { return payload; }
};
struct over_lsp : over_chunks<in_an_lsp_frame> {};

// `Most` bytes of a payload.
template <std::size_t Most = most_payload>
auto lsp(flow f = {}) {
    return chunks_of<lsp_frame, Most>(f);
}

}  // namespace segue::jsonrpc
