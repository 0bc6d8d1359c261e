// The words of an inline command, as a Redis server splits the line that somebody typed.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace segue::resp {

namespace detail {

constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
// A form feed and a vertical tab stand between words, but end none.
constexpr bool ends_word(char c) { return is_space(c) && c != '\v' && c != '\f'; }
constexpr int hexadecimal_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}
// The character behind a backslash in double quotes: \xHH, the escapes of C, or itself. `at` is moved to its last byte.
constexpr char unescaped(std::string_view line, std::size_t& at) {
    if (line[at] == 'x' && at + 2 < line.size()) {
        int const high = hexadecimal_value(line[at + 1]), low = hexadecimal_value(line[at + 2]);
        if (high >= 0 && low >= 0) {
            at += 2;
            return static_cast<char>(high * 16 + low);
        }
    }
    switch (line[at]) {
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        case 'b': return '\b';
        case 'a': return '\a';
        default: return line[at];
    }
}
// A word in quotes, behind its first one; false where the other is missing, or is not the end of the word.
constexpr bool take_quoted(std::string_view line, std::size_t& at, char quote, std::string& word) {
    for (; at < line.size(); ++at) {
        if (line[at] == quote) {
            ++at;
            return at == line.size() || is_space(line[at]);
        }
        if (line[at] == '\\' && at + 1 < line.size() && (quote == '"' || line[at + 1] == '\'')) word += unescaped(line, ++at);
        else word += line[at];
    }
    return false;
}

}  // namespace detail

// SET k "a b\x00" 'it\'s'  ->  {"SET", "k", "a b\0", "it's"}; nothing where quotes do not balance. An empty line has no words.
inline std::optional<std::vector<std::string>> inline_words(std::string_view line) {
    std::vector<std::string> words;
    for (std::size_t at = 0;;) {
        while (at < line.size() && detail::is_space(line[at])) ++at;
        if (at == line.size()) return words;
        std::string& word = words.emplace_back();
        while (at < line.size() && !detail::ends_word(line[at])) {
            char const c = line[at++];
            if (c != '"' && c != '\'') word += c;
            else if (!detail::take_quoted(line, at, c, word)) return std::nullopt;
        }
    }
}

}  // namespace segue::resp
