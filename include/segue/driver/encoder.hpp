// Messages of one grammar into a bounded buffer, drained into whatever space there is; a streamed payload in pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "segue/driver/encode.hpp"
#include "segue/segment/streamed.hpp"
#include "segue/wire/buffer.hpp"
#include "segue/wire/codec.hpp"

namespace segue {

template <auto const& Grammar, limits L = limits{}>
class encoder {
public:
    constexpr encoder() = default;
    constexpr encoder(encoder&&) noexcept = default;
    constexpr encoder& operator=(encoder&&) noexcept = default;

    // Puts a message behind what is pending; nothing is put where it fails: no_room once more than `limits.message`
    // bytes would be pending, contradiction while a streamed payload is unfinished.
    template <class T>
    constexpr bool send(T const& message) {
        if (payload_left_ != 0) return refuse(errc::contradiction, "the rest of the streamed payload");
        streamed_gap gap;
        error_ = {};
        output counter(error_);
        counter.provide_for(gap);
        if (Grammar.encode(message, counter) != step::done) return false;
        auto const size = static_cast<std::size_t>(counter.written());
        if (pending() + size > L.message) return refuse(errc::no_room, "a drained encoder");
        buffer old;
        bytes_.make_room(size, old);
        output out(error_, bytes_.tail(), bytes_.tail() + size);
        out.provide_for(gap);
        if (Grammar.encode(message, out) != step::done) return false;
        bytes_.grow(size);
        if (gap.present && gap.size != 0) {
            payload_left_ = gap.size;
            payload_most_ = gap.most;
            trailer_ = size - static_cast<std::size_t>(gap.at);
        }
        return true;
    }
    // The next piece of the streamed payload. Fails with wrong_size where it is more than was declared.
    constexpr bool data(std::string_view piece) {
        if (piece.size() > payload_left_) return refuse(errc::wrong_size, "as much payload as the message declared");
        if (payload_left_ == streamed_bytes::unknown && piece.size() > payload_most_)
            return refuse(errc::too_long, "no more payload than the element may have");
        if (pending() + piece.size() > L.message) return refuse(errc::no_room, "a drained encoder");
        insert(piece);
        if (payload_left_ != streamed_bytes::unknown) payload_left_ -= piece.size();
        else payload_most_ -= piece.size();
        if (payload_left_ == 0) trailer_ = 0;
        return true;
    }
    // The end of a payload whose size was not declared.
    constexpr bool finish() {
        if (payload_left_ != 0 && payload_left_ != streamed_bytes::unknown)
            return refuse(errc::wrong_size, "as much payload as the message declared");
        payload_left_ = 0;
        trailer_ = 0;
        return true;
    }

    // What can be written now: bytes behind an unfinished payload wait for it.
    constexpr std::string_view front() const { return {bytes_.data(), bytes_.size() - trailer_}; }
    // n bytes of it were written.
    constexpr void consume(std::size_t n) {
        bytes_.drop(n);
        if (bytes_.size() == 0) bytes_.release();
    }
    // Moves up to n bytes there; how many were moved.
    constexpr std::size_t drain(char* to, std::size_t n) {
        std::string_view const ready = front();
        std::size_t const size = ready.size() < n ? ready.size() : n;
        copy_bytes(to, ready.data(), size);
        consume(size);
        return size;
    }
    constexpr std::size_t pending() const { return bytes_.size(); }
    constexpr std::uint64_t payload_left() const { return payload_left_; }
    constexpr segue::error const& error() const { return error_; }

private:
    constexpr bool refuse(errc code, std::string_view expected) {
        note_failure(&error_, code, 0, code == errc::no_room ? L.message : 0, 0, expected);
        return false;
    }
    // before the trailer, which is small
    constexpr void insert(std::string_view piece) {
        buffer old;
        bytes_.make_room(piece.size(), old);
        char* const trailer = bytes_.tail() - trailer_;
        copy_bytes(trailer + piece.size(), trailer, trailer_);
        copy_bytes(trailer, piece.data(), piece.size());
        bytes_.grow(piece.size());
    }

    buffer bytes_;
    std::size_t trailer_ = 0;         // bytes behind the payload under way
    std::uint64_t payload_left_ = 0;
    std::uint64_t payload_most_ = 0;  // how much may still come of one whose size was not declared
    segue::error error_{};
};

}  // namespace segue
