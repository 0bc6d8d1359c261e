// Where a message's body ends (RFC 9112 section 6.3): one pure function from the head, and for a response from the
// request that it answers. What could be read in two ways is refused, because somebody else on the way may read it in
// the other one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "segue/core/byte_set.hpp"
#include "segue/http1/fields.hpp"
#include "segue/http1/leniency.hpp"
#include "segue/http1/messages.hpp"
#include "segue/wire/scan.hpp"

namespace segue::http1 {

struct framing {
    enum class form : std::uint8_t { none, sized, chunked, until_close, refused };

    form how = form::none;
    std::uint64_t size = 0;         // sized: bytes
    std::string_view rule{};        // refused: what should have been
    bool closes = false;            // no other message may come behind this one

    static constexpr framing refuse(std::string_view rule) { return {form::refused, 0, rule, false}; }
    friend constexpr bool operator==(framing const&, framing const&) = default;
};

constexpr bool is_1_0(std::string_view version) { return version.size() == 3 && version[0] == '1' && version[1] == '.' && version[2] == '0'; }

// What a response answers, as far as it decides about the body.
enum class answer_to : std::uint8_t { ordinary, head, connect };

// Refused with 501 and not with 400: it is understood, and not there.
inline constexpr std::string_view no_other_coding = "no transfer coding but chunked";

namespace detail {

// What the fields about framing say together.
struct framing_fields {
    bool has_length = false, has_coding = false;
    bool length_is_good = true;
    std::uint64_t length = 0;
    unsigned chunked = 0, others = 0;   // transfer codings
    bool chunked_is_last = false;
    unsigned hosts = 0;
    bool host_is_good = true;
};

//   1*DIGIT; nothing where it is not, or too much
constexpr std::optional<std::uint64_t> length_of_digits(std::string_view text) {
    std::uint64_t n = 0;
    for (char const c : text) {
        if (c < '0' || c > '9' || n > (std::numeric_limits<std::int64_t>::max() - 9) / 10) return {};
        n = n * 10 + static_cast<std::uint64_t>(c - '0');
    }
    if (text.empty()) return {};
    return n;
}
constexpr void note_length(framing_fields& all, std::optional<std::uint64_t> n) {
    if (!n || (all.has_length && all.length != *n)) all.length_is_good = false;
    all.has_length = true;
    all.length = n.value_or(0);
}
// A number, or the same one several times in a list (RFC 9110 section 8.6).
constexpr void read_length(framing_fields& all, std::string_view value) {
    if (auto const n = length_of_digits(value)) return note_length(all, n);
    for (std::string_view left = value;;) {
        std::size_t const comma = left.find(',');
        note_length(all, length_of_digits(without_space(left.substr(0, comma))));
        if (comma == std::string_view::npos) break;
        left.remove_prefix(comma + 1);
    }
}
//   uri-host [ ":" port ] (RFC 9110 section 7.2), as far as its characters go; it may be empty
inline constexpr byte_set host_characters = byte_set{}.with(0x21, 0x7e).without("/?#@\\,<>\"");
constexpr bool could_be_host(std::string_view value) {
    char const* const end = value.data() + value.size();
    return skip<host_characters>(value.data(), end) == end;
}
template <class Header>
constexpr framing_fields framing_fields_of(std::vector<Header> const& all) {
    framing_fields found;
    for (Header const& h : all) {
        if (is_named(h.name, field::content_length)) {
            read_length(found, h.value);
        } else if (is_named(h.name, field::transfer_encoding)) {
            found.has_coding = true;
            for_each_element(h.value, [&](std::string_view coding) {
                found.chunked_is_last = equal_ignoring_case(coding, "chunked");
                ++(found.chunked_is_last ? found.chunked : found.others);
            });
        } else if (is_named(h.name, field::host)) {
            ++found.hosts;
            found.host_is_good = found.host_is_good && could_be_host(h.value);
        }
    }
    return found;
}

}  // namespace detail

template <leniency L = strict, class Body, class Header>
constexpr framing framing_of(basic_request<Body, Header> const& r) {
    using form = framing::form;
    auto const f = detail::framing_fields_of(r.headers);
    bool const old = is_1_0(r.version);
    // RFC 9112 section 3.2: 400 for a request of 1.1 that lacks Host, for one that has it twice, for a bad one
    if (f.hosts > 1 || (!L.no_host && !old && f.hosts == 0)) return framing::refuse("exactly one Host field");
    if (!f.host_is_good) return framing::refuse("a Host field with a host and a port");
    if (f.has_coding) {
        if (old) return framing::refuse("no Transfer-Encoding in HTTP/1.0");
        if (f.has_length && !(L.length_beside_coding && f.length_is_good)) return framing::refuse("Transfer-Encoding or Content-Length, not both");
        if (f.chunked > 1) return framing::refuse("chunked once");
        if (f.others != 0 && f.chunked_is_last) return framing::refuse(no_other_coding);
        if (!f.chunked_is_last) return framing::refuse("a request whose last transfer coding is chunked");
        return {form::chunked, 0, {}, f.has_length};
    }
    if (!f.has_length) return {};
    if (!f.length_is_good) return framing::refuse("one Content-Length, in digits");
    return {f.length != 0 ? form::sized : form::none, f.length};
}

template <leniency L = strict, class Body, class Header>
constexpr framing framing_of(basic_response<Body, Header> const& r, answer_to to = answer_to::ordinary) {
    using form = framing::form;
    auto const f = detail::framing_fields_of(r.headers);
    if (f.has_coding && f.has_length && !L.length_beside_coding) return framing::refuse("Transfer-Encoding or Content-Length, not both");
    if (f.has_length && !f.length_is_good) return framing::refuse("one Content-Length, in digits");
    if (to == answer_to::head || r.status / 100 == 1 || r.status == 204 || r.status == 304) return {};
    if (to == answer_to::connect && r.status / 100 == 2) return {};
    if (f.has_coding) {
        if (is_1_0(r.version)) return framing::refuse("no Transfer-Encoding in HTTP/1.0");
        if (f.chunked > 1) return framing::refuse("chunked once");
        return {f.chunked_is_last ? form::chunked : form::until_close, 0, {}, f.has_length};
    }
    if (f.has_length) return {f.length != 0 ? form::sized : form::none, f.length};
    return {form::until_close};
}

}  // namespace segue::http1
