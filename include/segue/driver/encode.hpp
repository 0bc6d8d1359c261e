// One shot: a value's bytes into a string, a vector, a span of fixed size, or a list of pieces.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "segue/wire/codec.hpp"

namespace segue {

// How many bytes were written, or the error because of which none were.
class encoded {
public:
    constexpr encoded(std::size_t size) : size_(size) {}
    constexpr encoded(segue::error const& e) {
        if (e) error_ = e;
    }

    explicit constexpr operator bool() const { return !error_; }
    constexpr std::size_t size() const { return size_; }
    constexpr segue::error const& error() const { return error_ ? *error_ : no_error; }

private:
    static constexpr segue::error no_error{};

    std::size_t size_ = 0;
    std::optional<segue::error> error_;  // an error is large: where there is none, none is made
};

// The number of bytes that the value takes, or why it cannot be encoded: what a decoder could not read back is refused.
template <codec C, class T>
constexpr encoded encoded_size(C const& codec, T const& value) {
    segue::error e;
    output counter(e);
    if (codec.encode(value, counter) != step::done) return e;
    return static_cast<std::size_t>(counter.written());
}

// Into the front of a span, which is never overrun. Fails with no_room where the value is larger.
template <codec C, class T>
constexpr encoded encode(C const& codec, T const& value, std::span<char> to) {
    segue::error e;
    output out(e, to.data(), to.data() + to.size());
    if (codec.encode(value, out) != step::done) return e;
    return static_cast<std::size_t>(out.written());
}

// Behind what the string or the vector holds; unchanged on failure.
template <codec C, class T, class Bytes>
    requires std::same_as<Bytes, std::string> || std::same_as<Bytes, std::vector<char>>
constexpr encoded encode(C const& codec, T const& value, Bytes& to) {
    encoded const size = encoded_size(codec, value);
    if (!size) return size;
    std::size_t const before = to.size();
    to.resize(before + size.size());
    encoded const written = encode(codec, value, std::span<char>(to.data() + before, size.size()));
    if (!written) to.resize(before);
    return written;
}

// Behind what the list has; large payloads are referred to, so the value must live as long as the list is used.
template <codec C, class T>
constexpr encoded encode(C const& codec, T const& value, gather_list& to) {
    encoded const size = encoded_size(codec, value);
    if (!size) return size;
    segue::error e;
    output out(e, to);
    if (codec.encode(value, out) != step::done) return e;
    return static_cast<std::size_t>(out.written());
}

}  // namespace segue
