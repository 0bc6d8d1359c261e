// Writes the body behind a head that was sent: as long as the head said, in chunks, or to the end of the connection.
#pragma once

#include <cstdint>
#include <string_view>

#include "segue/driver/encode.hpp"
#include "segue/http1/chunked.hpp"
#include "segue/http1/framing.hpp"
#include "segue/protocol/outbox.hpp"

namespace segue::http1 {

// What an end of a connection answers where it does not send.
inline encoded refuse_to_send(errc code, std::string_view expected) {
    error e;
    note_failure(&e, code, 0, 0, 0, expected);
    return e;
}

class body_writer {
public:
    body_writer() = default;
    explicit body_writer(framing const& f) : how_(f.how), left_(f.size) {}

    bool until_close() const { return how_ == framing::form::until_close; }

    // A piece of the body; more than the head said is refused with wrong_size.
    encoded data(outbox& out, std::string_view piece) {
        if (piece.empty()) return std::size_t{0};
        switch (how_) {
            case framing::form::until_close: return out.write(piece);
            case framing::form::sized:
                if (piece.size() > left_) return wrong_size();
                if (encoded const e = out.write(piece); !e) return e;
                left_ -= piece.size();
                return piece.size();
            case framing::form::chunked: return chunk(out, piece);
            default: return wrong_size();
        }
    }
    // The end; too few bytes are refused with wrong_size, trailers of a body that is not chunked with contradiction.
    encoded end(outbox& out, headers const& trailers) {
        if (how_ == framing::form::sized && left_ != 0) return wrong_size();
        if (how_ == framing::form::chunked) {
            std::string last = "0\r\n";
            if (encoded const e = encode(field_section, trailers, last); !e) return e;
            return out.write(std::move(last));
        }
        if (trailers.empty()) return std::size_t{0};
        return refuse_to_send(errc::contradiction, "trailers behind a chunked body only");
    }

private:
    // All of a chunk or nothing of it.
    static encoded chunk(outbox& out, std::string_view piece) {
        std::string framed;
        if (encoded const e = encode(chunk_size, piece.size(), framed); !e) return e;
        framed += "\r\n";
        framed += piece;
        framed += "\r\n";
        if (encoded const e = out.write(std::move(framed)); !e) return e;
        return piece.size();
    }
    static encoded wrong_size() { return refuse_to_send(errc::wrong_size, "as much body as the head said"); }

    framing::form how_ = framing::form::none;
    std::uint64_t left_ = 0;
};

}  // namespace segue::http1
