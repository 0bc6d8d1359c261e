// What a protocol has to say and the transport has not yet taken: bounded, in order, drained as a list of pieces.
//
// Small writes are copied behind each other into one block; a large string is taken as it is. Whoever writes stops at
// the high mark and goes on at the low one; beyond the limit a write is refused, and only a control message, which may
// be what frees the peer, still has a small reserve.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/driver/encode.hpp"

namespace segue {

struct water_marks {
    std::size_t low = 16 * 1024;    // bytes pending at which a writer goes on ...
    std::size_t high = 64 * 1024;   // ... that stopped at these
    std::size_t most = 256 * 1024;  // a write that would pass these is refused
    std::size_t reserve = 1024;     // more for control messages
};

class outbox {
public:
    enum class urgency : std::uint8_t { normal, control };

    explicit outbox(water_marks marks = {}) : marks_(marks) {}
    outbox(outbox&& other) noexcept { swap(other); }
    outbox& operator=(outbox&& other) noexcept {
        outbox(std::move(other)).swap(*this);
        return *this;
    }

    // Puts bytes behind what is pending. Fails with no_room beyond the limit, closed after the end; nothing is put then.
    // One that would have room in an empty outbox congests it: its writer, too, goes on at the low mark.
    encoded write(std::string_view all, urgency u = urgency::normal) {
        if (refuses(all.size(), u)) [[unlikely]] return refusal(all.size(), u);
        block_for(all.size()).append(all);
        return put(all.size());
    }
    // As write; a large string is taken without a copy.
    encoded write(std::string&& all, urgency u = urgency::normal) {
        if (all.size() < worth_taking) return write(std::string_view(all), u);
        if (refuses(all.size(), u)) [[unlikely]] return refusal(all.size(), u);
        std::size_t const n = all.size();
        blocks_.push_back(std::move(all));
        return put(n);
    }
    encoded write(char const* all, urgency u = urgency::normal) { return write(std::string_view(all), u); }
    // As write, for a value's bytes; what cannot be encoded is refused as `encode` refuses it.
    template <codec C, class T>
    encoded write(C const& c, T const& value, urgency u = urgency::normal) {
        // Most values are small, and good: one pass. The size of any other is counted first, and what is wrong is told then.
        char tried[worth_trying];
        if (encoded const at_once = encode(c, value, std::span<char>(tried))) return write(std::string_view(tried, at_once.size()), u);
        encoded const size = encoded_size(c, value);
        if (!size) return size;
        if (refuses(size.size(), u)) [[unlikely]] return refusal(size.size(), u);
        std::string& block = block_for(size.size());
        std::size_t const before = block.size();
        block.resize(before + size.size());
        encoded const written = encode(c, value, std::span<char>(block).subspan(before));
        if (!written) block.resize(before);
        return written ? put(written.size()) : written;
    }
    // After what is pending, this direction ends.
    void end() { ending_ = true; }
    // ... or not, as long as nobody was told.
    void take_back_end() { ending_ = false; }
    // Breaks the connection off; nothing that is pending matters any more.
    void abort() {
        aborted_ = true;
        drop_all();
    }

    // Bytes of heap, whatever is written: blocks grow by doubling, and the places of the blocks are few.
    static constexpr std::size_t most_memory(water_marks const& m) { return 2 * (m.most + m.reserve) + 3 * block_size; }

    std::size_t pending() const { return pending_; }
    bool ending() const { return ending_; }
    bool ended() const { return ending_ && pending_ == 0; }
    bool aborted() const { return aborted_; }
    // From the high mark, or a write that was refused, on until the low mark is reached again.
    bool congested() const { return congested_; }
    water_marks const& marks() const { return marks_; }

    // The first pieces of what is pending, as many as there is room for; valid until the outbox changes.
    std::span<std::string_view> pieces(std::span<std::string_view> room) const {
        std::size_t n = 0;
        for (std::size_t i = gone_; i < blocks_.size() && n < room.size(); ++i) {
            std::string_view const block = std::string_view(blocks_[i]).substr(i == gone_ ? taken_ : 0);
            if (!block.empty()) room[n++] = block;
        }
        return room.first(n);
    }
    // n bytes of them were taken.
    void consume(std::size_t n) {
        pending_ -= n;
        taken_ += n;
        if (pending_ == 0) keep_a_small_block();
        else drop_blocks();
        if (pending_ <= marks_.low) congested_ = false;
    }
    // All that is pending, or its first `most` bytes, as one string: for memory and tests.
    std::string take(std::size_t most = unbounded) {
        std::string all;
        while (pending_ != 0 && all.size() < most) {
            std::string_view one[1];
            std::string_view const piece = pieces(one)[0].substr(0, most - all.size());
            all += piece;
            consume(piece.size());
        }
        return all;
    }

private:
    static constexpr std::size_t worth_taking = 4096, worth_keeping = 1024, worth_trying = 512, block_size = 16 * 1024, most_places = 64;

    std::size_t most_for(urgency u) const {
        std::size_t const more = u == urgency::control ? marks_.reserve : 0;
        return marks_.most > unbounded - more ? unbounded : marks_.most + more;
    }
    bool refuses(std::size_t n, urgency u) const {
        std::size_t const most = most_for(u);
        return ending_ || aborted_ || n > most || pending_ > most - n;
    }
    error refusal(std::size_t n, urgency u) {
        error e;
        if (ending_ || aborted_) {
            note_failure(&e, errc::closed, 0, 0, 0, {});
        } else {
            note_failure(&e, errc::no_room, 0, most_for(u), n, {});
            congested_ = congested_ || n <= most_for(u);
        }
        return e;
    }
    std::string& block_for(std::size_t n) {
        if (blocks_.empty() || blocks_.back().size() + n > block_size) blocks_.emplace_back();
        return blocks_.back();
    }
    encoded put(std::size_t n) {
        pending_ += n;
        if (pending_ != 0 && pending_ >= marks_.high) congested_ = true;
        return n;
    }
    // Blocks that are taken give their memory back at once, their places only when they are the larger part: so each
    // is moved once, however many there are.
    void drop_blocks() {
        for (; taken_ >= blocks_[gone_].size(); ++gone_) {
            taken_ -= blocks_[gone_].size();
            std::string().swap(blocks_[gone_]);
        }
        if (gone_ <= blocks_.size() / 2) return;
        blocks_.erase(blocks_.begin(), blocks_.begin() + static_cast<std::ptrdiff_t>(gone_));
        gone_ = 0;
    }
    // A conversation of small messages allocates once; an idle one holds little.
    void keep_a_small_block() {
        taken_ = gone_ = 0;
        if (blocks_.empty()) return;
        if (blocks_.size() > 1) blocks_.erase(blocks_.begin(), blocks_.end() - 1);
        if (blocks_.front().capacity() > worth_keeping) blocks_.clear();
        else blocks_.front().clear();
        if (blocks_.empty() && blocks_.capacity() > most_places) std::vector<std::string>().swap(blocks_);
    }
    void drop_all() {
        blocks_.clear();
        taken_ = gone_ = pending_ = 0;
        congested_ = false;
    }
    void swap(outbox& other) noexcept {
        std::swap(marks_, other.marks_);
        blocks_.swap(other.blocks_);
        std::swap(gone_, other.gone_);
        std::swap(taken_, other.taken_);
        std::swap(pending_, other.pending_);
        std::swap(ending_, other.ending_);
        std::swap(aborted_, other.aborted_);
        std::swap(congested_, other.congested_);
    }

    water_marks marks_;
    std::vector<std::string> blocks_;
    std::size_t gone_ = 0;   // of them: all their bytes are taken ...
    std::size_t taken_ = 0;  // ... and these of the next
    std::size_t pending_ = 0;
    bool ending_ = false, aborted_ = false, congested_ = false;
};

}  // namespace segue
