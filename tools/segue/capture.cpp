// segue decode --pcap FILE GRAMMAR: the TCP streams of a capture, read by libpcap and taken apart by libtins.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <pcap.h>
#include <string>
#include <string_view>
#include <tins/ethernetII.h>
#include <tins/exceptions.h>
#include <tins/ip.h>
#include <tins/ipv6.h>
#include <tins/loopback.h>
#include <tins/sll.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "dialogue.hpp"
#include "files.hpp"
#include "limits.hpp"
#include "tcp_streams.hpp"

namespace segue::command {

namespace {

constexpr std::size_t largest_packet = 256 * 1024;  // as libpcap's own limit
using opened_capture = std::unique_ptr<pcap_t, decltype(&::pcap_close)>;

wall_time time_of(pcap_pkthdr const& about) {
    return wall_time(std::chrono::seconds(about.ts.tv_sec) + std::chrono::microseconds(about.ts.tv_usec));
}
bool is_known(int link) {
    constexpr int known[]{DLT_EN10MB, DLT_LINUX_SLL, DLT_NULL, DLT_LOOP, DLT_RAW, DLT_IPV4, DLT_IPV6};
    return std::find(std::begin(known), std::end(known), link) != std::end(known);
}
// Nothing where it is no packet of its kind.
std::unique_ptr<Tins::PDU> taken_apart(int link, std::vector<std::uint8_t> const& bytes) {
    auto const size = static_cast<std::uint32_t>(bytes.size());
    try {
        switch (link) {
            case DLT_EN10MB: return std::make_unique<Tins::EthernetII>(bytes.data(), size);
            case DLT_LINUX_SLL: return std::make_unique<Tins::SLL>(bytes.data(), size);
            case DLT_NULL:
            case DLT_LOOP: return std::make_unique<Tins::Loopback>(bytes.data(), size);
            default: break;
        }
        if (size != 0 && bytes[0] >> 4 == 6) return std::make_unique<Tins::IPv6>(bytes.data(), size);
        return std::make_unique<Tins::IP>(bytes.data(), size);
    } catch (Tins::exception_base const&) {
        return nullptr;
    }
}

}  // namespace

int decode_capture(registry const& all, std::string const& name, capture_options const& options) {
    for (auto const& one : options.limits)
        if (auto const wrong = lower(all.open_two(name, options.events), all, name, one)) {
            complain(*wrong);
            return wrong_usage;
        }
    standard_output out;
    dialogue_options how{.events = options.events, .json_errors = options.json_errors, .lines = &out.text};
    how.tell_error = [&out](std::string const& line) {
        (void)out.flush();
        std::string const whole = line + '\n';
        (void)!::write(STDERR_FILENO, whole.data(), whole.size());
    };
    tcp_streams streams(options.port, [&](dialogue::peers who) {
        two_streams in = all.open_two(name, options.events);
        for (auto const& one : options.limits) (void)lower(in, all, name, one);
        return std::make_unique<dialogue>(std::move(in), std::move(who), how);
    });
    char why[PCAP_ERRBUF_SIZE] = "";
    opened_capture const file(::pcap_open_offline(options.file.c_str(), why), &::pcap_close);
    if (!file) {
        std::string_view reason = why;  // libpcap puts the name in front of some
        if (reason.starts_with(options.file + ": ")) reason.remove_prefix(options.file.size() + 2);
        complain("cannot read the capture " + options.file + ": " + std::string(reason));
        return wrong_usage;
    }
    int const link = ::pcap_datalink(file.get());
    if (!is_known(link)) {
        char const* const called = ::pcap_datalink_val_to_name(link);
        complain("cannot read the capture " + options.file + ": its link layer is " + (called ? called : std::to_string(link)) +
                 "; Ethernet, Linux cooked (SLL), loopback and raw IP are known");
        return wrong_usage;
    }
    pcap_pkthdr* about = nullptr;
    u_char const* captured = nullptr;
    std::vector<std::uint8_t> bytes;
    int more = 0;
    while ((more = ::pcap_next_ex(file.get(), &about, &captured)) == 1) {
        bytes.assign(captured, captured + about->caplen);
        // what was not captured stands there as zeros, so that the headers tell the truth about sizes
        std::size_t const whole = std::min<std::size_t>(about->len, largest_packet);
        bytes.resize(std::max(bytes.size(), whole));
        auto const packet = taken_apart(link, bytes);
        if (packet) streams.take(*packet, bytes.size() - about->caplen, time_of(*about));
        // a capture that is still being written shows what it has
        if (!(options.file == "-" ? out.flush() : out.flush_if_large())) return wrong_usage;
    }
    streams.end();
    if (!out.flush()) return wrong_usage;
    if (more != -1) return streams.status();
    complain("the capture " + options.file + " ends in disorder: " + ::pcap_geterr(file.get()));
    return worse(streams.status(), truncated);
}

}  // namespace segue::command
