// What parsers with callbacks collect: the same spans as the others give. A span that comes in pieces grows, because the
// bytes lie in one place; so the peer is spared the buffer that it would need on a socket.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "corpora.hpp"

namespace segue::bench {

struct collected {
    struct header {
        std::string_view name, value;
    };
    std::string_view method, target;
    std::size_t minor = 0;
    std::vector<header> headers;
    bool in_value = true;  // the next piece of a name begins a header

    static void grow(std::string_view& span, char const* p, std::size_t n) {
        span = span.empty() ? std::string_view(p, n) : std::string_view(span.data(), span.size() + n);
    }
    void name(char const* p, std::size_t n) {
        if (in_value) headers.emplace_back();
        in_value = false;
        grow(headers.back().name, p, n);
    }
    void value(char const* p, std::size_t n) {
        in_value = true;
        grow(headers.back().value, p, n);
    }
    std::size_t finish() {
        std::size_t const weight = weigh(method, target, minor, headers);
        method = target = {};
        headers.clear();
        in_value = true;
        return weight;
    }
};

}  // namespace segue::bench
