// Flow control: how many bytes of events the user is ready to hold.
//
// A protocol tells its next event only while credit is left; the event takes its size from it, at least one byte, and
// brings it back when its lease ends. One event may be larger than what is left: otherwise it could never be told.
#pragma once

#include <cstddef>
#include <utility>

namespace segue {

class credit;

// Bytes on loan: they return at the end of its scope, or when it is ended. It may outlive the protocol that gave it.
class lease {
public:
    constexpr lease() = default;
    constexpr lease(lease&& other) noexcept { take_place_of(other); }
    constexpr lease& operator=(lease&& other) noexcept {
        if (this != &other) {
            end();
            take_place_of(other);
        }
        return *this;
    }
    constexpr ~lease() { end(); }

    constexpr std::size_t size() const { return from_ ? size_ : 0; }
    constexpr void end();

private:
    friend class credit;
    constexpr lease(credit& from, std::size_t n);
    constexpr void take_place_of(lease& other);

    credit* from_ = nullptr;
    std::size_t size_ = 0;
    lease* before_ = nullptr;  // the other leases of the same credit, so that they follow when it moves
    lease* after_ = nullptr;
};

class credit {
public:
    constexpr explicit credit(std::size_t most) : limit_(most) {}
    constexpr credit(credit&& other) noexcept { take_place_of(other); }
    constexpr credit& operator=(credit&& other) noexcept {
        if (this != &other) {
            forget_leases();
            take_place_of(other);
        }
        return *this;
    }
    constexpr ~credit() { forget_leases(); }

    constexpr std::size_t limit() const { return limit_; }
    constexpr std::size_t outstanding() const { return outstanding_; }
    constexpr bool left() const { return outstanding_ < limit_; }
    // From now on; what is on loan stays.
    constexpr void limit(std::size_t most) { limit_ = most; }

    [[nodiscard]] constexpr lease lend(std::size_t n) { return lease(*this, n != 0 ? n : 1); }

private:
    friend class lease;
    constexpr void forget_leases() {
        while (first_) std::exchange(first_, first_->after_)->from_ = nullptr;
    }
    constexpr void take_place_of(credit& other) {
        limit_ = other.limit_;
        outstanding_ = std::exchange(other.outstanding_, 0);
        first_ = std::exchange(other.first_, nullptr);
        for (lease* l = first_; l; l = l->after_) l->from_ = this;
    }

    std::size_t limit_ = 0;
    std::size_t outstanding_ = 0;
    lease* first_ = nullptr;
};

constexpr lease::lease(credit& from, std::size_t n) : from_(&from), size_(n), after_(from.first_) {
    if (after_) after_->before_ = this;
    from.first_ = this;
    from.outstanding_ += n;
}
constexpr void lease::take_place_of(lease& other) {
    from_ = std::exchange(other.from_, nullptr);
    size_ = other.size_;
    if (!from_) return;
    before_ = other.before_;
    after_ = other.after_;
    (before_ ? before_->after_ : from_->first_) = this;
    if (after_) after_->before_ = this;
}
constexpr void lease::end() {
    credit* const from = std::exchange(from_, nullptr);
    if (!from) return;
    (before_ ? before_->after_ : from->first_) = after_;
    if (after_) after_->before_ = before_;
    from->outstanding_ -= size_;
}

}  // namespace segue
