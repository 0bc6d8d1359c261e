// What the command knows of a grammar: its name, and behind an interface all that depends on its types.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "segue/core/description.hpp"
#include "segue/core/error.hpp"
#include "segue/driver/reader.hpp"
#include "segue/inspect/json.hpp"

namespace segue::command {

// Files hold larger messages than most peers may send; --limit lowers them.
inline constexpr limits command_limits{
    .message = std::size_t{64} << 20, .element = std::size_t{16} << 20, .items = 1'000'000, .adjustable = true};

// A decoder of some grammar.
class stream {
public:
    virtual ~stream() = default;
    virtual void feed(std::string_view arrived) = 0;
    virtual void close() = 0;
    virtual kind next() = 0;
    virtual void write_message(json_writer& out) const = 0;
    virtual void write_head(json_writer& out) const = 0;  // the members before a streamed payload, and its size
    virtual bool has_payload() const = 0;                 // a message has one, even if it is empty
    virtual std::string_view data() const = 0;
    virtual segue::error const& error() const = 0;
    virtual std::uint64_t offset() const = 0;
    virtual std::string unread() const = 0;
    virtual bool lower(std::string_view limit, std::size_t most) = 0;
    // What follows belongs to another protocol: it is not decoded.
    virtual bool switched() const { return false; }
};

// Why a line of JSON did not become bytes: its JSON is wrong, or the message cannot be encoded.
struct encode_failure {
    json_error json{};
    segue::error wire{};

    explicit operator bool() const { return static_cast<bool>(json) || static_cast<bool>(wire); }
};

class grammar {
public:
    grammar(std::string name, std::string summary) : name_(std::move(name)), summary_(std::move(summary)) {}
    virtual ~grammar() = default;

    std::string const& name() const { return name_; }
    std::string const& summary() const { return summary_; }

    virtual std::unique_ptr<stream> open(bool events) const = 0;
    virtual bool has_events() const = 0;  // its streamed form differs from the collected one
    virtual description describe() const = 0;
    virtual encode_failure encode(std::string_view line, std::string& to) const = 0;  // behind what `to` has

private:
    std::string name_, summary_;
};

}  // namespace segue::command
