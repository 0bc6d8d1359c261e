// The TCP connections of a capture: libtins takes the packets apart and its DataTracker puts segments in order; here is
// which packet belongs to which connection, where its directions begin and end, and what is missing. (Its StreamFollower
// ends a connection at the second FIN, though segments that were captured late are still to come, and tells of no gap.)
//
// A connection is followed from its first SYN. Whatever the capture holds, no more is kept than the limits say.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tins/pdu.h>
#include <tins/rawpdu.h>
#include <tins/tcp.h>
#include <tins/tcp_ip/data_tracker.h>
#include <tins/tcp_ip/stream_identifier.h>

#include "dialogue.hpp"

namespace segue::command {

class tcp_streams {
public:
    // The dialogue of a new connection.
    using opened = std::function<std::unique_ptr<dialogue>(dialogue::peers)>;

    tcp_streams(std::optional<std::uint16_t> port, opened open) : port_(port), open_(std::move(open)) {}

    // `cut` bytes at its end are no bytes of the wire: they were not captured.
    void take(Tins::PDU& packet, std::size_t cut, wall_time when);
    // The capture is over.
    void end();
    int status() const { return status_; }

private:
    static constexpr std::size_t most_connections = 16 * 1024;      // open ones, and those that ended last
    static constexpr std::size_t most_out_of_order = 4 << 20;       // bytes of one direction ...
    static constexpr std::size_t most_pieces_out_of_order = 4096;   // ... and segments

    struct direction {
        Tins::TCPIP::DataTracker in_order{};
        std::uint64_t offset = 0;               // of the next byte
        std::uint32_t furthest = 0;             // behind the last byte that was sent, as far as is known
        std::optional<std::uint32_t> end{};     // behind the last byte there is
        bool began = false, over = false;
        bool cut_short = false;                 // a packet was captured in part
    };
    struct connection {
        Tins::TCPIP::StreamIdentifier key;
        std::string client;
        std::unique_ptr<dialogue> told;
        std::array<direction, 2> directions{};
        wall_time seen{};
        std::uint32_t first = 0;                // the number of its SYN

        direction& of(side s) { return directions[static_cast<std::size_t>(s)]; }
        bool over() const { return directions[0].over && directions[1].over; }
    };
    struct segment {
        Tins::TCP const& head;
        std::string source, destination;
        std::size_t size, captured;             // of its payload
        Tins::RawPDU* payload;                  // none: empty
    };
    using connections = std::list<connection>;  // who was heard of last stands first

    connection* find(Tins::PDU const& packet, segment const& s);
    void begin(direction& d, std::uint32_t number);
    void take(connection& c, side from, segment const& s);
    void missing(connection& c, side from);
    void finish(connection& c, side from);
    void finish(connection& c);
    void forget(connections::iterator which);

    std::optional<std::uint16_t> port_;
    opened open_;
    connections all_;
    std::map<Tins::TCPIP::StreamIdentifier, connections::iterator> by_peers_;
    std::size_t count_ = 0;
    int status_ = all_well;
};

}  // namespace segue::command
