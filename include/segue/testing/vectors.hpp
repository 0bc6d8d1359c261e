// Vectors: a file of lines "verdict <tab> wire <tab> value", read both ways.
//
//   ok            the wire is one message, this value, and the value encodes to this wire
//   lenient       the wire is one message, this value, but not the form that is written
//   NAME@OFFSET   the wire fails with this error at this offset, however it is cut
//
// The wire is in quotes, with \xNN for bytes that are not printable; the value as testing/render.hpp shows it. Lines
// that begin with # are comments.
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "segue/testing/laws.hpp"

namespace segue::testing {

struct vector_line {
    std::size_t number = 0;
    std::string verdict, wire, value;
};

// The bytes that `quoted` shows.
inline std::string unquoted(std::string_view shown) {
    std::string out;
    if (shown.size() < 2) return out;
    shown = shown.substr(1, shown.size() - 2);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        if (shown[i] == '\\' && i + 3 < shown.size()) {
            unsigned byte = 0;
            std::from_chars(shown.data() + i + 2, shown.data() + i + 4, byte, 16);
            out += static_cast<char>(byte);
            i += 3;
        } else {
            out += shown[i];
        }
    }
    return out;
}

inline std::vector<vector_line> read_vectors(std::string const& path) {
    std::vector<vector_line> all;
    std::ifstream file(path);
    std::string line;
    for (std::size_t number = 1; std::getline(file, line); ++number) {
        if (line.empty() || line[0] == '#') continue;
        std::size_t const first = line.find('\t'), second = line.find('\t', first + 1);
        all.push_back({number, line.substr(0, first), unquoted(line.substr(first + 1, second == std::string::npos ? second : second - first - 1)),
                       second == std::string::npos ? "" : line.substr(second + 1)});
    }
    return all;
}

// What is broken, by line; empty where every line of the file holds, and a sentence where it has none.
template <auto const& Grammar, limits L = limits{}, class T = value_of<std::remove_cvref_t<decltype(Grammar)>>>
std::string holds_for_vectors(std::string const& path) {
    std::vector<vector_line> const all = read_vectors(path);
    if (all.empty()) return path + " holds no vectors";
    std::string broken;
    for (vector_line const& v : all) {
        std::string line;
        if (v.verdict == "ok" || v.verdict == "lenient") {
            line = holds_for_wire<Grammar, L, T>(v.wire, v.verdict == "ok");
            player<Grammar, L, T> whole;
            whole.give(v.wire);
            std::string const expected = v.value + " @" + std::to_string(v.wire.size()) + "\n";
            if (std::string const got = whole.close().events; got != expected) line += detail::differ("value", quoted(v.wire), expected, got);
        } else {
            player<Grammar, L, T> whole;
            whole.give(v.wire);
            std::string failure = whole.close().failure;
            std::string const expected = v.verdict.substr(0, v.verdict.find('@')) + " at " + v.verdict.substr(v.verdict.find('@') + 1) + " ";
            if (!failure.starts_with(expected)) line = detail::differ("verdict", quoted(v.wire), expected, failure);
            line += cuts_change_nothing<Grammar, L, T>(v.wire);
        }
        if (!line.empty()) broken += path + ":" + std::to_string(v.number) + ": " + line + "\n";
    }
    return broken;
}

}  // namespace segue::testing
