#include "report.hpp"

#include <algorithm>

#include "segue/inspect/json.hpp"
#include "segue/inspect/text.hpp"

namespace segue::command {

std::string excerpt(std::string_view known, std::uint64_t known_from, std::uint64_t place) {
    constexpr std::uint64_t behind = 8, all = 16;
    std::uint64_t const known_end = known_from + known.size();
    if (known.empty() || place < known_from || place > known_end) return {};
    std::uint64_t const last = std::min(known_end, place + behind);
    std::uint64_t const first = std::max(known_from, last < all ? 0 : last - all);
    std::uint64_t const end = std::min(known_end, first + all);
    std::string result = "bytes " + std::to_string(first) + " to " + std::to_string(end - 1) + ':';
    if (end == first) result = "no bytes:";
    for (std::uint64_t at = first; at < end; ++at) {
        auto const byte = static_cast<unsigned char>(known[static_cast<std::size_t>(at - known_from)]);
        std::string const digits{"0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]};
        result += at == place ? " [" + digits + ']' : ' ' + digits;
    }
    return place >= end ? result + " [end]" : result;
}

std::string excerpt_for(stream const& in, recent_bytes const& bytes, bool streamed) {
    std::uint64_t const place = in.error().offset;
    std::string const known = bytes.before + std::string(bytes.chunk);
    std::uint64_t const from = bytes.chunk_from - bytes.before.size();
    if (place >= from + 8 || from == 0 || streamed) return excerpt(known, from, place);
    return excerpt(in.unread(), in.offset(), place);  // the message began further back
}

void write_limit(json_writer& out, error const& e) {
    if (detail::has_limit(e)) {
        out.key("limit");
        out.integer(e.limit);
    }
    if (e.observed != 0) {
        out.key("observed");
        out.integer(e.observed);
    }
}

std::string error_json(error const& e) {
    json_writer out;
    out.begin_object();
    out.key("error");
    out.begin_object();
    out.key("code");
    out.string(name_of(e.code));
    out.key("offset");
    out.integer(e.offset);
    out.key("path");
    out.string(path_text(e));
    write_limit(out, e);
    out.key("message");
    out.bytes(reason_text(e));
    out.end_object();
    out.end_object();
    return std::move(out.text);
}

std::string error_json(std::string_view code, std::uint64_t offset, std::string_view message) {
    json_writer out;
    out.begin_object();
    out.key("error");
    out.begin_object();
    out.key("code");
    out.string(code);
    out.key("offset");
    out.integer(offset);
    out.key("message");
    out.string(message);
    out.end_object();
    out.end_object();
    return std::move(out.text);
}

}  // namespace segue::command
