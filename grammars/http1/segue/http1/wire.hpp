// HTTP/1.1 on the wire (RFC 9112), strict: what could be understood in two ways is not understood at all.
//
// A message is one record: the head, then the body as its framing says, then the trailers of a chunked one. Where the
// body is streamed_bytes, an empty piece tells that the head is complete, and the head stays readable to the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "segue/content/literal.hpp"
#include "segue/http1/body.hpp"
#include "segue/http1/chunked.hpp"
#include "segue/message/verified.hpp"

namespace segue::http1 {

// A version and what ends it, which is read in one pass.
inline constexpr auto version_text = charset<byte_set{}.with('0', '9').with(".")>.min<3>().max<3, "version">();
template <codec C>
constexpr auto version(C ended) {
    return verified(ended, [](std::string_view v) { return v[0] == '1' && v[1] == '.' && v[2] != '.'; }, "HTTP/1.0 or HTTP/1.1");
}
template <codec C>
constexpr auto status_code(C ended) {
    return verified(ended, [](std::uint16_t s) { return s >= 100; }, "a status of 100 or more");
}
inline constexpr auto status_digits = number<std::uint16_t>.width<3>();

// RFC 9112 section 2.2: a server ignores empty lines before a request ("at least one").
template <leniency L>
struct empty_lines_t {
    struct state {};
    template <class In>
    SEGUE_INLINE step decode(In& in, state&, nothing&) const {
        for (;;) {
            if constexpr (L.bare_line_feed)
                while (in.left() != 0 && *in.at == '\n') ++in.at;
            if (in.left() != 0 && *in.at != '\r') [[likely]] return step::done;
            if (in.left() < 2) return in.want_unless_over(2 - in.left());
            if (in.at[1] != '\n') return in.fail(errc::mismatch, in.at + 1, "a line feed");
            in.at += 2;
        }
    }
    constexpr step encode(nothing, output&) const { return step::done; }
    constexpr size_bound bounds(limits l = {}) const { return {0, l.message}; }
    constexpr void describe(description& d) const { d.add({.what = shape::opaque, .size = bounds(d.limits()), .name = "empty lines", .abnf = "empty-lines = *CRLF"}); }
};

// Elements of the record that depend on its head.
template <template <class, std::size_t, leniency> class Codec, std::size_t Max, leniency L>
struct behind_head_t {
    static constexpr fixed_string depends_on = "headers";
    answer_to to = answer_to::ordinary;

    template <class T>
    constexpr Codec<T, Max, L> of(T const& message) const {
        return {&message, to};
    }
    template <class T, class V>
    constexpr step encode_in(T const& message, V const& v, output& out) const {
        return of(message).encode(v, out);
    }
    template <class T>
    constexpr size_bound bounds_in(limits l) const {
        return Codec<T, Max, L>{}.bounds(l);
    }
    template <class T>
    constexpr void describe_in(description& d, size_bound size) const {
        d.add({.what = shape::chosen_by, .size = size, .name = "headers"}, Codec<T, Max, L>{});
    }
};
template <class Message, std::size_t, leniency L>
using trailers_of = trailers_t<Message, L>;

// As large as a body may be where the application does not say.
inline constexpr std::size_t default_body = std::size_t{1} << 30;

template <class Body, std::size_t MaxBody = default_body, leniency L = strict>
constexpr auto request_of() {
    static_assert(!L.space_before_colon, "segue: RFC 9112 section 5.1: a server must reject a request with white space before a colon");
    static_assert(!L.no_reason, "segue: a request has no reason");
    return record<basic_request<Body, header_of<L>>>(
        empty_lines_t<L>{},
        segue::field<"method">  (delimited<" ">(method_text)),
        segue::field<"target">  (delimited<" ">(target_text)),
        literal<"HTTP/">,
        segue::field<"version"> (version(line<L>(version_text))),
        segue::field<"headers"> (field_section_of<L>),
        segue::field<"body">    (behind_head_t<body_t, MaxBody, L>{}),
        segue::field<"trailers">(behind_head_t<trailers_of, MaxBody, L>{}));
}
template <class Body, std::size_t MaxBody = default_body, leniency L = strict>
constexpr auto response_of(answer_to to = answer_to::ordinary) {
    static_assert(!L.no_host, "segue: a response has no Host");
    constexpr auto reason = line<L>(reason_text);
    auto const with = [to](auto status, auto reason_line) {
        return record<basic_response<Body, header_of<L>>>(
            literal<"HTTP/">,
            segue::field<"version"> (version(delimited<" ">(version_text))),
            segue::field<"status">  (status_code(status)),
            segue::field<"reason">  (reason_line),
            segue::field<"headers"> (field_section_of<L>),
            segue::field<"body">    (behind_head_t<body_t, MaxBody, L>{to}),
            segue::field<"trailers">(behind_head_t<trailers_of, MaxBody, L>{to}));
    };
    if constexpr (L.no_reason) return with(status_digits, behind_space_t<decltype(reason)>{reason});
    else return with(delimited<" ">(status_digits), reason);
}

}  // namespace segue::http1
