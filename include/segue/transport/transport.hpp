// A transport carries bytes: what it tells, and what one asks of it.
//
//   t.start(receiver);                what arrives goes there from now on
//   t.write(bytes);                   all of it, queued where it must; an error value where it cannot be
//   t.write_many(pieces);             as much as goes out now, without a copy; how much that was
//   t.pause_reading();  t.resume_reading();
//   t.end_writing();                  half-close, behind what is queued; not_supported where the medium has none
//   t.close();  t.abort();            behind what is queued; at once
//   t.wake_at(instant);  t.now();     a deadline; the time of this turn of the loop
//   t.congested();  t.pending();      too much queued for now; bytes queued
//   t.open();  t.error();             until it is closed or broken; why it broke
//   t.name();  t.peer_name();         for people
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include "segue/protocol/instant.hpp"

namespace segue {

// Whom a transport tells. It is never called from within a call to the transport, and the transport must outlive the
// call.
class receiver {
public:
    // They stay for the length of this call.
    virtual void on_bytes(std::string_view arrived) = 0;
    // The peer has ended its direction.
    virtual void on_end() = 0;
    // The connection broke; `error()` says why. Nothing follows.
    virtual void on_abort() = 0;
    // What was queued is below the low mark, or what was not taken can be offered again.
    virtual void on_writable() = 0;
    // The time that was asked for has come.
    virtual void on_time() = 0;

protected:
    ~receiver() = default;
};

template <class T>
concept transport = requires(T& t, T const& asked, receiver& to, std::string_view one,
                             std::span<std::string_view const> pieces, std::optional<instant> when) {
    t.start(to);
    { t.write(one) } -> std::same_as<std::error_code>;
    { t.write_many(pieces) } -> std::same_as<std::size_t>;
    t.pause_reading();
    t.resume_reading();
    { t.end_writing() } -> std::same_as<std::error_code>;
    t.close();
    t.abort();
    t.wake_at(when);
    { asked.now() } -> std::same_as<instant>;
    { asked.pending() } -> std::same_as<std::size_t>;
    { asked.congested() } -> std::same_as<bool>;
    { asked.open() } -> std::same_as<bool>;
    { asked.error() } -> std::same_as<std::error_code>;
    { asked.name() } -> std::same_as<std::string>;
    { asked.peer_name() } -> std::same_as<std::string>;
};

}  // namespace segue
