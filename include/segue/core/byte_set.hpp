// A set of byte values, 32 bytes, usable as a template argument.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace segue {

struct byte_set {
    std::uint64_t words[4]{};

    static constexpr byte_set all() { return byte_set{}.with(0, 255); }
    static constexpr byte_set of(std::string_view bytes) { return byte_set{}.with(bytes); }

    constexpr bool has(unsigned char byte) const { return (words[byte >> 6] >> (byte & 63) & 1) != 0; }
    constexpr bool has(char byte) const { return has(static_cast<unsigned char>(byte)); }

    constexpr byte_set with(unsigned char first, unsigned char last) const {
        byte_set result = *this;
        for (unsigned byte = first; byte <= last; ++byte) result.words[byte >> 6] |= std::uint64_t{1} << (byte & 63);
        return result;
    }
    constexpr byte_set with(std::string_view bytes) const {
        byte_set result = *this;
        for (char c : bytes) {
            auto byte = static_cast<unsigned char>(c);
            result = result.with(byte, byte);
        }
        return result;
    }
    constexpr byte_set without(std::string_view bytes) const { return *this & ~of(bytes); }

    constexpr std::size_t size() const {
        std::size_t n = 0;
        for (unsigned byte = 0; byte < 256; ++byte) n += has(static_cast<unsigned char>(byte));
        return n;
    }
    constexpr bool includes(byte_set const& other) const { return (*this & other) == other; }
    constexpr bool meets(byte_set const& other) const { return (*this & other) != byte_set{}; }

    friend constexpr bool operator==(byte_set const&, byte_set const&) = default;
    friend constexpr byte_set operator|(byte_set a, byte_set const& b) {
        for (int i = 0; i < 4; ++i) a.words[i] |= b.words[i];
        return a;
    }
    friend constexpr byte_set operator&(byte_set a, byte_set const& b) {
        for (int i = 0; i < 4; ++i) a.words[i] &= b.words[i];
        return a;
    }
    friend constexpr byte_set operator~(byte_set a) {
        for (int i = 0; i < 4; ++i) a.words[i] = ~a.words[i];
        return a;
    }
};

}  // namespace segue
