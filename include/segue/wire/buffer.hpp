// Bytes that a driver owns: filled at the end, taken from the front, constexpr (std::string is not, everywhere).
#pragma once

#include <cstddef>
#include <cstring>
#include <type_traits>
#include <utility>

namespace segue {

constexpr void copy_bytes(char* to, char const* from, std::size_t n) {
    if (std::is_constant_evaluated()) {
        char* const copy = new char[n]{};  // the two may overlap, and pointers may not be compared here
        for (std::size_t i = 0; i < n; ++i) copy[i] = from[i];
        for (std::size_t i = 0; i < n; ++i) to[i] = copy[i];
        delete[] copy;
    } else if (n != 0) {
        std::memmove(to, from, n);
    }
}

class buffer {
public:
    constexpr buffer() = default;
    constexpr explicit buffer(std::size_t n) { allocate(n); }  // room for n bytes, and no more
    constexpr buffer(buffer&& other) noexcept { swap(other); }
    constexpr buffer& operator=(buffer&& other) noexcept {
        swap(other);
        return *this;
    }
    constexpr ~buffer() { delete[] bytes_; }

    constexpr char* data() { return bytes_ + first_; }
    constexpr char const* data() const { return bytes_ + first_; }
    constexpr std::size_t size() const { return last_ - first_; }
    constexpr std::size_t capacity() const { return capacity_; }
    constexpr std::size_t room() const { return capacity_ - last_; }
    constexpr char* tail() { return bytes_ + last_; }

    constexpr void clear() { first_ = last_ = 0; }
    constexpr void release() { buffer{}.swap(*this); }
    constexpr void grow(std::size_t n) { last_ += n; }           // n bytes were written at tail()
    constexpr void shrink(std::size_t n) { last_ = first_ + n; } // keeps the first n
    constexpr void drop(std::size_t n) { first_ += n; }          // forgets the first n

    // Makes room for n more bytes, in a bigger place where needed; the old place stays readable in `old` until that dies.
    constexpr void reserve(std::size_t n, buffer& old) {
        if (room() >= n) return;
        std::size_t const held = size();
        std::size_t const wanted = held + n;
        buffer bigger;
        bigger.allocate(wanted < 2 * held ? 2 * held : wanted < smallest ? smallest : wanted);
        copy_bytes(bigger.bytes_, data(), held);
        bigger.last_ = held;
        swap(bigger);
        old.swap(bigger);
    }
    // As reserve, but what is held may also move to the front, where at least as much was dropped as is held.
    constexpr void make_room(std::size_t n, buffer& old) {
        if (room() < n && first_ >= size() && capacity_ - size() >= n) {
            std::size_t const held = size();
            copy_bytes(bytes_, data(), held);
            first_ = 0;
            last_ = held;
        } else {
            reserve(n, old);
        }
    }
    constexpr void append(char const* from, std::size_t n) {  // into room, from elsewhere
        char* to = tail();
        last_ += n;
        if (n == 1) {  // bytes that come one by one: a call costs more
            *to = *from;
            return;
        }
        if (!std::is_constant_evaluated() && n >= 16 && n <= 64) {  // ... and here: from both ends to the middle
            copy16(to, from);
            copy16(to + n - 16, from + n - 16);
            if (n > 32) {
                copy16(to + 16, from + 16);
                copy16(to + n - 32, from + n - 32);
            }
            return;
        }
#if defined(__AVX__)
        // A few KiB in pieces of known size, because the C library leaves them to `rep movsb`; narrower vectors lose to that.
        if (!std::is_constant_evaluated() && n >= 2048)
            for (; n >= 64; n -= 64, to += 64, from += 64) std::memcpy(to, from, 64);
#endif
        copy_bytes(to, from, n);
    }

    constexpr void swap(buffer& other) noexcept {
        std::swap(bytes_, other.bytes_);
        std::swap(capacity_, other.capacity_);
        std::swap(first_, other.first_);
        std::swap(last_, other.last_);
    }

private:
    static constexpr std::size_t smallest = 512;

    static void copy16(char* to, char const* from) { std::memcpy(to, from, 16); }
    constexpr void allocate(std::size_t n) {
        bytes_ = std::is_constant_evaluated() ? new char[n]{} : new char[n];
        capacity_ = n;
    }

    char* bytes_ = nullptr;
    std::size_t capacity_ = 0, first_ = 0, last_ = 0;
};

}  // namespace segue
