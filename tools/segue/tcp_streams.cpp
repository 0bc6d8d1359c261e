#include "tcp_streams.hpp"

#include <algorithm>
#include <string_view>
#include <tins/ip.h>
#include <tins/ipv6.h>
#include <utility>

namespace segue::command {

namespace {

using Tins::TCP;

// RFC 9293 section 3.4: numbers are compared modulo 2^32.
std::int32_t distance(std::uint32_t from, std::uint32_t to) { return static_cast<std::int32_t>(to - from); }

struct addresses {
    std::string source, destination;
};
std::optional<addresses> addresses_of(Tins::PDU const& packet) {
    if (auto const* const v4 = packet.find_pdu<Tins::IP>()) return addresses{v4->src_addr().to_string(), v4->dst_addr().to_string()};
    if (auto const* const v6 = packet.find_pdu<Tins::IPv6>())
        return addresses{'[' + v6->src_addr().to_string() + ']', '[' + v6->dst_addr().to_string() + ']'};
    return std::nullopt;
}

}  // namespace

void tcp_streams::take(Tins::PDU& packet, std::size_t cut, wall_time when) {
    auto const* const head = packet.find_pdu<TCP>();
    auto const at = addresses_of(packet);
    if (!head || !at) return;
    if (port_ && head->sport() != *port_ && head->dport() != *port_) return;
    auto* const payload = packet.find_pdu<Tins::RawPDU>();
    std::size_t const size = payload ? payload->payload_size() : 0;
    segment const s{*head, at->source + ':' + std::to_string(head->sport()), at->destination + ':' + std::to_string(head->dport()),
                    size, size - std::min(size, cut), payload};
    connection* const c = find(packet, s);
    if (!c) return;
    c->seen = when;
    take(*c, s.source == c->client ? side::client : side::server, s);
}

// The connection of a packet. One that begins, or is met in its middle, is a new one; what comes behind the end of another
// is not.
tcp_streams::connection* tcp_streams::find(Tins::PDU const& packet, segment const& s) {
    bool const syn = s.head.get_flag(TCP::SYN) != 0, ack = s.head.get_flag(TCP::ACK) != 0;
    auto const key = Tins::TCPIP::StreamIdentifier::make_identifier(packet);
    auto found = by_peers_.find(key);
    if (found != by_peers_.end() && syn && !ack && found->second->first != s.head.seq()) {
        forget(found->second);  // the ports are used again
        found = by_peers_.end();
    }
    if (found != by_peers_.end()) {
        all_.splice(all_.begin(), all_, found->second);
        return &all_.front();
    }
    if (!syn && s.size == 0) return nullptr;
    if (all_.size() == most_connections) forget(std::prev(all_.end()));
    bool const from_server = (syn && ack) || (!syn && port_ && s.head.sport() == *port_);
    std::string const& client = from_server ? s.destination : s.source;
    std::string const& server = from_server ? s.source : s.destination;
    all_.push_front({key, client, open_({++count_, client, server})});
    by_peers_[key] = all_.begin();
    connection& c = all_.front();
    if (syn) c.first = ack ? s.head.ack_seq() - 1 : s.head.seq();
    if (syn && ack) begin(c.of(side::client), s.head.ack_seq());
    return &c;
}

void tcp_streams::begin(direction& d, std::uint32_t number) {
    d.began = true;
    d.furthest = number;
    d.in_order.sequence_number(number);
}

void tcp_streams::take(connection& c, side from, segment const& s) {
    direction& d = c.of(from);
    bool const syn = s.head.get_flag(TCP::SYN) != 0, fin = s.head.get_flag(TCP::FIN) != 0;
    if (syn && !d.began) begin(d, s.head.seq() + 1);
    if (d.over) return;
    if (s.head.get_flag(TCP::RST) != 0) return finish(c);
    if (!d.began && (s.size != 0 || fin)) {
        d.over = true;
        return c.told->lost(from, 0, "the capture begins in the middle of this stream");
    }
    std::uint32_t const number = s.head.seq() + (syn ? 1 : 0);
    std::uint32_t const behind = number + static_cast<std::uint32_t>(s.size);
    if ((s.size != 0 || fin) && distance(d.furthest, behind) > 0) d.furthest = behind;
    if (fin && distance(d.in_order.sequence_number(), behind) >= 0) d.end = behind;
    d.cut_short = d.cut_short || s.captured < s.size;
    if (s.captured != 0) {
        s.payload->payload().resize(s.captured);
        d.in_order.process_payload(number, std::move(s.payload->payload()));
        auto& ready = d.in_order.payload();
        if (!ready.empty()) {
            std::string_view const bytes(reinterpret_cast<char const*>(ready.data()), ready.size());
            c.told->arrived(from, bytes, c.seen);
            d.offset += bytes.size();
            ready.clear();
        }
    }
    auto const& waiting = d.in_order.buffered_payload();
    if (waiting.size() > most_pieces_out_of_order || d.in_order.total_buffered_bytes() > most_out_of_order) return missing(c, from);
    if (d.end && d.in_order.sequence_number() == *d.end) finish(c, from);
}

void tcp_streams::missing(connection& c, side from) {
    direction& d = c.of(from);
    std::uint32_t const at = d.in_order.sequence_number();
    std::uint32_t size = d.furthest - at;
    for (auto const& [number, piece] : d.in_order.buffered_payload()) size = std::min(size, number - at);
    c.told->lost(from, d.offset, (size == 1 ? "1 byte is" : std::to_string(size) + " bytes are") + " not in the capture" +
                                     (d.cut_short ? ", which has only the first bytes of a packet" : ""));
    d.over = true;
    d.in_order = {};
}
void tcp_streams::finish(connection& c, side from) {
    direction& d = c.of(from);
    if (d.over) return;
    if (d.began && distance(d.in_order.sequence_number(), d.furthest) > 0) return missing(c, from);
    d.over = true;
    if (d.began) c.told->ended(from, c.seen);
}
void tcp_streams::finish(connection& c) {
    finish(c, side::client);
    finish(c, side::server);
}
void tcp_streams::forget(connections::iterator which) {
    finish(*which);
    status_ = worse(status_, which->told->status());
    by_peers_.erase(which->key);
    all_.erase(which);
}
void tcp_streams::end() {
    while (!all_.empty()) forget(std::prev(all_.end()));
}

}  // namespace segue::command
