// segue tap: what its connections share, and one of them, over any transports.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "commands.hpp"
#include "dialogue.hpp"
#include "segue/transport/relay.hpp"
#include "spool.hpp"

namespace segue::command {

class tapped {
public:
    virtual ~tapped() = default;
    virtual bool finished() const = 0;
    virtual void close() = 0;
};

// The lines of all connections, in the order in which things happened.
class tap_log {
public:
    tap_log(registry const& all, std::string name, tap_options const& options);

    std::unique_ptr<dialogue> open(std::string client, std::string server);
    void passed(dialogue& of, heading where, std::string_view bytes);
    void ended(dialogue& of, heading where);
    void broke(dialogue& of, heading where, std::error_code why);
    void closed(dialogue const& of);
    void say(std::string const& sentence) { out_.error("segue: " + sentence); }
    // nobody reads any more
    bool over() { return out_.broken(); }

private:
    static wall_time now() { return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()); }
    static side sender(heading where) { return where == heading::forth ? side::client : side::server; }
    void note(dialogue const& of, std::string const& what);
    void print();

    registry const* all_;
    std::string name_;
    tap_options const* options_;
    spool out_;
    std::string lines_;
    dialogue_options how_;
    std::size_t count_ = 0;
};

struct tap_witness {
    tap_log* log;
    dialogue* told;
    void passed(heading where, std::string_view bytes) { log->passed(*told, where, bytes); }
    void ended(heading where) { log->ended(*told, where); }
    void broke(heading where, std::error_code why) { log->broke(*told, where, why); }
};

// The transports are made in their places: they need not be movable.
template <transport First, transport Second>
class tapped_over final : public tapped {
public:
    template <class MakeFirst, class MakeSecond>
    tapped_over(tap_log& log, MakeFirst make_first, MakeSecond make_second)
        : first_(make_first()), second_(make_second()), log_(&log), told_(log.open(first_.peer_name(), second_.peer_name())),
          between_(first_, second_, tap_witness{&log, told_.get()}) {
        between_.start();
    }
    ~tapped_over() override { log_->closed(*told_); }

    bool finished() const override { return between_.finished(); }
    void close() override { between_.close(); }

private:
    First first_;
    Second second_;
    tap_log* log_;
    std::unique_ptr<dialogue> told_;
    relay<First, Second, tap_witness> between_;
};

// As many as are open; those that are over leave between two turns of the loop.
class tapped_connections {
public:
    void add(std::unique_ptr<tapped> one) { all_.push_back(std::move(one)); }
    void reap() {
        all_.remove_if([](auto const& one) { return one->finished(); });
    }
    void close() {
        for (auto const& one : all_) one->close();
    }

private:
    std::list<std::unique_ptr<tapped>> all_;
};

// HOST:PORT, [HOST]:PORT, or what `before` stands for and :PORT. A sentence where it is neither.
struct host_and_port {
    std::string host{};
    std::uint16_t port = 0;
};
std::optional<host_and_port> host_and_port_of(std::string_view text, std::string_view otherwise);

// With TLS on either side; the addresses are known to be good.
int tap_with_tls(tap_log& log, tap_options const& options, host_and_port const& at, host_and_port const& to, bool to_tls);

}  // namespace segue::command
