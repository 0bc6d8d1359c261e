// Sums over bytes: what a checksum is, and the ones that are a few additions. CRCs come with wire/crc.hpp.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>

namespace segue {

// Bytes are added in any pieces; its default has seen none. It is kept across a suspension: a number or two.
template <class S>
concept checksum = std::is_trivially_copyable_v<S> && std::default_initializable<S> && requires(S s, S const& done, std::string_view more) {
    typename S::value_type;
    requires std::unsigned_integral<typename S::value_type>;
    { S::most } -> std::convertible_to<typename S::value_type>;  // the largest value
    { S::name } -> std::convertible_to<std::string_view>;        // as a description says it
    s.add(more);
    { done.value() } -> std::same_as<typename S::value_type>;
};

namespace detail {

// T's arithmetic wraps around; smaller types than int are added as ints.
template <std::unsigned_integral T>
class byte_sum {
public:
    using value_type = T;
    static constexpr T most = std::numeric_limits<T>::max();

    constexpr void add(std::string_view more) {
        for (char byte : more) sum_ = static_cast<T>(sum_ + static_cast<unsigned char>(byte));
    }

protected:
    T sum_ = 0;
};

}  // namespace detail

// The sum of the bytes, modulo the size of T.
template <std::unsigned_integral T>
class sum_of_bytes : public detail::byte_sum<T> {
public:
    static constexpr std::string_view name = "the sum";
    constexpr T value() const { return this->sum_; }
};

// What makes the sum of the bytes and itself zero, as in Intel HEX.
template <std::unsigned_integral T>
class negated_sum_of_bytes : public detail::byte_sum<T> {
public:
    static constexpr std::string_view name = "the negated sum";
    constexpr T value() const { return static_cast<T>(T{0} - this->sum_); }
};

// Exclusive or of the bytes, as in NMEA 0183.
class xor_of_bytes {
public:
    using value_type = std::uint8_t;
    static constexpr value_type most = 255;
    static constexpr std::string_view name = "the exclusive or";

    constexpr void add(std::string_view more) {
        for (char byte : more) all_ = static_cast<value_type>(all_ ^ static_cast<unsigned char>(byte));
    }
    constexpr value_type value() const { return all_; }

private:
    value_type all_ = 0;
};

// "the 16-bit one's complement of the one's complement sum of all 16-bit words", RFC 1071 and 791, words in network order,
// an odd last byte padded with zero.
class internet_sum {
public:
    using value_type = std::uint16_t;
    static constexpr value_type most = 0xffff;
    static constexpr std::string_view name = "the internet checksum";

    constexpr void add(std::string_view more) {
        for (char byte : more) {
            sum_ += static_cast<std::uint32_t>(static_cast<unsigned char>(byte)) << (odd_ ? 0 : 8);
            sum_ = (sum_ & 0xffff) + (sum_ >> 16);
            odd_ = !odd_;
        }
    }
    constexpr value_type value() const { return static_cast<value_type>(~sum_); }

private:
    std::uint32_t sum_ = 0;  // at most 16 bits between two bytes
    bool odd_ = false;
};

}  // namespace segue
