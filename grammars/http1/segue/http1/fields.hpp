// The field names that servers and clients ask for, as an enumeration: recognised by a perfect hash, found in a message
// by an index.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <optional>
#include <string_view>
#include <type_traits>

namespace segue::http1 {

// From the registry of RFC 9110 section 18.4: RFC 9110, 9111 and 9112, cookies, CORS, websocket and their neighbours.
// At most 64, so that a set of them is one word.
enum class field : std::uint8_t {
    accept, accept_charset, accept_encoding, accept_language, accept_ranges, access_control_allow_credentials,
    access_control_allow_headers, access_control_allow_methods, access_control_allow_origin,
    access_control_expose_headers, access_control_max_age, access_control_request_headers,
    access_control_request_method, age, allow, alt_svc, authorization, cache_control, connection, content_disposition,
    content_encoding, content_language, content_length, content_location, content_range, content_type, cookie, date,
    etag, expect, expires, forwarded, from, host, if_match, if_modified_since, if_none_match, if_range,
    if_unmodified_since, keep_alive, last_modified, link, location, max_forwards, origin, proxy_authenticate,
    proxy_authorization, range, referer, retry_after, sec_websocket_accept, sec_websocket_extensions,
    sec_websocket_key, sec_websocket_protocol, sec_websocket_version, server, set_cookie, te, trailer,
    transfer_encoding, upgrade, user_agent, vary, via,
};

// The canonical spelling of each, in the order of the enumeration.
inline constexpr std::string_view field_names[] = {
    "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Accept-Ranges",
    "Access-Control-Allow-Credentials", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods",
    "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Access-Control-Max-Age",
    "Access-Control-Request-Headers", "Access-Control-Request-Method", "Age", "Allow", "Alt-Svc", "Authorization",
    "Cache-Control", "Connection", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length",
    "Content-Location", "Content-Range", "Content-Type", "Cookie", "Date", "ETag", "Expect", "Expires", "Forwarded",
    "From", "Host", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since", "Keep-Alive",
    "Last-Modified", "Link", "Location", "Max-Forwards", "Origin", "Proxy-Authenticate", "Proxy-Authorization",
    "Range", "Referer", "Retry-After", "Sec-WebSocket-Accept", "Sec-WebSocket-Extensions", "Sec-WebSocket-Key",
    "Sec-WebSocket-Protocol", "Sec-WebSocket-Version", "Server", "Set-Cookie", "TE", "Trailer", "Transfer-Encoding",
    "Upgrade", "User-Agent", "Vary", "Via",
};
inline constexpr std::size_t field_count = std::size(field_names);
static_assert(field_count == static_cast<std::size_t>(field::via) + 1 && field_count <= 64);

constexpr std::string_view name_of(field f) { return field_names[static_cast<std::size_t>(f)]; }

namespace detail {

// What tells the names apart: the length, the first, the middle, the last and the third-last character. The bit that
// makes letters small only spreads: what it makes alike is told apart by the comparison.
constexpr std::uint64_t characters_to_hash(std::string_view name) {
    std::size_t const size = name.size();
    auto const at = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(name[i])} | 0x20; };
    return size | at(0) << 8 | at(size / 2) << 16 | at(size - 1) << 24 | at(size < 3 ? 0 : size - 3) << 32;
}

struct field_hash {
    static constexpr unsigned bits = 9;
    static constexpr std::uint8_t nothing = 0xff;
    static constexpr std::size_t longest = 32;

    std::uint64_t seed = 0;
    std::uint8_t slots[std::size_t{1} << bits]{};

    constexpr std::size_t slot(std::uint64_t characters) const {
        return static_cast<std::size_t>(characters * seed >> (64 - bits));
    }
};

// The first odd multiplier of a fixed sequence under which no two names share a slot.
inline constexpr field_hash hash_of_fields = [] {
    std::uint64_t characters[field_count]{};
    for (std::size_t i = 0; i < field_count; ++i) characters[i] = characters_to_hash(field_names[i]);
    field_hash h;
    for (std::uint64_t random = 1;; random = random * 6364136223846793005u + 1442695040888963407u) {
        h.seed = random | 1;
        for (auto& slot : h.slots) slot = field_hash::nothing;
        std::size_t placed = 0;
        for (; placed < field_count; ++placed) {
            std::uint8_t& slot = h.slots[h.slot(characters[placed])];
            if (slot != field_hash::nothing) break;
            slot = static_cast<std::uint8_t>(placed);
        }
        if (placed == field_count) return h;
    }
}();

constexpr std::uint64_t eight_characters(char const* p) {
    std::uint64_t word = 0;
    if (std::is_constant_evaluated())
        for (int i = 0; i < 8; ++i) word = word << 8 | static_cast<unsigned char>(p[i]);
    else std::memcpy(&word, p, sizeof word);
    return word;
}

// Not 0 where the characters differ, unless only in case. `known` is of letters and '-': bit 0x40 says which is which,
// and only a letter may differ in bit 0x20.
template <class Word>
constexpr Word difference(Word known, Word given) {
    constexpr auto of_letters = static_cast<Word>(0x4040404040404040);
    return static_cast<Word>((known ^ given) & ~((known & of_letters) >> 1));
}
constexpr bool same_name(char const* known, char const* given, std::size_t size) {
    std::uint64_t differ = 0;
    if (size < 8) {
        for (std::size_t i = 0; i < size; ++i)
            differ |= difference(static_cast<unsigned char>(known[i]), static_cast<unsigned char>(given[i]));
        return differ == 0;
    }
    for (std::size_t i = 0; i + 8 < size; i += 8) differ |= difference(eight_characters(known + i), eight_characters(given + i));
    return (differ | difference(eight_characters(known + size - 8), eight_characters(given + size - 8))) == 0;
}

constexpr bool letters_and_hyphens() {
    for (std::string_view name : field_names) {
        if (name.size() > field_hash::longest) return false;
        for (char c : name)
            if (c != '-' && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z')) return false;
    }
    return true;
}
static_assert(letters_and_hyphens());

}  // namespace detail

// Which field this is, in any case: a few characters are hashed and one name is compared.
//   field_named("content-LENGTH") == field::content_length
constexpr std::optional<field> field_named(std::string_view name) {
    using namespace detail;
    if (name.size() - 1 >= field_hash::longest) return {};  // and not the empty one
    std::uint8_t const found = hash_of_fields.slots[hash_of_fields.slot(characters_to_hash(name))];
    if (found == field_hash::nothing) return {};
    std::string_view const known = field_names[found];
    if (known.size() != name.size() || !same_name(known.data(), name.data(), name.size())) return {};
    return static_cast<field>(found);
}

// Whether this is the name of that field, in any case: where one is asked for, cheaper than to recognise all of them.
constexpr bool is_named(std::string_view name, field f) {
    std::string_view const known = name_of(f);
    return name.size() == known.size() && detail::same_name(known.data(), name.data(), known.size());
}

// Where in a list of headers each known field stands: one pass to build, no search to ask.
class field_index {
public:
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    // Of headers with a member `name`, however many.
    template <class Headers>
    constexpr void build(Headers const& all) {
        present_ = 0;
        std::size_t position = 0;
        for (auto const& header : all) {
            if (auto const known = field_named(header.name)) note(static_cast<std::size_t>(*known), position);
            ++position;
        }
    }

    constexpr bool has(field f) const { return (present_ >> static_cast<unsigned>(f) & 1) != 0; }
    // The position of the first one; npos where there is none.
    constexpr std::size_t first(field f) const { return has(f) ? first_[static_cast<std::size_t>(f)] : npos; }
    // How many there are; 255 stands for as many or more.
    constexpr std::size_t count(field f) const { return has(f) ? count_[static_cast<std::size_t>(f)] : 0; }

private:
    constexpr void note(std::size_t f, std::size_t position) {
        if ((present_ >> f & 1) == 0) {
            present_ |= std::uint64_t{1} << f;
            first_[f] = position;
            count_[f] = 1;
        } else if (count_[f] != 255) {
            ++count_[f];
        }
    }

    // The others are looked at only where their bit stands here, so that a new message clears one word.
    std::uint64_t present_ = 0;
    std::size_t first_[field_count]{};
    std::uint8_t count_[field_count]{};
};

}  // namespace segue::http1
