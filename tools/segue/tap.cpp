// segue tap GRAMMAR --listen PORT --to HOST:PORT: a relay for each connection, and a dialogue that looks on.
#include "tap.hpp"

#include <charconv>
#include <csignal>
#include <optional>

#include "files.hpp"
#include "limits.hpp"
#include "segue/transport/posix_listener.hpp"
#include "segue/transport/posix_signals.hpp"

namespace segue::command {

tap_log::tap_log(registry const& all, std::string name, tap_options const& options) : all_(&all), name_(std::move(name)), options_(&options) {
    how_ = {.events = options.events, .for_people = options.for_people, .json_errors = options.json_errors, .lines = &lines_};
    how_.tell_error = [this](std::string const& line) {
        print();
        out_.error(line);
    };
}

std::unique_ptr<dialogue> tap_log::open(std::string client, std::string server) {
    two_streams in = all_->open_two(name_, options_->events);
    for (auto const& one : options_->limits) (void)lower(in, *all_, name_, one);
    auto told = std::make_unique<dialogue>(std::move(in), dialogue::peers{++count_, std::move(client), std::move(server)}, how_);
    note(*told, "begins: " + told->who().client + " to " + told->who().server);
    print();
    return told;
}
void tap_log::passed(dialogue& of, heading where, std::string_view bytes) {
    of.arrived(sender(where), bytes, now());
    print();
}
void tap_log::ended(dialogue& of, heading where) {
    of.ended(sender(where), now());
    print();
}
// Nothing follows in either direction: what was under way has ended there.
void tap_log::broke(dialogue& of, heading where, std::error_code why) {
    of.ended(sender(where), now());
    of.ended(other(sender(where)), now());
    of.tell(sender(where), "broken", "the connection broke: " + why.message());
    print();
}
void tap_log::closed(dialogue const& of) {
    note(of, "ends");
    print();
}
void tap_log::note(dialogue const& of, std::string const& what) {
    if (options_->for_people) lines_ += to_text(now()).substr(11, 15) + ' ' + std::to_string(of.who().number) + ' ' + what + '\n';
}
void tap_log::print() {
    out_.output(lines_);
    lines_.clear();
}

std::optional<host_and_port> host_and_port_of(std::string_view text, std::string_view otherwise) {
    std::size_t const colon = text.rfind(':');
    std::string_view host = colon == std::string_view::npos ? otherwise : text.substr(0, colon);
    std::string_view const port = colon == std::string_view::npos ? text : text.substr(colon + 1);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    host_and_port found{.host = std::string(host)};
    auto const read = std::from_chars(port.data(), port.data() + port.size(), found.port);
    if (host.empty() || port.empty() || read.ec != std::errc{} || read.ptr != port.data() + port.size()) return std::nullopt;
    return found;
}

namespace {

int tap_plain(tap_log& log, host_and_port const& at, host_and_port const& to) {
    auto server = posix::tcp_address(to.host, to.port);
    if (!server) {
        log.say("there is no address of " + to.host);
        return wrong_usage;
    }
    auto listening = posix::listen(posix::tcp_address(at.host, at.port));
    if (!listening) {
        log.say("cannot listen at " + at.host + ':' + std::to_string(at.port) + ": " + listening.error().message());
        return wrong_usage;
    }
    posix::loop loop;
    bool stops = false;
    tapped_connections all;
    posix::listener here(loop, std::move(*listening), [&](posix::channel client) {
        auto behind = posix::connect(server);
        if (!behind) return log.say("cannot connect to " + to_text(*server) + ": " + behind.error().message());
        using over = tapped_over<posix::transport, posix::transport>;
        auto const from = [&] { return posix::transport(loop, std::move(client)); };
        auto const on_to = [&] { return posix::transport(loop, std::move(*behind)); };
        all.add(std::make_unique<over>(log, from, on_to));
    });
    posix::signals const stopping(loop, {SIGTERM, SIGINT}, [&](int) { stops = true; });
    log.say("listening on " + here.name());
    while (!stops && !log.over()) {
        (void)loop.turn();
        all.reap();
    }
    here.close();
    all.close();
    return all_well;
}

}  // namespace

int tap(registry const& all, std::string const& name, tap_options const& options) {
    for (auto const& one : options.limits)
        if (auto const wrong = lower(all.open_two(name, options.events), all, name, one)) {
            complain(*wrong);
            return wrong_usage;
        }
    constexpr std::string_view with_tls = "tls:";
    bool const to_tls = options.to.starts_with(with_tls);
    auto const at = host_and_port_of(options.listen, "127.0.0.1");
    auto const to = host_and_port_of(std::string_view(options.to).substr(to_tls ? with_tls.size() : 0), "");
    if (!at) complain("--listen takes PORT or ADDRESS:PORT, not " + options.listen);
    if (!to) complain("--to takes HOST:PORT or tls:HOST:PORT, not " + options.to);
    if (!at || !to) return wrong_usage;
    if (!options.authorities.empty() && !to_tls) {
        complain("--ca goes with --to tls:HOST:PORT");
        return wrong_usage;
    }
    tap_log log(all, name, options);
    if (to_tls || !options.certificate.empty()) return tap_with_tls(log, options, *at, *to, to_tls);
    return tap_plain(log, *at, *to);
}

}  // namespace segue::command
