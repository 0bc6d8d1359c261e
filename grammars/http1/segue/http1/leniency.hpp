// What may be read although it is not well formed: each by its own name, none unless it is asked for. The
// server and the client write none of it.
#pragma once

namespace segue::http1 {

//   constexpr leniency old_servers{.folded_lines = true, .no_reason = true};
//   inline constexpr auto grammar = response_of<std::string, default_body, old_servers>();
struct leniency {
    // RFC 9112 section 2.2: "a recipient MAY recognize a single LF as a line terminator and ignore any preceding CR". Of the
    // start line and of fields; the framing of chunks is no such line.
    bool bare_line_feed = false;
    // RFC 9112 section 5.2: a user agent "MUST replace each received obs-fold with one or more SP octets prior to interpreting
    // the field value". Values then have an owner.
    bool folded_lines = false;
    // RFC 9112 section 5.1, of responses: "A proxy MUST remove any such whitespace". A server must refuse such a request.
    bool space_before_colon = false;
    // RFC 9110 section 5.5: "Field values containing other CTL characters are also invalid; however, recipients MAY retain
    // such characters for the sake of robustness". Never CR, LF or NUL.
    bool control_characters = false;
    // RFC 9112 section 4: a server must send the space behind the status even without a reason; some do not.
    bool no_reason = false;
    // RFC 9112 section 6.3, rule 3: "the Transfer-Encoding overrides the Content-Length". The connection ends behind such a
    // message, and a length that is passed on is a way to smuggle.
    bool length_beside_coding = false;
    // Some servers fill the size of a chunk up with spaces.
    bool space_behind_chunk_size = false;
    // RFC 9112 section 3.2 has a request of HTTP/1.1 without Host refused; it is of use behind a single name.
    bool no_host = false;

    friend constexpr bool operator==(leniency const&, leniency const&) = default;
};
inline constexpr leniency strict{};

}  // namespace segue::http1
