// A perfect hash of fixed names, computed at compile time: a name is found by one look-up and one comparison.
//
// Hash and displace (Belazzougui, Botelho, Dietzfelbinger: Hash, displace, and compress, 2009): a first hash picks a
// bucket, the bucket's displacement moves all its names to slots that are free. No hash decides alone: the name found is
// compared, so chosen input costs no more than any other.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace segue {

template <std::size_t N>
class perfect_hash {
public:
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    // The names must be of static storage and different: `found` tells.
    constexpr explicit perfect_hash(std::array<std::string_view, N> const& names) : names_(names) {
        for (std::size_t i = 0; i < N; ++i)
            for (std::size_t k = 0; k < i; ++k)
                if (names[i] == names[k]) return;
        for (std::uint16_t& slot : slots_) slot = nobody;
        for (std::string_view name : names) longest_ = longest_ < name.size() ? name.size() : longest_;
        std::array<std::uint64_t, N> hashes{};
        for (std::size_t i = 0; i < N; ++i) hashes[i] = hash(names[i]);
        for (std::size_t size = N; size != 0; --size)  // full buckets first, while there is room
            for (std::size_t b = 0; b < buckets; ++b)
                if (in_bucket(hashes, b) == size && !place(hashes, b)) return;
        found_ = true;
    }

    // Whether they are different, so that each has its place.
    constexpr bool found() const { return found_; }
    // The position of that name; npos where there is none.
    constexpr std::size_t operator[](std::string_view name) const {
        if (name.size() > longest_) return npos;
        std::uint64_t const h = hash(name);
        std::uint16_t const i = slots_[slot_of(h, displaced_[bucket_of(h)])];
        return i != nobody && names_[i] == name ? i : npos;
    }

private:
    static_assert(N < 0xffff, "segue: a perfect hash of fewer names");
    static constexpr std::uint16_t nobody = 0xffff, most_tries = 0x4000;
    static constexpr std::size_t slots = std::bit_ceil(2 * N + 1), buckets = std::bit_ceil(N / 2 + 1);

    static constexpr std::uint64_t load(char const* p, std::size_t n) {
        std::uint64_t word = 0;
        if (std::is_constant_evaluated())
            for (std::size_t i = 0; i < n; ++i) word |= std::uint64_t{static_cast<unsigned char>(p[i])} << (std::endian::native == std::endian::little ? 8 * i : 56 - 8 * i);
        else std::memcpy(&word, p, n);
        return word;
    }
    static constexpr std::uint64_t hash(std::string_view name) {
        std::uint64_t h = name.size();
        char const* p = name.data();
        std::size_t left = name.size();
        for (; left > 8; left -= 8, p += 8) h = mix(h ^ load(p, 8));
        return mix(h ^ load(p, left));
    }
    static constexpr std::uint64_t mix(std::uint64_t h) {
        h *= 0x9e3779b97f4a7c15u;
        return h ^ h >> 29;
    }
    static constexpr std::size_t bucket_of(std::uint64_t h) { return static_cast<std::size_t>(h >> 48) % buckets; }
    static constexpr std::size_t slot_of(std::uint64_t h, std::uint16_t displacement) {
        return static_cast<std::size_t>(mix(h + displacement) >> 32) % slots;
    }
    static constexpr std::size_t in_bucket(std::array<std::uint64_t, N> const& hashes, std::size_t b) {
        std::size_t n = 0;
        for (std::uint64_t const h : hashes) n += bucket_of(h) == b;
        return n;
    }
    constexpr bool place(std::array<std::uint64_t, N> const& hashes, std::size_t b) {
        for (std::uint16_t d = 0; d < most_tries; ++d) {
            std::size_t placed = 0;
            bool fits = true;
            for (std::size_t i = 0; i < N && fits; ++i) {
                if (bucket_of(hashes[i]) != b) continue;
                std::uint16_t& slot = slots_[slot_of(hashes[i], d)];
                fits = slot == nobody;
                if (fits) slot = static_cast<std::uint16_t>(i), ++placed;
            }
            if (fits) return displaced_[b] = d, true;
            for (std::size_t i = 0; placed != 0; ++i) {
                if (bucket_of(hashes[i]) != b) continue;
                slots_[slot_of(hashes[i], d)] = nobody;
                --placed;
            }
        }
        return false;
    }

    std::array<std::string_view, N> names_;
    std::array<std::uint16_t, slots> slots_{};
    std::array<std::uint16_t, buckets> displaced_{};
    std::size_t longest_ = 0;
    bool found_ = false;
};

}  // namespace segue
