// What a codec writes to: a counter, a span that is never overrun, or a list of pieces where large payloads stay put.
//
// Encoding is linear: the size of a value is found by encoding it into a counter. A delimiter that must not occur in
// the content before it is watched here (`guard`), byte by byte as it is written, so that counting refuses what
// writing refuses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/core/error.hpp"
#include "segue/core/limits.hpp"
#include "segue/core/step.hpp"
#include "segue/wire/buffer.hpp"
#include "segue/wire/input.hpp"

namespace segue {

// Watches content for a delimiter: Knuth, Morris and Pratt's automaton, one look at each byte. It remembers the first
// bytes and the last one as well; with an empty delimiter it does only that.
class guard {
public:
    constexpr guard(std::string_view delimiter, guard* outer) : delimiter_(delimiter), outer_(outer) {}

    constexpr guard* outer() const { return outer_; }
    constexpr std::string_view delimiter() const { return delimiter_; }
    static constexpr std::size_t longest_head = 16;

    constexpr std::string_view head() const { return {head_, seen_ < longest_head ? static_cast<std::size_t>(seen_) : longest_head}; }
    constexpr char last() const { return last_; }
    constexpr std::uint64_t seen() const { return seen_; }
    // bytes seen when the delimiter was first complete; 0: not yet
    constexpr std::uint64_t complete_at() const { return complete_at_; }

    constexpr void see(std::string_view bytes) {
        if (bytes.empty()) return;
        for (std::size_t i = 0; i < bytes.size() && seen_ + i < longest_head; ++i) head_[seen_ + i] = bytes[i];
        last_ = bytes.back();
        if (!delimiter_.empty() && complete_at_ == 0) match(bytes);
        seen_ += bytes.size();
    }

private:
    constexpr void match(std::string_view bytes) {
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            while (matched_ != 0 && delimiter_[matched_] != bytes[i]) matched_ = border(matched_);
            if (delimiter_[matched_] == bytes[i]) ++matched_;
            if (matched_ == delimiter_.size()) {
                complete_at_ = seen_ + i + 1;
                return;
            }
        }
    }
    // the longest proper prefix of the delimiter's first n bytes that is also their suffix
    constexpr std::size_t border(std::size_t n) const {
        std::string_view const head = delimiter_.substr(0, n);
        for (std::size_t k = n - 1; k != 0; --k)
            if (head.substr(0, k) == head.substr(n - k)) return k;
        return 0;
    }

    std::string_view delimiter_;
    guard* outer_;
    std::size_t matched_ = 0;
    std::uint64_t seen_ = 0, complete_at_ = 0;
    char head_[longest_head]{};
    char last_ = 0;
};

// Pieces of an encoded message in order. Small ones lie in the list's own bytes; large payloads are only referred to,
// so the message must live until the list has been written.
class gather_list {
public:
    static constexpr std::size_t by_reference = 256;  // payloads from this size on are not copied

    constexpr void clear() {
        own_.clear();
        entries_.clear();
        size_ = 0;
    }
    constexpr std::size_t size() const { return size_; }
    // the pieces; valid until the list changes
    constexpr std::vector<std::string_view> pieces() const {
        std::vector<std::string_view> result;
        for (entry const& e : entries_)
            result.emplace_back(e.referred ? e.referred : own_.data() + e.offset, e.size);
        return result;
    }

    constexpr void copy(std::string_view bytes) {
        if (bytes.empty()) return;
        own_.insert(own_.end(), bytes.begin(), bytes.end());
        if (entries_.empty() || entries_.back().referred) entries_.push_back({nullptr, own_.size() - bytes.size(), 0});
        entries_.back().size += bytes.size();
        size_ += bytes.size();
    }
    constexpr void refer(std::string_view bytes) {
        entries_.push_back({bytes.data(), 0, bytes.size()});
        size_ += bytes.size();
    }

private:
    struct entry {
        char const* referred = nullptr;
        std::size_t offset = 0, size = 0;
    };
    std::vector<char> own_;
    std::vector<entry> entries_;
    std::size_t size_ = 0;
};

// Where the payload of a streamed element belongs among the bytes of its message.
struct streamed_gap {
    bool present = false;
    std::uint64_t at = 0, size = 0;
    std::uint64_t most = 0;  // bytes, where the size is not known
};

class output {
public:
    // a counter
    constexpr explicit output(segue::error& e) : error_(&e) {}
    // a span
    constexpr output(segue::error& e, char* first, char* last) : sink_(sink::span), at_(first), end_(last), error_(&e) {}
    // a list of pieces
    constexpr output(segue::error& e, gather_list& list) : sink_(sink::list), list_(&list), error_(&e) {}

    constexpr std::uint64_t written() const { return written_; }
    constexpr segue::error& error() { return *error_; }

    // A counter for a part of the value; what guards this output does not see it.
    constexpr output counter() const {
        output result(*error_);
        result.level_ = level_;
        result.deepest_ = deepest_;
        return result;
    }
    // One level of recursion more, of `most` in all where this is the outermost; false where that is too deep.
    constexpr bool descend(std::size_t most) {
        if (level_ == 0) deepest_ = most;
        if (level_ >= deepest_) return fail_limit(errc::too_deep, deepest_, level_ + std::uint64_t{1}), false;
        ++level_;
        return true;
    }
    constexpr void ascend() { --level_; }

    constexpr step put(std::string_view bytes) {
        see(bytes);
        if (sink_ == sink::span) {
            if (static_cast<std::size_t>(end_ - at_) < bytes.size()) return fail(errc::no_room);
            copy_bytes(at_, bytes.data(), bytes.size());
            at_ += bytes.size();
        } else if (sink_ == sink::list) {
            list_->copy(bytes);
        }
        written_ += bytes.size();
        return step::done;
    }
    // As put, for bytes that live as long as the message does.
    constexpr step put_payload(std::string_view bytes) {
        if (sink_ != sink::list || by_copy_ || bytes.size() < gather_list::by_reference) return put(bytes);
        see(bytes);
        written_ += bytes.size();
        list_->refer(bytes);
        return step::done;
    }

    // From here on payloads are copied, because they do not live as long as the message; answers what was so before.
    constexpr bool copy_payloads(bool copied) { return std::exchange(by_copy_, copied); }

    // Room for n bytes that are known only after what follows them; null where there is no such room, and the bytes
    // must be found by counting and put in order. A guard must see all bytes in order.
    constexpr char* leave(std::size_t n) {
        if (sink_ != sink::span || guard_ || static_cast<std::size_t>(end_ - at_) < n) return nullptr;
        char* const place = at_;
        at_ += n;
        written_ += n;
        return place;
    }
    // A span of its own over room that `leave` gave.
    constexpr output into(char* place, std::size_t n) const { return output(*error_, place, place + n); }

    // Notes the place of a streamed payload; only an encoder, which takes it in pieces, provides for one.
    constexpr step leave_streamed(std::uint64_t size, std::uint64_t most) {
        if (!gap_) return size == 0 ? step::done : fail(errc::requirement, "an encoder, which takes the streamed payload in pieces");
        if (size == 0) return step::done;
        if (gap_->present) return fail(errc::requirement, "no more than one streamed payload in a message");
        *gap_ = {true, written_, size, most};
        return step::done;
    }
    constexpr void provide_for(streamed_gap& gap) {
        gap = {};
        gap_ = &gap;
    }

    constexpr step fail(errc code, std::string_view expected = {}) {
        return note_failure(error_, code, written_, 0, 0, expected);
    }
    constexpr step fail_limit(errc code, std::uint64_t limit, std::uint64_t observed) {
        return note_failure(error_, code, written_, limit, observed, {});
    }
    constexpr void inside(error::place where) { note_place(error_, where); }

    // From here to unwatch, g sees every byte in order.
    constexpr void watch(guard& g) { guard_ = &g; }
    constexpr void unwatch(guard const& g) { guard_ = g.outer(); }
    constexpr guard* watching() const { return guard_; }
    constexpr bool counting() const { return sink_ == sink::nothing; }

private:
    constexpr void see(std::string_view bytes) {
        for (guard* g = guard_; g; g = g->outer()) g->see(bytes);
    }

    enum class sink : std::uint8_t { nothing, span, list };

    sink sink_ = sink::nothing;
    char* at_ = nullptr;
    char* end_ = nullptr;
    gather_list* list_ = nullptr;
    std::uint64_t written_ = 0;
    segue::error* error_;
    guard* guard_ = nullptr;
    streamed_gap* gap_ = nullptr;
    std::size_t level_ = 0, deepest_ = 0;  // of recursion
    bool by_copy_ = false;
};

}  // namespace segue
