// Whole HTTP/1.1 requests with bodies of 64 KiB, by length and in chunks of 4 KiB, in reads of several sizes: segue's
// decoder and its server.
#include <string_view>

#include "bodies.hpp"
#include "segue/http1/http1.hpp"
#include "segue/segue.hpp"

namespace segue::bench {

namespace {

struct by_segue {
    decoder<http1::streamed_request_grammar> in;
    bool feed(std::string_view piece, std::size_t& sum) {
        in.feed(piece);
        for (;;) {
            auto const e = in.next();
            if (e.kind() == kind::part) {
                look_at(e.data().data());
                sum += e.data().size();
            } else if (e.kind() == kind::failed) {
                return false;
            } else if (e.kind() != kind::message) {
                return true;
            }
        }
    }
};
// The protocol as well: states, credit, keep-alive, and an answer for each request.
struct by_server {
    http1::server server;
    bool feed(std::string_view piece, std::size_t& sum) {
        server.receive(piece);
        for (;;) {
            auto const e = server.next_event();
            if (auto const* d = std::get_if<http1::event::data>(&e)) {
                look_at(d->bytes.data());
                sum += d->bytes.size();
            } else if (is<http1::event::end>(e)) {
                if (!server.respond(204, {}, "")) return false;
                server.outgoing().consume(server.outgoing().pending());
            } else if (is<event::need>(e)) {
                return true;
            } else if (!is<http1::server::request_event>(e)) {
                return false;
            }
        }
    }
};
[[maybe_unused]] bool const added = (add_bodies<by_segue>("segue"), add_bodies<by_server>("segue_server"), true);

}  // namespace

}  // namespace segue::bench
